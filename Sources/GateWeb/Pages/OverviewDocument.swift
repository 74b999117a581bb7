import GatePolicy

/// The overviews for programs: a line for each pull request.
struct OverviewDocument: Encodable, Sendable {
    struct Line: Encodable, Sendable {
        var repository: String
        var number: Int64
        var title: String
        var author: String?
        var head: CommitID
        var base: String
        var mayMerge: MergeAnswer
        var outcome: Outcome?
        var description: String
        var gates: [String: Outcome]
        var decidedAt: String?
    }

    var open: Int
    var passing: Int?
    var notes: [String]
    var pullRequests: [Line]

    init(_ overview: Overview) {
        open = overview.passing + overview.notPassing
        passing = overview.passing
        notes = overview.notes
        pullRequests = overview.waiting.map(Line.init)
    }

    init(_ view: RepositoryView) {
        open = view.open
        notes = view.notes
        pullRequests = view.pulls.map(Line.init)
    }
}

extension OverviewDocument.Line {
    init(_ view: PullView) {
        self.init(
            repository: "\(view.repository)", number: view.number, title: view.title, author: view.author?.login,
            head: view.head, base: view.base, mayMerge: MergeAnswer(view), outcome: view.outcome,
            description: view.statusLine,
            gates: Dictionary(
                (view.verdict?.gates ?? []).map { ($0.name, $0.outcome) }, uniquingKeysWith: { first, _ in first }),
            decidedAt: view.decidedAt.map { TimeText.exact($0) })
    }
}
