import GateForge
import GatePolicy
import GateService
import GateStore
import GateWeb
import Logging
import PrometheusMetrics
import ServiceLifecycle
import UnixSignals

/// The service, put together: everything it is made of is made here, and nowhere else.
struct ServiceAssembly: Sendable {
    let places: ServiceSettings.Places
    let store: Store
    let gates: GatekeeperHolder
    let secrets: WebSecrets
    let web: WebServer
    let readiness: Readiness
    let rounds = RefireRounds()
    let pulse: ForgePulse
    let bypasses: BypassMailbox
    let logger: Logger
    let refused = RefusedSettings()
    private let retired = RetiredClients()
    let reread: @Sendable () throws -> (Settings, ServiceSettings)

    /// Puts the service together; nothing runs yet, and the forge was not asked anything.
    /// - Parameters:
    ///   - isForgeMoved: whether the store's forge has another address now.
    ///   - isListening: told the port of the open door, once it is open.
    ///   - reread: reads the settings anew, for a reload.
    init(
        _ settings: Settings, _ service: ServiceSettings, _ context: CommandContext, _ metrics: PrometheusFactory,
        _ logger: Logger, isForgeMoved: Bool = false, isListening: @escaping @Sendable (Int) -> Void = { _ in },
        reread: @escaping @Sendable () throws -> (Settings, ServiceSettings)
    ) throws {
        places = service.places
        store = try Self.open(service.places, isForgeMoved: isForgeMoved)
        secrets = WebSecrets(service.secrets)
        self.logger = logger
        self.reread = reread
        if store.isNew {
            logger.info("a new store was made", metadata: ["store.path": "\(places.store.absolutePath)"])
        }
        let bypasses = BypassMailbox()
        self.bypasses = bypasses
        let now: @Sendable () -> Moment = context.moment
        let pulse = ForgePulse(now, logger)
        self.pulse = pulse
        let client = try Self.client(settings, service, now, pulse)
        let gates = GatekeeperHolder(
            Gatekeeper(
                store, client, Self.linked(service, secrets, bypasses, logger),
                clock: GateClock(now: now, sleep: context.sleep), logger: logger))
        self.gates = gates
        readiness = Readiness(Self.checks(gates))
        web = try WebServer(
            settings: WebSettings(
                listen: places.listen, operatorsListen: places.operatorsListen, publicAddress: places.publicAddress,
                forgeAddress: "\(settings.forge.address)", connections: OpenFiles.connections(of: OpenFiles.raise())),
            secrets: secrets,
            intake: Intake(
                take: { hint, delivery in
                    try await gates.current.accept(hint, delivery: delivery)
                },
                isOurs: { $0 == gates.current.forge.knownUser?.id }),
            source: PageSource(store), readiness: readiness, metrics: metrics, logger: logger,
            now: context.now, isListening: isListening)
    }

    private static func open(
        _ places: ServiceSettings.Places, isForgeMoved: Bool
    ) throws(SettingsError) -> Store {
        do {
            let store = try Store.open(places.store)
            try store.bind(to: places.forge, isMoved: isForgeMoved)
            return store
        } catch {
            throw SettingsError("`store.path` is `\(places.store)`: \(error)")
        }
    }

    static func client(
        _ settings: Settings, _ service: ServiceSettings, _ now: @escaping @Sendable () -> Moment,
        _ pulse: ForgePulse? = nil, _ generation: ForgePulse.Generation = ForgePulse.Generation()
    ) throws(SettingsError) -> ForgeClient {
        var forge = settings.forge
        forge.onCall = { call, failure, duration in
            GateInstruments.called(call, failure, duration)
            pulse?.called(call, failure, duration, of: generation)
        }
        do throws(ForgeSettingsError) {
            return try ForgeClient(
                forge, keeping: AnswerKeeping(seconds: service.gate.peopleSeconds) { now().timestamp })
        } catch {
            throw SettingsError(error.description)
        }
    }

