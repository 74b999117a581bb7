import AsyncHTTPClient
import Foundation
import Hummingbird
import LastingConnections
import Logging
import NIOCore
import Synchronization

/// A small Gitea in memory that listens on a port of this machine.
public final class GiteaSimulator: Sendable {
    /// How a simulator is set up.
    public struct Options: Sendable {
        /// The version it says it is, and by which it behaves.
        public var version = ServerVersion.recorded
        /// The site admin it starts with.
        public var adminLogin = "root1"
        /// The site admin's token, with all scopes.
        public var adminToken = String(repeating: "a", count: 40)
        /// The site admin's password.
        public var adminPassword = "secret123"
        /// A path below which everything lies, such as `/git`; empty for none.
        public var subPath = ""
        /// The port, 0 for any free one.
        public var port = 0
        /// The address that links begin with, nil for where it listens.
        public var publicAddress: String?
        /// Whether webhooks are sent by themselves instead of by `deliverPending`.
        public var deliversWebhooks = false
        /// The clock.
        public var now: @Sendable () -> Date = { Date() }

        /// The usual set-up.
        public init() {}
    }

    /// A test's hand between two calls; see `beforeResponse`.
    public typealias Hook = @Sendable (RequestRecord, World) async -> Void

    /// What the server knows.
    public let world: World
    /// What goes wrong.
    public let faults = Faults()
    /// The calls so far.
    public let requests = RequestLog()
    /// Where it listens, with the sub-path and without a final slash.
    public let baseAddress: String

    /// How it was set up.
    public let options: Options
    private let hook = Mutex<Hook?>(nil)
    private let running = Mutex<Task<Void, any Error>?>(nil)
    private let wakeUps: AsyncStream<Void>.Continuation

    /// Called before a call is answered and before it reads or changes anything: what it does to the world happens
    /// between that call and the one before.
    public var beforeResponse: Hook? {
        get { hook.withLock { $0 } }
        set { hook.withLock { $0 = newValue } }
    }

    /// Starts a simulator; `stop` it when done, or use `run`.
    public static func start(_ options: Options = Options()) async throws -> GiteaSimulator {
        let world = World(version: options.version, now: options.now)
        let (ports, port) = AsyncStream<Int>.makeStream()
        let (wakes, wakeUps) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let box = SimulatorBox()
        var logger = Logger(label: "gitea-simulator")
        logger.logLevel = .critical
        let application = Application(
            responder: CallbackResponder<BasicRequestContext> { request, _ in
                guard let simulator = box.simulator else { return Response(status: .serviceUnavailable) }
                return try await simulator.respond(to: request)
            }, server: .lasting(),
            configuration: .init(address: .hostname("127.0.0.1", port: options.port)),
            onServerRunning: { channel in
                port.yield(channel.localAddress?.port ?? 0)
                port.finish()
            }, logger: logger)
        // the one task of its own: a started simulator lives until `stop`
        let task = Task {
            defer { port.finish() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await application.run() }
                group.addTask {
                    for await _ in wakes { _ = await box.simulator?.deliverPending() }
                }
                try await group.next()
                group.cancelAll()
            }
        }
        guard let bound = await ports.first(where: { _ in true }) else {
            try await task.value
            throw CancellationError()
        }
        let address = "http://127.0.0.1:\(bound)\(options.subPath)"
        let simulator = GiteaSimulator(world: world, address: address, options: options, wakeUps: wakeUps)
        simulator.running.withLock { $0 = task }
        box.simulator = simulator
        return simulator
    }

    /// Runs a simulator as long as the body does.
    public static func run<Result: Sendable>(
        _ options: Options = Options(), _ body: (GiteaSimulator) async throws -> Result
    ) async throws -> Result {
        let simulator = try await start(options)
        do {
            let result = try await body(simulator)
            await simulator.stop()
            return result
        } catch {
            await simulator.stop()
            throw error
        }
    }

    /// Stops listening and drops what is under way.
    public func stop() async {
        let task = running.withLock { task in
            defer { task = nil }
            return task
        }
        wakeUps.finish()
        task?.cancel()
        _ = await task?.result
    }

    private init(world: World, address: String, options: Options, wakeUps: AsyncStream<Void>.Continuation) {
        self.world = world
        self.options = options
        self.wakeUps = wakeUps
        baseAddress = address
        world.update { state in
            state.address = options.publicAddress ?? address
            var admin = state.createPerson(
                login: options.adminLogin, email: "\(options.adminLogin)@example.com",
                password: options.adminPassword)
            admin.isAdmin = true
            state.accounts[admin.id] = admin
            _ = state.createToken(owner: admin.id, name: "simulator", scopes: ["all"], value: options.adminToken)
            // the ids of the tokens that people make begin at 1
            state.tokens[0].id = 0
            state.lastIDs[.token] = 0
        }
    }

    func wakeDelivery() {
        if options.deliversWebhooks { wakeUps.yield() }
    }
}

/// Where the running server finds the simulator that is made once its port is known.
private final class SimulatorBox: Sendable {
    private let stored = Mutex<GiteaSimulator?>(nil)

    var simulator: GiteaSimulator? {
        get { stored.withLock { $0 } }
        set { stored.withLock { $0 = newValue } }
    }
}
