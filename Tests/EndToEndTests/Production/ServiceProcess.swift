import AsyncHTTPClient
import Foundation
import FreePorts
import GiteaSimulator
import NIOCore
import NIOHTTP1
import Subprocess
import SystemPackage
import Testing

/// `countersign serve` as a process of its own, in a folder of its own, on ports that were free.
final class ServiceProcess: Sendable {
    let port: Int
    let operatorsPort: Int
    let folder: URL
    let environment: [String: String]

    /// A service that does not run yet.
    init(_ story: Story, _ more: [String: String] = [:]) async throws {
        port = try FreePorts.take()
        operatorsPort = try FreePorts.take()
        folder = FileManager.default.temporaryDirectory.appending(path: "countersign-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var environment = [
            "PATH": "/usr/bin:/bin", "COUNTERSIGN_FORGE_URL": story.forge.baseAddress,
            "COUNTERSIGN_FORGE_TOKEN": story.gate.token, "COUNTERSIGN_FORGE_DIRECTORY_TOKEN": story.directoryToken,
            "COUNTERSIGN_ORGANIZATION_POLICY": "none", "COUNTERSIGN_REPOSITORIES": "\(story.forge.name("acme"))/*",
            "COUNTERSIGN_HOOK_SECRET": Service.secret, "COUNTERSIGN_PAGES_SECRET": Service.secret,
            "COUNTERSIGN_LISTEN": "127.0.0.1:\(port)", "COUNTERSIGN_PAGES_LISTEN": "127.0.0.1:\(operatorsPort)",
        ]
        environment.merge(more) { $1 }
        self.environment = environment
    }

    /// Runs it as long as the body does, from its being ready on, and ends it by a signal.
    /// - Returns: how it ended.
    @discardableResult
    func run(endingBy signal: Signal = .terminate, _ body: () async throws -> Void) async throws -> TerminationStatus {
        let log = try FileDescriptor.open(
            FilePath(folder.path + "/log"), .writeOnly, options: [.create, .append], permissions: .ownerReadWrite)
        return try await Subprocess.run(
            .path(FilePath(CountersignProgram.path)), arguments: ["serve"], environment: .custom(environment.keyed),
            workingDirectory: FilePath(folder.path), input: .none, output: .discarded,
            error: .fileDescriptor(log, closeAfterSpawningProcess: true)
        ) { execution in
            do {
                try await untilReady()
                try await body()
            } catch {
                Issue.record("\(self.log)")
                try? execution.send(signal: .kill)
                throw error
            }
            try execution.send(signal: signal)
        }.terminationStatus
    }

    /// What it has logged.
    var log: String { (try? String(contentsOf: folder.appending(path: "log"), encoding: .utf8)) ?? "" }

    private func untilReady() async throws {
        for _ in 0..<600 {
            if try await status("http://127.0.0.1:\(operatorsPort)/health/ready") == 200 { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw Unheard(description: "the service is not ready")
    }

    /// The status of an answer; 0 where there is none.
    func status(_ address: String) async throws -> Int {
        guard let response = try? await HTTPClient.shared.execute(HTTPClientRequest(url: address), timeout: .seconds(5))
        else { return 0 }
        _ = try? await response.body.collect(upTo: 1 << 20)
        return Int(response.status.code)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
}

extension [String: String] {
    /// The same for a program that is started.
    var keyed: [Subprocess.Environment.Key: String] {
        [Subprocess.Environment.Key: String](uniqueKeysWithValues: map { (.init(stringLiteral: $0), $1) })
    }
}