    /// The settings, with the links to the pages, and whom to tell of a bypass.
    static func linked(
        _ service: ServiceSettings, _ secrets: WebSecrets, _ mailbox: BypassMailbox, _ logger: Logger
    ) -> GateSettings {
        var settings = service.gate
        if let bypasses = service.bypasses {
            let messenger = BypassMessenger(address: bypasses.address, secret: bypasses.secret, logger: logger)
            settings.tellOfBypass = { bypass in mailbox.send(bypass, by: messenger) }
        }
        guard let address = service.places.publicAddress else { return settings }
        settings.targetURL = { repository, subject in
            secrets.current.pages.map {
                address.page(
                    of: subject.repository, subject.number,
                    key: $0.key(repositoryID: repository, number: subject.number))
            }
        }
        return settings
    }

    private static func checks(_ gates: GatekeeperHolder) -> [Readiness.Check] {
        [
            Readiness.Check("store") {
                await problem {
                    try await gates.current.store.checkWritable()
                    _ = try await gates.current.store.repositories()
                }
            },
            Readiness.Check("service token") {
                await problem { try await gates.current.forge.checkService() }
            },
            Readiness.Check("directory token") {
                let gate = gates.current
                // Of a store that cannot be read is told above; the token was not tried, and is not to blame.
                guard let owners = try? await gate.organizations() else { return nil }
                return await problem {
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for owner in owners { group.addTask { try await gate.forge.checkDirectory(owner) } }
                        try await group.waitForAll()
                    }
                }
            },
        ]
    }

    private static func problem(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch {
            return "\(error)"
        }
    }

    /// Runs until it is told to stop; what was begun is finished, within a bounded time.
    func run(signals: [UnixSignal]) async throws {
        let control = ControlServer(places.control, self)
        var configuration = ServiceGroupConfiguration(
            services: [
                // The first is the last to stop: until then somebody may have something to tell.
                .init(service: bypasses), .init(service: web), .init(service: control), .init(service: Worker(gates)),
                .init(service: Reconciler(gates)),
                .init(service: Reloads(assembly: self, isListening: !signals.isEmpty)),
            ], gracefulShutdownSignals: signals, logger: logger)
        // What is cancelled then takes a moment to end: twenty seconds are promised.
        configuration.maximumGracefulShutdownDuration = .seconds(12)
        logger.info(
            "starting", metadata: ["listen": "\(places.listen)", "pages": "\(places.operatorsListen)"])
        do {
            try await ServiceGroup(configuration: configuration).run()
            await shutdown()
            logger.info("stopped")
        } catch let error as ListenError {
            await shutdown()
            throw SettingsError(error.description)
        } catch {
            await shutdown()
            throw error
        }
    }

    /// Closes the connections to the forge.
    func shutdown() async {
        await retired.shutdown()
        await gates.current.forge.shutdown()
    }

    /// Takes the settings and secrets anew; throws the sentence that says why not, and then all stays as it was.
    func reload() throws {
        do {
            try refused.clear { try takeSettings() }
        } catch {
            for problem in refused.note(error, at: gates.current.now()) {
                logger.error("settings not reloaded", metadata: ["problem": "\(problem)"])
            }
            throw error
        }
    }

    private func takeSettings() throws {
        let (settings, service) = try reread()
        guard service.places == places else {
            let keys = places.changes(to: service.places).map { "`\($0.rawValue)`" }.joined(separator: ", ")
            throw SettingsError("a restart is needed for \(keys); nothing was changed")
        }
        let old = gates.current
        let generation = pulse.next()
        let client = try Self.client(settings, service, { old.now() }, pulse, generation)
        client.inherit(from: old.forge)
        web.take(service.secrets)
        pulse.renewed(to: generation)
        gates.current = old.with(client, Self.linked(service, secrets, bypasses, logger))
        // Evaluations under way go on with the old one, and are begun anew where its tokens end meanwhile.
        old.forge.retire()
        retired.add(old.forge)
        logger.info("settings reloaded")
    }
}
