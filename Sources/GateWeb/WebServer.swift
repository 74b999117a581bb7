import GateForge
import GatePolicy
import Hummingbird
import HummingbirdCore
import LastingConnections
import Logging
import NIOCore
import PrometheusMetrics
import ServiceLifecycle

/// The service's two listeners: one for the forge and for single pages, one for operators.
public struct WebServer: Service {
    let settings: WebSettings
    let secrets: WebSecrets
    let intake: Intake
    let source: PageSource
    let readiness: Readiness
    let metrics: PrometheusFactory
    let logger: Logger
    let now: @Sendable () -> Timestamp
    /// What came in at the hook route.
    public let deliveries: DeliveryBook
    /// Told the port of the open door, once it is open.
    let isListening: @Sendable (Int) -> Void
    private let writer: PageWriter
    private let figures: ProcessFigures

    /// A server.
    /// - Parameters:
    ///   - intake: where deliveries go.
    ///   - source: what the pages show.
    ///   - now: the present moment.
    ///   - isListening: told the port of the open door, once it is open.
    /// - Throws: when a template cannot be read, which a test rules out.
    public init(
        settings: WebSettings, secrets: WebSecrets, intake: Intake, source: PageSource, readiness: Readiness,
        metrics: PrometheusFactory, logger: Logger, now: @escaping @Sendable () -> Timestamp,
        isListening: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws {
        self.settings = settings
        self.secrets = secrets
        self.intake = intake
        self.source = source
        self.readiness = readiness
        self.metrics = metrics
        self.logger = logger
        self.now = now
        self.isListening = isListening
        deliveries = DeliveryBook(since: now())
        figures = ProcessFigures(start: Double(now().seconds))
        writer = PageWriter(templates: try PageTemplates())
    }

    /// The address of a pull request's page for its statuses; nil when none is to be posted.
    public func page(of repository: RepositoryName, id: Int64, number: Int64) -> String? {
        guard let address = settings.publicAddress, let keys = secrets.current.pages else { return nil }
        return address.page(of: repository, number, key: keys.key(repositoryID: id, number: number))
    }

    /// Takes other secrets; where deliveries are checked with others, what came in before is forgotten.
    public func take(_ values: WebSecrets.Values) {
        let isSame =
            switch (secrets.current.hook, values.hook) {
            case (let old?, let new?): old.isSame(as: new)
            case (nil, nil): true
            default: false
            }
        secrets.replace(with: values)
        if !isSame { deliveries.begin(at: now()) }
    }

    /// Listens until it is told to stop, on threads of its own.
    public func run() async throws {
        try await withTaskExecutorPreference(AnsweringThreads.shared) { try await listen() }
    }

    private func listen() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for door in [Door.open, .operators] {
                let application = application(door)
                group.addTask {
                    do {
                        try await application.run()
                    } catch {
                        let (setting, address) =
                            door == .open
                            ? ("listen", settings.listen) : ("pages.listen", settings.operatorsListen)
                        throw ListenError(setting: setting, address: "\(address)", error) ?? error
                    }
                }
            }
            // One that cannot listen ends the other: half a service would look like a whole one.
            for try await _ in group {}
        }
    }

    func application(_ door: Door) -> some ApplicationProtocol {
        let address = door == .open ? settings.listen : settings.operatorsListen
        return Application(
            router: router(door),
            server: .lasting(
                configuration: .init(
                    idleTimeout: WebLimits.idleTimeout,
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: WebLimits.headerFieldBytes, maxHeaderListSize: WebLimits.headerListBytes,
                        maxHeaderFieldCount: WebLimits.headerFields))),
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port),
                availableConnectionsDelegate: MaximumAvailableConnections(settings.connections)),
            onServerRunning: { [isListening, logger] channel in
                logger.info(
                    "listening",
                    metadata: [
                        "setting": .string(door == .open ? "listen" : "pages.listen"),
                        "address": .string(channel.localAddress.map { "\($0)" } ?? "\(address)"),
                    ])
                if door == .open, let port = channel.localAddress?.port { isListening(port) }
            }, logger: logger)
    }

    func router(_ door: Door) -> WebRouter {
        let router = Router(context: WebContext.self)
        let entrance = Entrance(door: door, secrets: secrets)
        router.add(middleware: RequestRecord(door: door))
        router.add(middleware: SecurityHeaders())
        router.add(middleware: ErrorPages(writer: writer))
        if door == .operators {
            router.add(
                middleware: OwnHostOnly(
                    isLoopback: settings.operatorsListen.isLoopback, publicHost: settings.publicAddress?.host))
        } else {
            HookRoutes(
                secrets: secrets, intake: intake, book: deliveries, now: now, bodyDeadline: settings.bodyDeadline
            ).add(to: router)
        }
        AssetRoutes().add(to: router)
        HealthRoutes(readiness: readiness, entrance: entrance).add(to: router)
        MetricsRoutes(metrics: metrics, figures: figures, entrance: entrance).add(to: router)
        PageRoutes(
            source: source, entrance: entrance, writer: writer, links: ForgeLinks(address: settings.forgeAddress),
            now: now
        ).add(to: router)
        return router
    }
}
