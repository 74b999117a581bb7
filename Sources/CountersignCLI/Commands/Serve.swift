import ArgumentParser
import GateForge
import GateService
import GateStore
import GateWeb
import Logging
import PrometheusMetrics
import ServiceLifecycle
import UnixSignals

/// `countersign serve`: gates every pull request of the repositories it is given.
struct Serve: ContextCommand {
    static let configuration = CommandConfiguration(
        abstract: "Gate every pull request: webhooks in, statuses out.",
        discussion: """
            SIGTERM ends it within 20 seconds; SIGHUP reads the settings, tokens and secrets anew. \
            `countersign status`, `reload`, `backup`, `forget`, `confirm`, `refire`, `facts --merged`, `doctor` and `provision` talk to \
            it through its control socket.
            """)

    @Flag(name: .long, help: "Only check the settings.")
    var checkConfig = false

    @Flag(name: .long, help: "The forge is the one that the store belongs to, under a new address.")
    var forgeMoved = false

    @OptionGroup var connection: ConnectionOptions

    func run(_ context: CommandContext) async throws {
        let settings = try self.settings(context)
        let service = try settings.service(context)
        if checkConfig {
            let client = try ServiceAssembly.client(settings, service, context.moment)
            await client.shutdown()
            try service.places.checkNames()
            for missing in service.places.missingFolders {
                context.talk(
                    "\(missing): its folder does not exist yet; it must at the start (the unit makes its own)")
            }
            let store = service.places.store
            if ServiceSettings.Places.hasFolder(store), !context.exists(store) {
                context.talk("`store.path` is `\(store)`: there is no store yet; the start makes one")
            }
            context.output("the settings are fine\n")
            return
        }
        try service.places.check()
        let help = [GateInstruments.help, WebInstruments.help, ProcessFigures.help]
        let metrics = PrometheusFactory(help: help.reduce(into: [:]) { $0.merge($1) { $1 } })
        context.bootstrap(metrics)
        GateInstruments.begin(version: Version.current)
        var logger = Logger(label: "countersign", factory: { OwnWords(context.logHandler($0)) })
        logger.logLevel = service.places.logLevel
        let assembly = try ServiceAssembly(settings, service, context, metrics, logger, isForgeMoved: forgeMoved) {
            [connection] in
            let settings = try connection.settings(context)
            return (settings, try settings.service(context))
        }
        try await assembly.run(signals: [.sigterm, .sigint])
    }

    /// The settings; with a mistake in them those of the service alone are told, too.
    private func settings(_ context: CommandContext) throws(SettingsError) -> Settings {
        do { return try connection.settings(context) } catch {
            var mistakes = SettingsMistakes()
            mistakes.note(error.parts.isEmpty ? [error] : error.parts)
            if let values = try? Settings.values([:], connection.settings, context) {
                mistakes.note(Settings.mistakesOfService(values, context))
            }
            throw mistakes.error ?? error
        }
    }
}
