import GateForge
import GatePolicy
import GateService

/// Pull requests under the policy in force and under another one.
struct Comparison {
    /// One pull request.
    struct Row: Sendable {
        var number: Int64
        var title: String
        /// What it comes to under the policy in force; nil without one, and where nobody asked.
        var before: Outcome?
        var after: Outcome
        /// Gates that hold it under the other policy, or why there is no verdict.
        var held: [String]
        /// What is not known, under either policy.
        var unknowns: [Unknown] = []
        /// What is wrong with the other policy.
        var mistakes: [Diagnostic] = []
        /// Whether the other policy judged it, and nothing in its place.
        var isJudged = false

        /// Whether something could not be known under one of the two.
        var isUndecided: Bool { before == .undecided || after == .undecided }
    }

    /// The kind of pull requests: open or merged.
    var what: String
    var rows: [Row]

    /// What is wrong with the other policy, each once.
    var mistakes: [Diagnostic] { Self.unique(rows.flatMap(\.mistakes)) }

    /// How many pull requests are compared at a time: each costs a dozen calls.
    private static let width = 4

    /// A policy that is not valid here ends the command: with the first pull requests, where it can judge none of them.
    ///
    /// - Parameter besidesNow: whether to say what they come to under the policy in force, too.
    static func of(
        _ snapshots: [PullRequestSnapshot], _ client: ForgeClient, _ settings: DecidingSettings,
        policy: (text: [UInt8], file: String), besidesNow: Bool = true, what: String, _ context: CommandContext
    ) async throws -> Comparison {
        let read = PolicyReader.compose(
            PolicyText(policy.text, file: policy.file, identity: policy.file, digest: ""), hash: { $0 },
            file: { _ in .unchecked })
        for diagnostic in read.diagnostics { context.talk(diagnostic.rendered) }
        guard !read.hasErrors else { throw ExitStatus.invalidPolicy.code }
        let now = besidesNow ? Decider(client, settings, supposes: true, now: context.now) : nil
        let then = Decider(client, settings, policyOverride: policy, supposes: true, now: context.now)
        let account = try await client.currentUser()
        var rows: [Row] = []
        for start in stride(from: 0, to: snapshots.count, by: width) {
            let batch = snapshots[start..<min(start + width, snapshots.count)]
            rows += await withTaskGroup(of: Row.self) { group in
                for snapshot in batch {
                    group.addTask { await row(snapshot, now, then, account) }
                }
                var rows: [Row] = []
                for await row in group { rows.append(row) }
                return rows
            }
            if rows.contains(where: { !$0.mistakes.isEmpty }), !rows.contains(where: \.isJudged) { break }
            context.talk("\(min(start + width, snapshots.count)) of \(snapshots.count) compared")
        }
        let comparison = Comparison(what: what, rows: rows.sorted { $0.number > $1.number })
        for mistake in comparison.mistakes { context.talk(mistake.rendered) }
        if !comparison.mistakes.isEmpty, !rows.contains(where: \.isJudged) { throw ExitStatus.invalidPolicy.code }
        return comparison
    }

    private static func row(
        _ snapshot: PullRequestSnapshot, _ now: Decider?, _ then: Decider, _ account: Account
    ) async -> Row {
        let subject = Subject(repository: snapshot.repository.name, number: snapshot.pullRequest.number)
        async let earlier = decided(now, subject, snapshot, account)
        let after = await beforeItsMerge(then.decide(subject, snapshot, serviceAccount: account), then)
        let before = await earlier
        var row = Row(
            number: subject.number, title: snapshot.pullRequest.title, before: before?.outcome,
            after: after.outcome ?? .undecided, held: [],
            unknowns: unique(after.unknowns + (before?.unknowns ?? [])))
        switch after.result {
        case .verdict(let verdict):
            row.isJudged = verdict.repairs == nil
            row.held = verdict.gates.filter { $0.isEnforced && $0.outcome.status != .success }.map {
                "\($0.name) \($0.outcome.rawValue)"
            }
            if row.held.isEmpty, row.after.status != .success { row.held = [verdict.statusDescription.description] }
        case .undecided(let unknowns): row.held = unknowns.prefix(1).map(\.subject)
        case .broken(let diagnostics):
            row.held = diagnostics.prefix(1).map(\.message)
            row.mistakes = diagnostics
        case .unmanaged: break
        }
        return row
    }

    private static func decided(
        _ decider: Decider?, _ subject: Subject, _ snapshot: PullRequestSnapshot, _ account: Account
    ) async -> Decision? {
        guard let decider else { return nil }
        return await beforeItsMerge(decider.decide(subject, snapshot, serviceAccount: account), decider)
    }

