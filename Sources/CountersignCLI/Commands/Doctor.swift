import ArgumentParser
import GateDoctor
import GateForge
import GatePolicy
import GateService

/// `countersign doctor`: says why a gate cannot know, and what would put it right; changes nothing.
struct Doctor: ContextCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what keeps gates from deciding, or lets something past them, and the smallest cure.",
        discussion: """
            It reads everything and changes nothing. Without a name it looks at every repository that the service \
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

    @OptionGroup var administrator: AdministratorOptions
    @OptionGroup var connection: ConnectionOptions

    func run(_ context: CommandContext) async throws {
        let targets = try Self.targets(targets)
        let lenient = try connection.lenientSettings(context)
        var forgeSettings = lenient.settings.forge
        forgeSettings.administrator = try administrator.credential(context)
        let client: ForgeClient
        do {
            client = try ForgeClient(forgeSettings)
        } catch {
            throw SettingsError(error.description)
        }
        let decider = Decider(client, lenient.settings.deciding, now: context.now)
        let examiner = Examiner(
            client, decider, settings: lenient.tokens, hookAddress: hookURL, now: context.now,
            progress: Progress(context, noun: "repositories").step)
        let examination = await examiner.examine(targets)
        await client.shutdown()
        let diagnosis = Diagnosis(examination)
        switch format {
        case .text: context.output(diagnosis.text)
        case .json: context.output(try diagnosis.json() + "\n")
        }
        let status = diagnosis.exitStatus
        if status != 0 { throw ExitCode(status) }
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
