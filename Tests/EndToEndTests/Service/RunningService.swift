import AsyncHTTPClient
import Foundation
import GatePolicy
import GateService
import GateStore
import GateWeb
import GiteaSimulator
import Logging
import NIOCore
import NIOHTTP1
import PrometheusMetrics
import Synchronization
import Testing

@testable import CountersignCLI

/// Variables that can be changed while something runs.
final class Environment: Sendable {
    private let stored: Mutex<[String: String]>

    init(_ values: [String: String]) { stored = Mutex(values) }

    var values: [String: String] { stored.withLock { $0 } }

    func set(_ name: String, _ value: String) { stored.withLock { $0[name] = value } }
}

/// `countersign serve` in a story: its hook route and its control socket are open, its loops are steps of the story.
final class RunningService: Sendable {
    /// What the story's webhooks are signed with.
    static let secret = "hook-secret-of-the-story"

    let assembly: ServiceAssembly
    let socket: String
    /// Where webhooks come in.
    let hookURL: String
    /// What it reads again at SIGHUP.
    let environment: Environment
    private let simulator: GiteaSimulator

    private init(
        _ assembly: ServiceAssembly, socket: String, port: Int, environment: Environment,
        _ simulator: GiteaSimulator
    ) {
        self.assembly = assembly
        self.socket = socket
        hookURL = "http://127.0.0.1:\(port)/hooks/gitea"
        self.environment = environment
        self.simulator = simulator
    }

    /// Lets a service run as long as a part of the story.
    /// - Parameters:
    ///   - changes: variables that are other ones, or nil to be left out.
    ///   - readFile: the files that there are.
    static func run<Result: Sendable>(
        _ story: Story, _ changes: [String: String?] = [:],
        readFile: @escaping @Sendable (String) throws -> [UInt8] = { throw SettingsError("`\($0)` does not exist") },
        _ body: (RunningService) async throws -> Result
    ) async throws -> Result {
        let simulator = try #require(story.simulator)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "cs-\(UInt32.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let socket = folder.appendingPathComponent("door").path
        var variables = [
            "COUNTERSIGN_FORGE_URL": story.forge.baseAddress, "COUNTERSIGN_FORGE_TOKEN": story.gate.token,
            "COUNTERSIGN_FORGE_DIRECTORY_TOKEN": story.directoryToken, "COUNTERSIGN_HOOK_SECRET": secret,
            "COUNTERSIGN_STORE_PATH": folder.appendingPathComponent("store.sqlite").path,
            "COUNTERSIGN_LISTEN": "127.0.0.1:0", "COUNTERSIGN_PAGES_LISTEN": "127.0.0.1:0",
            "COUNTERSIGN_CONTROL_SOCKET": socket,
        ]
        for (name, value) in changes { variables[name] = value }
        let environment = Environment(variables)
        let clock = story.clock
        let read: @Sendable () throws -> (Settings, ServiceSettings, CommandContext) = {
            let context = CommandContext(
                environment: environment.values, output: { _ in }, talk: { _ in },
                readFile: readFile,
                now: { Timestamp(seconds: Int64(clock.now.timeIntervalSince1970)) }, sleep: { _ in })
            let settings = try Settings(flags: [:], file: nil, server: nil, context)
            return (settings, try settings.service(context), context)
        }
        let (settings, service, context) = try read()
        let (ports, port) = AsyncStream<Int>.makeStream()
        let assembly = try ServiceAssembly(
            settings, service, context, PrometheusFactory(),
            Logger(label: "story", factory: { _ in SwiftLogNoOpLogHandler() }), isListening: { port.yield($0) }
        ) {
            let (settings, service, _) = try read()
            return (settings, service)
        }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await assembly.web.run() }
            group.addTask { try await ControlServer(socket, assembly).run() }
            group.addTask { try await assembly.bypasses.run() }
            defer { group.cancelAll() }
            let bound = try #require(await ports.first { _ in true })
            while !FileManager.default.fileExists(atPath: socket) { await Task.yield() }
            let running = RunningService(
                assembly, socket: socket, port: bound, environment: environment, simulator)
            do {
                let result = try await body(running)
                await assembly.shutdown()
                return result
            } catch {
                await assembly.shutdown()
                throw error
            }
        }
    }

    /// The control socket of a service that was killed.
    static func leftSocket(_ story: Story) async throws -> String {
        let left = FileManager.default.temporaryDirectory.appending(path: "cs-\(UInt32.random(in: 0 ... .max))").path
        try await run(story) { try FileManager.default.linkItem(atPath: $0.socket, toPath: left) }
        return left
    }

    /// What the open door answers.
    func get(_ path: String) async throws -> (status: UInt, text: String) {
        let address = hookURL.replacing("/hooks/gitea", with: path)
        let answer = try await HTTPClient.shared.execute(HTTPClientRequest(url: address), timeout: .seconds(20))
        return (answer.status.code, String(buffer: try await answer.body.collect(upTo: 1024 * 1024)))
    }

    /// Lets deliveries come in, and everything that is due be worked off.
    func step() async throws {
        for _ in 0..<20 {
            let delivered = await simulator.deliverPending()
            var worked = 0
            while worked < 200, try await assembly.gates.current.processNext() != nil { worked += 1 }
            if delivered.isEmpty, worked == 0 { return }
        }
        Issue.record("the service does not come to rest")
    }
}