    /// What was decided of a merged pull request, without what came after its merge.
    private static func beforeItsMerge(_ decision: Decision, _ decider: Decider) async -> Decision {
        guard let merge = decision.snapshot?.merge, let basis = decision.basis else { return decision }
        var decision = decision
        guard let moment = merge.at else {
            decision.result = .undecided([
                Unknown(
                    cause: .notTold, subject: "what was said before the merge",
                    reason: "the forge does not tell when it was merged", cure: "look at the pull request yourself")
            ])
            return decision
        }
        if case .unknown(let unknown)? = basis.facts.timeline {
            decision.result = .undecided([unknown])
            return decision
        }
        decision.result = .verdict(await decider.verdict(on: basis, before: moment))
        return decision
    }

    /// How many come to something else.
    var turns: Int { rows.count { $0.before != $0.after } }

    /// A table of what turns.
    var text: String {
        let lines = rows.filter { $0.before != $0.after }.map { row in
            line(row, "\(row.before?.rawValue ?? "without a policy") → \(row.after.rawValue)")
        }
        let open = rows.filter { $0.isUndecided && $0.before == $0.after }
        return lines.joined() + open.map { line($0, "stays \($0.after.rawValue)") }.joined() + doubts
            + "\(total): \(turns == 1 ? "1 turns" : "\(turns) turn"), \(rows.count - turns) stay\(Self.doubt(open.count))\n"
    }

    /// A table of what would have been blocked.
    var history: String {
        let blocked = rows.filter { $0.after.status != .success }
        let lines = blocked.map { line($0, $0.after.rawValue) }
        let doubt = Self.doubt(blocked.count { $0.after == .undecided })
        return lines.joined() + doubts
            + "\(total): \(blocked.count) would have been blocked\(doubt), \(rows.count - blocked.count) let through\n"
    }

    private var total: String { rows.count == 1 ? "1 \(what) pull request" : "\(rows.count) \(what) pull requests" }

    /// What is not known, each once, with its cure.
    private var doubts: String {
        Self.unique(rows.flatMap(\.unknowns)).map {
            "not known: \($0.subject): \($0.reason)".oneLine + "\n" + "    cure: \($0.cure)".oneLine + "\n"
        }.joined()
    }

    private static func unique<Element: Hashable>(_ elements: [Element]) -> [Element] {
        var seen: Set<Element> = []
        return elements.filter { seen.insert($0).inserted }
    }

    private static func doubt(_ count: Int) -> String {
        count == 0 ? "" : ", \(count) of them because something is not known"
    }

    private func line(_ row: Row, _ outcome: String) -> String {
        let held = row.held.isEmpty ? "" : " (\(row.held.joined(separator: ", ")))"
        return "#\(row.number) \(outcome)\(held): \(row.title)".oneLine + "\n"
    }

    /// The rows as data.
    var data: [Data] {
        rows.map {
            Data(
                number: $0.number, title: $0.title, now: $0.before, then: $0.after, held: $0.held,
                unknowns: $0.unknowns)
        }
    }

    /// One pull request as data.
    struct Data: Encodable {
        var number: Int64
        var title: String
        var now: Outcome?
        var then: Outcome
        var held: [String]
        var unknowns: [Unknown]
    }
}

extension Decision {
    /// What keeps it from being decided.
    fileprivate var unknowns: [Unknown] {
        switch result {
        case .undecided(let unknowns): unknowns
        case .verdict(let verdict) where verdict.summary.outcome == .undecided:
            verdict.summary.unknowns
                + verdict.gates.filter { $0.isEnforced && $0.outcome == .undecided }.flatMap(\.unknowns)
        default: []
        }
    }
}

/// What a verdict turns into, gate by gate.
struct Turn {
    private let lines: [String]

    init(_ before: Verdict, _ after: Verdict) {
        let summary = "\(after.summary.context): \(Self.words(before.summary.outcome, after.summary.outcome))"
        let names = before.gates.map(\.name)
        let added = after.gates.map(\.name).filter { !names.contains($0) }
        lines =
            [summary]
            + (names + added).map { name in
                let then = after.gates.first { $0.name == name }?.outcome
                return "    \(name): \(Self.words(before.gates.first { $0.name == name }?.outcome, then))"
            }
    }

    var text: String { lines.joined(separator: "\n") }

    private static func words(_ before: Outcome?, _ after: Outcome?) -> String {
        let words = [before, after].map { $0?.rawValue ?? "not there" }
        return before == after ? "stays \(words[1])" : "\(words[0]) → \(words[1])"
    }
}
