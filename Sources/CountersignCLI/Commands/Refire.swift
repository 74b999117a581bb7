import ArgumentParser
import GateForge
import GatePolicy
import GateService
import Synchronization

/// `countersign refire`: decides anew on pull requests that wait for a repair.
struct Refire: ContextCommand, Sendable {
    static let configuration = CommandConfiguration(
        abstract: "Decide anew on open pull requests after a repair.",
        discussion: """
            Without --all it takes those whose summary is an error, is missing, or is somebody else's, and those whose \
            statuses link to another page than the service's present one. Without a name it looks at every repository that the service account has a part in. A service that runs on this machine \
            (control.socket) does it; without one, or with --direct, this command does.

            Exit codes: 0 every one is decided, 2 something could still not be known or posted, 64 usage or settings, \
            69 the forge could not be reached, 70 our own failure, 130 it was interrupted, and says what it did until then.
            """)

    @Argument(help: "Pull requests (owner/repo#12), repositories (owner/repo), organisations.")
    var targets: [String] = []

    @Flag(name: .long, help: "Every open pull request, not only those that are undecided.")
    var all = false

    @Option(
        name: .long, parsing: .singleValue,
        help: "A status of other scripts, such as `qa-review / approved`: where it is not green is taken too.")
    var contexts: [String] = []

    @Option(name: .long, help: "How many are decided side by side; a service does as `work.concurrency` says.")
    var concurrency = 4

    @Flag(name: .long, help: "Decide here, even if a service runs on this machine.")
    var direct = false

    @OptionGroup var connection: ConnectionOptions

    func validate() throws {
        guard (1...32).contains(concurrency) else { throw ValidationError("--concurrency: expected 1 to 32") }
        guard !contexts.contains(where: { $0.allSatisfy(\.isWhitespace) }) else {
            throw ValidationError("--contexts: an empty one is the name of no status")
        }
    }

    func run(_ context: CommandContext) async throws {
        let targets = try targets.map { (name) throws(SettingsError) in try Self.target(name) }
        let report = try await interruptible(context) { progress in
            if let told = try await byService(targets, context, progress) { return told }
            return try await here(targets, context, progress)
        }
        for refused in report.unread { context.talk("\(refused.name): \(refused.reason)") }
        context.output(report.text)
        if !report.isDecided { throw ExitStatus.undecided.code }
    }

    /// What was done so far.
    private final class Done: Sendable {
        private let state = Mutex((turned: [Refiring.Turned](), total: 0))

        var sofar: (turned: [Refiring.Turned], total: Int) { state.withLock { $0 } }

        func add(_ one: Refiring.Turned, of total: Int) {
            state.withLock { state in
                state.turned.append(one)
                state.total = total
            }
        }
    }

    /// Does it until somebody interrupts it; then it is told how far it came.
    private func interruptible(
        _ context: CommandContext,
        _ body:
            @escaping @Sendable (_ progress: @escaping @Sendable (Int, Int, Refiring.Turned) -> Void) async throws
            -> Refiring.Report
    ) async throws -> Refiring.Report {
        let done = Done()
        return try await withThrowingTaskGroup(of: Refiring.Report?.self) { group in
            group.addTask {
                try await body { count, total, turned in
                    // What is given up is not done.
                    if Task.isCancelled { return }
                    done.add(turned, of: total)
                    context.talk("\(ProgressBar(done: count, total: total).text) \(turned.line)")
                }
            }
            group.addTask {
                guard await context.untilInterrupted() else { return nil }
                let (turned, total) = done.sofar
                if !turned.isEmpty { context.output(Refiring.Report(turned: turned).text) }
                let count = total == 0 ? "nothing was done yet" : "\(turned.count) of \(total) were done"
                context.talk("countersign: interrupted: \(count); run it again: \(again)")
                throw ExitStatus.interrupted.code
            }
            defer { group.cancelAll() }
            while let report = try await group.next() {
                if let report { return report }
            }
            throw CancellationError()
        }
    }

    /// What another run does.
    private var again: String {
        all
            ? "it begins anew, for `--all` takes every one"
            : "it takes those that are still undecided; a service that was asked goes on by itself"
    }

    private func byService(
        _ targets: [Refiring.Target], _ context: CommandContext, _ progress: (Int, Int, Refiring.Turned) -> Void
    ) async throws -> Refiring.Report? {
        guard !direct else { return nil }
        let values = try Settings.values([:], connection.settings, context)
        let socket = try SettingsReader(values: values, context: context).text(.controlSocket)
        do {
            return try await RefireDoor(socket: socket, context: context).run(
                RefireOrder(targets: targets, takesAll: all, contexts: contexts), progress: progress)
        } catch let error as SettingsError {
            throw SettingsError("\(error); `--direct` decides here")
        }
    }

    private func here(
        _ targets: [Refiring.Target], _ context: CommandContext,
        _ progress: @escaping @Sendable (Int, Int, Refiring.Turned) -> Void
    ) async throws -> Refiring.Report {
        let settings = try connection.settings(context)
        let client: ForgeClient
        do {
            client = try ForgeClient(settings.forge)
        } catch {
            throw SettingsError(error.description)
        }
        let decider = Decider(client, settings.deciding, now: context.now)
        let refiring = Refiring(
            client, CheckRun(client, decider, settings.deciding), takesAll: all, contexts: contexts,
            width: concurrency)
        do {
            let report = try await refiring.run(targets, progress: progress)
            await client.shutdown()
            return report
        } catch {
            await client.shutdown()
            throw error.tell(context).code
        }
    }

    private static func target(_ name: String) throws(SettingsError) -> Refiring.Target {
        if let subject = Subject(name) { return .pull(subject) }
        if let repository = RepositoryName(name) { return .repository(repository) }
        guard RepositoryName("\(name)/x") != nil else {
            throw SettingsError("`\(name)`: expected `owner/repo#12`, `owner/repo` or an organisation")
        }
        return .organization(name)
    }
}
