import ArgumentParser
import GatePolicy
import GateService
import GateStore

/// `countersign facts`: everything the engine saw of a pull request, for `explain` and `simulate` without a forge.
struct WriteFacts: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "facts",
        abstract: "Print everything the engine saw of a pull request, as JSON; without secrets.",
        discussion: """
            `countersign schema facts` prints the form, and such a file can be written by hand. With `--merged` it is what \
            the service read when it saw the pull request merged: together with the policy of that time `explain --facts` \
            says again who had signed.
            """)

    @Argument(help: "The pull request, as owner/repo#12.")
    var pullRequest: String

    @Option(
        name: .long,
        help: "See it with this policy file instead of the base branch's: other policies need other facts.",
        completion: .file()
    )
    var policy: String?

    @Flag(name: .long, help: "Those of a merged pull request, from the service or its store; the forge is not asked.")
    var merged = false

    @OptionGroup var connection: ConnectionOptions

    func run(_ context: CommandContext) async throws {
        if merged { return try await writeMerged(context) }
        try await Examination.of(pullRequest, policy: policy, facts: nil, connection, context, writesData: true) {
            examination in
            context.output(try FactsFile.text(examination.basis.facts))
        }
    }

    private func writeMerged(_ context: CommandContext) async throws {
        guard policy == nil else { throw SettingsError("`--merged` prints what was kept; leave `--policy` out") }
        let reader = SettingsReader(values: try Settings.values([:], connection.settings, context), context: context)
        if let answer = try await ControlClient(path: try reader.text(.controlSocket)).ask(.merged, pullRequest) {
            guard answer.isDone else { throw SettingsError(answer.text.split(separator: "\n").joined(separator: " ")) }
            return context.output(answer.text)
        }
        let facts: Facts?
        do throws(StoreError) {
            facts = try await Store.openExisting(try reader.path).factsOfMerge(pullRequest)
        } catch {
            throw SettingsError("\(error)")
        }
        guard let facts else { throw SettingsError(Store.noFacts(of: pullRequest)) }
        context.output(try FactsFile.text(facts))
    }
}

extension Store {
    /// What was read of a merged pull request when it was seen merged; nil when that is not known.
    func factsOfMerge(_ pullRequest: String) async throws(StoreError) -> Facts? {
        guard let subject = Subject(pullRequest), let repository = try await repository(named: subject.repository)
        else {
            return nil
        }
        return try await facts(ofMerge: repository.id, subject.number)
    }

    static func noFacts(of pullRequest: String) -> String {
        Subject(pullRequest) == nil
            ? "`\(pullRequest)` is not a pull request: expected `owner/repo#12`"
            : "the service kept no facts of `\(pullRequest)`: it did not see it merged, or longer ago than "
                + "`store.retention_days`, or a version whose facts cannot be read any more wrote them"
    }
}
