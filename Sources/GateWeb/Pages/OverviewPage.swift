import GatePolicy

/// The first page: what waits for whom, across repositories.
struct OverviewPage: Sendable {
    /// What waits for one set of people, or for one kind of cure.
    struct Group: Sendable {
        var groupText: String
        var groupCount: String
        var lines: [Line]
    }

    /// A pull request that waits.
    struct Line: Sendable {
        var lineLink: String
        var lineNumber: String
        var lineTitle: String
        var lineOpeners: [String]
        var lineGate: String
        var lineNeed: Prose
        var lineTimes: [TimeText]
    }

    /// A repository.
    struct Place: Sendable {
        var placeLink: String
        var placeText: String
        var placeOpen: String
        var placeNotes: [Prose]
    }

    var frame: PageFrame
    var countText: String
    var looks: [TimeText]
    var freshness: [String]
    var overviewNotes: [Prose]
    var groups: [Group]
    var hasRepositories: Bool
    var repositories: [Place]

    init(_ overview: Overview, path: String, now: Timestamp) {
        let paths = Paths(from: path)
        frame = PageFrame(
            title: "What waits for whom", path: path, crumbs: [.init(crumbText: "Countersign", crumbLinks: [])],
            refreshes: 60)
        let shown = overview.waiting.count
        let cut = shown < overview.notPassing ? ", of which \(shown) are shown" : ""
        countText =
            (overview.passing == 1 ? "1 open pull request passes" : "\(overview.passing) open pull requests pass")
            + ", \(overview.notPassing) \(overview.notPassing == 1 ? "does" : "do") not\(cut)"
        looks = overview.lookedAtSince.map { [TimeText($0, now: now)] } ?? []
        freshness = overview.freshness.map { [$0.oneLine] } ?? []
        overviewNotes = overview.notes.map(Prose.init)
        groups = Self.groups(overview.waiting, paths, now)
        repositories = overview.repositories.map { line in
            Place(
                placeLink: paths.repository(line.repository), placeText: "\(line.repository)",
                placeOpen: "\(line.open)",
                placeNotes: line.note.map { [Prose($0)] } ?? [])
        }
        hasRepositories = !repositories.isEmpty
    }

    private static func groups(_ views: [PullView], _ paths: Paths, _ now: Timestamp) -> [Group] {
        var lines: [WaitsFor: [Line]] = [:]
        for view in views {
            for wait in WaitsFor.waits(of: view) {
                lines[wait.waitsFor, default: []].append(
                    Line(
                        lineLink: paths.pull(view.repository, view.number),
                        lineNumber: "\(view.repository)#\(view.number)", lineTitle: view.title.oneLine,
                        lineOpeners: view.author.map { [$0.login.oneLine] } ?? [], lineGate: wait.gate,
                        lineNeed: Prose(wait.need), lineTimes: view.decidedAt.map { [TimeText($0, now: now)] } ?? []))
            }
        }
        return lines.sorted { $0.key < $1.key }.map { key, lines in
            Group(groupText: key.text.oneLine, groupCount: "\(lines.count)", lines: lines)
        }
    }
}
