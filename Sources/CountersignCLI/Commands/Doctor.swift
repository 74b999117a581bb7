import ArgumentParser
import Foundation
import GateDoctor
import GateForge
import GatePolicy
import GateService

/// `countersign doctor`: says why a gate cannot know, and what would put it right; changes nothing.
struct Doctor: ContextCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what keeps gates from deciding, or lets something past them, and the smallest cure.",
        discussion: """
            It reads everything and changes nothing. Where a service runs on this machine and an administrator's \
            credential is lent, the forge is asked for a test delivery of each webhook of a repository that calls it. \
            Without a name it looks at every repository that the service \
            account has a part in.

            Exit codes: 0 sound, 1 warnings or something that could not be checked, 2 something blocks a gate or lets \
            past it, 64 usage or settings, 70 our own failure.
            """)

    /// How the diagnosis is printed.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Argument(help: "Organisations, or repositories as owner/repo.")
    var targets: [String] = []

    @Option(name: .long, help: "How to print the diagnosis: text or json.")
    var format: Format = .text

    @Option(name: .long, help: "Where webhooks should come in; without it webhooks are not looked at.")
    var hookURL: String?

    @Flag(name: .long, help: "Ask the forge for no test deliveries of webhooks.")
    var noTestDeliveries = false

    @Option(name: .long, help: "Look again every so many seconds, and print what turns.")
    var watch: Int?

    @Option(name: .long, help: "With --watch: a file for a collector of Prometheus text files.", completion: .file())
    var metricsFile: String?

    @Option(
        name: .long, help: "With --watch: a file with the address that is called (POST, JSON) when a check turns.",
        completion: .file())
    var alertURLFile: String?

    @OptionGroup var administrator: AdministratorOptions
    @OptionGroup var connection: ConnectionOptions

    func validate() throws {
        try Self.validate(hookURL: hookURL)
        if let watch, !(1...86_400).contains(watch) { throw ValidationError("--watch: expected 1 to 86400 seconds") }
        guard watch != nil || (metricsFile == nil && alertURLFile == nil) else {
            throw ValidationError("--metrics-file and --alert-url-file go with --watch")
        }
    }

    /// Refuses what no forge could call.
    static func validate(hookURL text: String?) throws {
        guard let text else { return }
        let url = URL(string: text)
        let isWebAddress = ["http", "https"].contains(url?.scheme?.lowercased() ?? "") && url?.host?.isEmpty == false
        guard isWebAddress, url?.user == nil, url?.fragment == nil, !text.contains(where: \.isWhitespace) else {
            throw ValidationError(
                "--hook-url: `\(text.shownAddress)` is no address that the forge can call: expected one such as "
                    + "`https://gate.example.org/hooks/gitea`")
        }
    }

    func run(_ context: CommandContext) async throws {
        try await run(context, lent: administrator.credential(context))
    }

    /// - Parameter credential: what an administrator lent to whoever runs this.
    func run(_ context: CommandContext, lent credential: AdministratorCredential?) async throws {
        let targets = try Self.targets(targets)
        let lenient = try connection.lenientSettings(context)
        var diagnosis = try await look(targets, lenient, credential, context, testsDeliveries: !noTestDeliveries)
        switch format {
        case .text: context.output(diagnosis.text)
        case .json: context.output(try diagnosis.json() + "\n")
        }
        if let watch {
            let watching = try watching(context)
            var picture = await watching.tell(diagnosis, after: nil)
            var isBlind = false
            while true {
                try await context.sleep(.seconds(watch))
                // Tokens in files may have been replaced meanwhile; a canary lives on while they are.
                do {
                    let lenient = try connection.lenientSettings(context)
                    // A canary makes no deliveries.
                    diagnosis = try await look(targets, lenient, credential, context, testsDeliveries: false)
                } catch {
                    context.talk("countersign: \(error); it is looked again when they can be read")
                    await watching.tellBlind(after: picture, isNew: !isBlind)
                    isBlind = true
                    continue
                }
                picture = await watching.tell(diagnosis, after: picture, isBack: isBlind)
                isBlind = false
            }
        }
        let status = diagnosis.exitStatus
        if status != 0 { throw ExitCode(status) }
    }

    private func watching(_ context: CommandContext) throws(SettingsError) -> Watching {
        var address: String?
        if let file = alertURLFile {
            address = String(decoding: try Settings.read(file, context), as: UTF8.self).filter { !$0.isWhitespace }
        }
        return Watching(metricsFile: metricsFile, alertURL: address, context: context)
    }

    private func look(
        _ targets: [Examiner.Target], _ lenient: LenientSettings, _ credential: AdministratorCredential?,
        _ context: CommandContext, testsDeliveries: Bool
    ) async throws(SettingsError) -> Diagnosis {
        var forgeSettings = lenient.settings.forge
        forgeSettings.administrator = credential
        let door = try door(context)
        let selection = try Settings.selection(lenient.settings.values)
        let client: ForgeClient
        do {
            // Whom many repositories' gates ask for is read once: one look is shorter than anybody's patience.
            client = try ForgeClient(forgeSettings, keeping: AnswerKeeping(seconds: 3_600, now: context.now))
        } catch {
            throw SettingsError(error.description)
        }
        let decider = Decider(client, lenient.settings.deciding, now: context.now)
        let examiner = Examiner(
            client, decider, settings: lenient.tokens, hookAddress: hookURL, now: context.now,
            service: door, testsDeliveries: testsDeliveries, selection: selection,
            progress: Progress(context, noun: "repositories").step)
        var examination = await examiner.examine(targets)
        await client.shutdown()
        examination.invocation = connection.invocation(context)
        return Diagnosis(examination)
    }

    /// The way to the service on this machine; nil where nobody speaks of one.
    private func door(_ context: CommandContext) throws(SettingsError) -> ServiceDoor? {
        let values = try Settings.values([:], connection.settings, context)
        let socket = try SettingsReader(values: values, context: context).text(.controlSocket)
        guard hookURL != nil || ControlClient(path: socket).isThere else { return nil }
        return ServiceDoor(socket: socket, sleep: context.sleep)
    }

    static func targets(_ names: [String]) throws(SettingsError) -> [Examiner.Target] {
        try names.map { (name) throws(SettingsError) in
            if let repository = RepositoryName(name) { return .repository(repository) }
            guard RepositoryName("\(name)/x") != nil else {
                throw SettingsError("`\(name)` is neither an organisation nor a repository: expected `owner/repo`")
            }
            return .organization(name)
        }
    }
}
