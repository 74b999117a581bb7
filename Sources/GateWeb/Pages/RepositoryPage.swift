import GatePolicy

/// The page of one repository: open pull requests by gates.
struct RepositoryPage: Sendable {
    /// A pull request.
    struct Row: Sendable {
        var rowLink: String
        var rowNumber: String
        var rowTitle: String
        var rowOpeners: [String]
        var rowBase: String
        var rowStyle: String
        var rowSign: String
        var rowWord: String
        var cells: [Cell]
    }

    /// What one gate says of it; empty where its policy has no such gate.
    struct Cell: Sendable {
        var cellStyle: String
        var cellSign: String
        var cellWord: String
    }

    /// More columns than this are not shown; each pull request's page has all of its gates.
    static let maximumColumns = 20

    var frame: PageFrame
    var repositoryText: String
    var repositoryForgeLink: String
    var countText: String
    var repositoryNotes: [Prose]
    var hasRows: Bool
    var columns: [String]
    var rows: [Row]

    init(_ view: RepositoryView, path: String, links: ForgeLinks) {
        let paths = Paths(from: path)
        let name = "\(view.repository)"
        frame = PageFrame(
            title: name, path: path,
            crumbs: [
                .init(crumbText: "Countersign", crumbLinks: [paths.root]), .init(crumbText: name, crumbLinks: []),
            ], refreshes: 60)
        repositoryText = name
        repositoryForgeLink = "\(links.address)/\(name)/pulls"
        let count = view.open == 1 ? "1 open pull request" : "\(view.open) open pull requests"
        countText = view.pulls.count < view.open ? "\(count), the first \(view.pulls.count) are shown" : count
        repositoryNotes = view.notes.map(Prose.init)
        var columns: [String] = []
        for pull in view.pulls {
            for gate in pull.verdict?.gates ?? [] where !columns.contains(gate.name) { columns.append(gate.name) }
        }
        columns = Array(columns.prefix(Self.maximumColumns))
        self.columns = columns
        rows = view.pulls.map { pull in
            let answer = MergeAnswer(pull)
            return Row(
                rowLink: paths.pull(pull.repository, pull.number), rowNumber: "#\(pull.number)",
                rowTitle: pull.title.oneLine, rowOpeners: pull.author.map { [$0.login.oneLine] } ?? [],
                rowBase: pull.base.oneLine, rowStyle: answer.style, rowSign: answer.sign, rowWord: answer.word,
                cells: columns.map { column in Cell(pull.verdict?.gates.first { $0.name == column }) })
        }
        hasRows = !rows.isEmpty
    }
}

extension RepositoryPage.Cell {
    fileprivate init(_ gate: GateVerdict?) {
        guard let gate else {
            self.init(cellStyle: "quiet", cellSign: "", cellWord: "")
            return
        }
        let mark = gate.isEnforced || gate.outcome == .off ? "" : " (advisory)"
        self.init(cellStyle: gate.outcome.style, cellSign: gate.outcome.sign, cellWord: gate.outcome.wording + mark)
    }
}
