import GatePolicy

/// A pull request's page for programs.
struct PullDocument: Encodable, Sendable {
    var repository: String
    var number: Int64
    var title: String
    var author: String?
    var head: CommitID
    var base: String
    var state: PullView.State
    var draft: Bool
    var mayMerge: MergeAnswer
    var outcome: Outcome?
    var description: String
    var decidedAt: String?
    var checkedAt: String?
    var outdated: Bool
    var holder: Int64?
    var policy: PolicyOrigin?
    var verdict: Verdict?
    /// How many of its commands are left out; nil for none.
    var commandsLeftOut: Int?
    var diagnostics: [Diagnostic]?
    var unknowns: [Unknown]?
    var notes: [String]
    var history: [Entry]

    /// An earlier verdict.
    struct Entry: Encodable, Sendable {
        var at: String
        var head: CommitID
        var outcome: Outcome?
        var description: String
        var cause: String
    }

    init(_ view: PullView) {
        repository = "\(view.repository)"
        number = view.number
        title = view.title
        author = view.author?.login
        head = view.head
        base = view.base
        state = view.state
        draft = view.isDraft
        mayMerge = MergeAnswer(view)
        outcome = view.outcome
        description = view.statusLine
        decidedAt = view.decidedAt.map { TimeText.exact($0) }
        checkedAt = view.checkedAt.map { TimeText.exact($0) }
        outdated = view.isOutdated
        holder = view.holder
        policy = view.policy
        var shown = view.verdict?.withoutDrafters
        let left = shown?.cutCommands(to: WebLimits.commands) ?? 0
        (verdict, commandsLeftOut) = (shown, left > 0 ? left : nil)
        if case .broken(let found) = view.finding { diagnostics = found }
        if case .undecided(let found) = view.finding { unknowns = found }
        notes = [view.problem.map { "the last look at it failed: \($0)" }].compactMap { $0 } + view.notes
        history = view.history.prefix(WebLimits.historyEntries).map { past in
            Entry(
                at: TimeText.exact(past.at), head: past.head, outcome: past.outcome, description: past.description,
                cause: past.cause)
        }
    }
}

extension Verdict {
    /// Keeps the first commands.
    /// - Returns: how many there are besides.
    fileprivate mutating func cutCommands(to most: Int) -> Int {
        let all = commands.count + (unheard?.count ?? 0)
        commands = Array(commands.prefix(most))
        unheard = unheard.map { Array($0.prefix(most - commands.count)) }
        return all - commands.count - (unheard?.count ?? 0)
    }

    /// Drafts of others are counted, never attributed.
    fileprivate var withoutDrafters: Verdict {
        var copy = self
        for gate in copy.gates.indices {
            for review in copy.gates[gate].reviews.indices where copy.gates[gate].reviews[review].fate == .draft {
                copy.gates[gate].reviews[review].account = nil
            }
        }
        return copy
    }
}
