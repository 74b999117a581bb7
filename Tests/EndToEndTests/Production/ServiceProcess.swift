import AsyncHTTPClient
import Foundation
import GiteaSimulator
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

/// `countersign serve` as a process of its own, in a folder of its own, on ports that were free.
final class RunningService: Sendable {
    let port: Int
    let operatorsPort: Int
    let folder: URL
    let environment: [String: String]
    private let process = Mutex<Process?>(nil)

    /// A service that does not run yet.
    init(_ story: Story, _ more: [String: String] = [:]) async throws {
        port = try await CountersignProgram.freePort()
        operatorsPort = try await CountersignProgram.freePort()
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

    /// Runs it as long as the body does, from its being ready on.
    func run(_ body: () async throws -> Void) async throws {
        try start()
        do {
            try await untilReady()
            try await body()
            _ = end()
        } catch {
            Issue.record("\(log)")
            _ = end()
            throw error
        }
    }

    func start() throws {
        let process = Process()
        process.executableURL = URL(filePath: CountersignProgram.path)
        process.arguments = ["serve"]
        process.environment = environment
        process.currentDirectoryURL = folder
        _ = FileManager.default.createFile(atPath: folder.path + "/log", contents: nil)
        process.standardError = FileHandle(forWritingAtPath: folder.path + "/log")
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        self.process.withLock { $0 = process }
    }

    /// What it has logged.
    var log: String { (try? String(contentsOf: folder.appending(path: "log"), encoding: .utf8)) ?? "" }

    func untilReady() async throws {
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

    /// Sends it a signal and waits for its end.
    /// - Returns: its exit status; 128 and more for a signal that killed it.
    @discardableResult
    func end(_ signal: Int32 = SIGTERM) -> Int32 {
        guard let process = process.withLock({ $0 }) else { return 0 }
        if process.isRunning { kill(process.processIdentifier, signal) }
        process.waitUntilExit()
        self.process.withLock { $0 = nil }
        return process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    }

    deinit {
        if let process = process.withLock({ $0 }), process.isRunning { kill(process.processIdentifier, SIGKILL) }
        try? FileManager.default.removeItem(at: folder)
    }
}
