import AsyncHTTPClient
import Foundation
import FreePorts
import Glibc
import NIOCore
import NIOHTTP1

@testable import GiteaSimulator

/// `countersign serve` as a process of its own, on a folder of its own.
final class ServeProcess {
    let folder: URL
    let port: Int
    /// Where operators see every page.
    let pages: Int
    private let process = Process()
    private let log: FileHandle

    /// What went wrong before it was there.
    struct NotStarted: Error, CustomStringConvertible {
        var description: String
    }

    /// Where the tests' own build is.
    private static var executable: URL {
        var folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        while folder.path != "/" {
            let file = folder.appending(path: "countersign")
            if FileManager.default.isExecutableFile(atPath: file.path) { return file }
            folder.deleteLastPathComponent()
        }
        return URL(filePath: ".build/debug/countersign")
    }

    var store: String { folder.appending(path: "countersign.sqlite").path }
    var logFile: URL { folder.appending(path: "log") }
    var hook: String { "http://127.0.0.1:\(port)/hooks/gitea" }
    var identifier: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }

    /// Starts it; secrets stand in files, everything else in the environment.
    init(_ scene: Scene, in folder: URL, arguments: [String] = [], environment more: [String: String] = [:]) throws {
        self.folder = folder
        port = try FreePorts.take()
        pages = try FreePorts.take()
        var environment = [
            "PATH": "/usr/bin:/bin", "COUNTERSIGN_FORGE_URL": scene.simulator.baseAddress,
            "COUNTERSIGN_REPOSITORIES": "acme/*", "COUNTERSIGN_LISTEN": "127.0.0.1:\(port)",
            "COUNTERSIGN_PAGES_LISTEN": "127.0.0.1:\(pages)",
            "COUNTERSIGN_STORE_PATH": folder.appending(path: "countersign.sqlite").path,
            "COUNTERSIGN_CONTROL_SOCKET": folder.appending(path: "control.sock").path,
        ]
        for (name, secret) in [
            "FORGE_TOKEN": scene.token("gate"), "FORGE_DIRECTORY_TOKEN": scene.directoryToken,
            "HOOK_SECRET": Scene.secret,
        ] {
            let file = folder.appending(path: name.lowercased())
            try Data(secret.utf8).write(to: file)
            environment["COUNTERSIGN_\(name)_FILE"] = file.path
        }
        environment.merge(more) { $1 }
        let logFile = folder.appending(path: "log")
        if !FileManager.default.fileExists(atPath: logFile.path) {
            _ = FileManager.default.createFile(atPath: logFile.path, contents: nil)
        }
        log = try FileHandle(forWritingTo: logFile)
        try log.seekToEnd()
        process.executableURL = Self.executable
        process.arguments = ["serve"] + arguments
        process.environment = environment
        process.standardError = log
        process.standardOutput = log
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    /// Returns when it answers; there is nothing to step in another process, so it is asked until it does.
    func ready() async throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline, process.isRunning {
            let answer = try? await HTTPClient.shared.execute(
                HTTPClientRequest(url: "http://127.0.0.1:\(port)/health/live"), timeout: .seconds(5))
            if answer?.status == .ok { return }
            try await Task.sleep(for: .milliseconds(3))
        }
        let text = (try? String(contentsOf: logFile, encoding: .utf8)) ?? ""
        throw NotStarted(description: "countersign serve does not answer: \(text.suffix(2000))")
    }

    /// The end, at this very instruction.
    func kill() {
        Glibc.kill(process.processIdentifier, SIGKILL)
    }

    /// An end that it is asked for.
    /// - Returns: how it ended.
    func terminate() -> Int32 {
        process.terminate()
        return wait()
    }

    @discardableResult
    func wait() -> Int32 {
        process.waitUntilExit()
        try? log.close()
        return process.terminationStatus
    }

    /// Hands a delivery over.
    /// - Returns: the status of the answer; nil when there was none.
    func deliver(_ delivery: PendingDelivery, within patience: TimeAmount = .seconds(1)) async -> Int? {
        await Self.deliver(delivery, to: hook, within: patience)
    }

    /// - Returns: nil also where nobody answers for so long: to a process that was killed the client tries to connect
    ///   for as long as it may.
    static func deliver(
        _ delivery: PendingDelivery, to hook: String, within patience: TimeAmount = .seconds(1)
    ) async -> Int? {
        var request = HTTPClientRequest(url: hook)
        request.method = .POST
        for (name, value) in delivery.headers { request.headers.replaceOrAdd(name: name, value: value) }
        request.body = .bytes(ByteBuffer(string: delivery.body))
        let answer = try? await HTTPClient.shared.execute(request, timeout: patience)
        return answer.map { Int($0.status.code) }
    }

    /// What a page or the metrics say to an operator.
    func page(_ path: String, accept: String = "text/html") async throws -> String {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(pages)\(path)")
        request.headers.add(name: "Accept", value: accept)
        let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        return String(buffer: try await answer.body.collect(upTo: 16 * 1024 * 1024))
    }

    /// Another command of the same program, with the same environment.
    func run(_ arguments: [String]) throws -> String {
        let command = Process()
        let pipe = Pipe()
        command.executableURL = process.executableURL
        command.arguments = arguments
        command.environment = process.environment
        command.standardOutput = pipe
        command.standardError = pipe
        try command.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        command.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    /// Returns when something is so, or after a minute: another process cannot be stepped.
    /// - Returns: whether it is so.
    static func until(_ seconds: Int = 60, _ isSo: () async throws -> Bool) async throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < deadline {
            if try await isSo() { return true }
            try await Task.sleep(for: .milliseconds(20))
        }
        return false
    }

    /// Bytes of it that are resident at this moment.
    var memory: Int { Memory.resident(of: "\(identifier)") }
}

/// A folder of one test.
enum TestFolder {
    static func with<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
        let url = FileManager.default.temporaryDirectory.appending(path: "faults-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url) }
        return try await body(url)
    }
}
