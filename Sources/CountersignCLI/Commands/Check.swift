import ArgumentParser
import GateForge
import GatePolicy
import GateService

/// `countersign check`: decides on one pull request, posts what it decided, and explains it.
struct Check: ContextCommand {
    static let configuration = CommandConfiguration(
        abstract: "Decide on a pull request, post its statuses, and say why.",
        discussion: """
            Exit codes: 0 all gates pass (or there is no policy), 1 something waits or is rejected, 2 something could \
            not be known, 3 the policy is not valid, 64 usage or settings, 69 the forge could not be reached, 70 our own \
            failure.
            """)

    /// How the result is printed.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, annotations
    }

    @Argument(help: "The pull request, as owner/repo#12; in CI it is taken from the event.")
    var pullRequest: String?

    @Flag(name: .long, help: "Post nothing.")
    var dryRun = false

    @Option(
        name: .long, help: "Use this policy file instead of the base branch's; implies --dry-run.", completion: .file())
    var policy: String?

    @Option(name: .long, help: "How to print the result: text, json or annotations.")
    var format: Format = .text

    @Flag(name: .long, help: "A repository without a policy is an error (3).")
    var requirePolicy = false

    @OptionGroup var connection: ConnectionOptions

    func run(_ context: CommandContext) async throws {
        let status = try await check(context)
        if status != .passed { throw status.code }
    }

    private func check(_ context: CommandContext) async throws -> ExitStatus {
        let event = pullRequest == nil ? try TriggeringEvent(context) : nil
        let subject = try subject(event)
        let settings = try connection.settings(context)
        var override: (text: [UInt8], file: String)?
        if let policy { override = (try Settings.read(policy, context), policy) }
        let client: ForgeClient
        do {
            client = try ForgeClient(settings.forge)
        } catch {
            throw SettingsError(error.description)
        }
        let decider = Decider(client, settings.deciding, policyOverride: override, now: context.now)
        let run = CheckRun(client, decider, settings.deciding)
        let posts = !dryRun && policy == nil
        let report: CheckReport
        do {
            report = CheckReport(try await run.run(subject, posts: posts), requiresPolicy: requirePolicy)
            await client.shutdown()
        } catch {
            await client.shutdown()
            return error.tell(context)
        }
        try report.print(format, context)
        return report.status
    }

    private func subject(_ event: TriggeringEvent?) throws(SettingsError) -> Subject {
        if let event { return event.subject }
        guard let pullRequest else {
            throw SettingsError("which pull request? Name it as `owner/repo#12`; only in CI is it taken from the event")
        }
        guard let subject = Subject(pullRequest) else {
            throw SettingsError("`\(pullRequest)` is not a pull request: expected `owner/repo#12`")
        }
        return subject
    }
}
