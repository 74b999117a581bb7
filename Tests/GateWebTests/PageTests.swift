import Foundation
import GatePolicy
import GateStore
import Testing

@testable import GateWeb

/// What people read, state by state.
struct PageTests {
    static let links = ForgeLinks(address: "https://git.example.org")
    static let path = "/acme/widget/pulls/12"

    static func html(_ view: PullView, browses: Bool = false) throws -> String {
        let page = PullPage(view, path: path, links: links, now: Scene.now, browses: browses)
        // The style sheet's address changes with every change of it, which no golden file should.
        return steady(try PageTemplates().html(page, .pull))
    }

    static func steady(_ html: String) -> String {
        html.replacing(Asset.stylesheet.path, with: "assets/countersign.css")
            .replacing(Asset.icon.path, with: "assets/icon.svg")
    }

    /// Whoever may comment can write thousands, and whoever has the link asks for the page.
    @Test func aThousandCommands() throws {
        var scene = Scene()
        for _ in 0..<10 {
            scene.comment(Scene.alice, Array(repeating: "/recheck", count: 100).joined(separator: "\n"))
        }
        let view = try scene.view()
        #expect(view.verdict?.commands.count == 1000)
        let page = try Self.html(view)
        #expect(page.split(separator: "<code>/recheck</code>").count == WebLimits.commands + 1)
        #expect(page.contains("… and 700 more"))
        let document = PullDocument(view)
        #expect(document.verdict?.commands.count == WebLimits.commands && document.commandsLeftOut == 700)
    }

    /// The forge's status has room for 140 characters; here the rest is read, too.
    @Test func aSentenceThatTheStatusCuts() throws {
        let names = (1...9).map { "needs a look by department number \($0)" }.joined(separator: "; ")
        let cut = StatusDescription("waiting: \(names)")
        #expect(cut.description.count == 140 && cut.description.hasSuffix("…"))
        #expect(cut.sentence == "waiting: \(names)")
        let cured = StatusDescription(
            "cannot know who may sign: the forge answered `\(String(repeating: "no ", count: 60))`",
            cure: "ask it again")
        #expect(cured.description.contains("…") && cured.sentence.hasSuffix("no `; ask it again"))
    }

    static func overview() throws -> Overview {
        Overview(
            repositories: [
                .init(repository: Scene.repository, open: 5),
                .init(repository: RepositoryName(owner: "acme", name: "attic"), open: 1, note: "archived"),
            ],
            waiting: [
                try Scenes.waiting(), try Scenes.rejected(), try Scenes.undecided(), Scenes.broken(),
                try Scenes.hostileTexts(),
            ], passing: 2, notPassing: 9,
            lookedAtSince: Timestamp(seconds: Scene.now.seconds - 840),
            freshness: FreshnessPromise(green: 72, active: 360, all: 1080, people: 60).text,
            notes: ["`acme/closed` cannot be written: give the service account access"])
    }

    static func repository() throws -> RepositoryView {
        RepositoryView(repository: Scene.repository, pulls: try Scenes.all().map(\.view), open: 40)
    }

    @Test func everyStateOfAPullRequest() throws {
        for (name, view) in try Scenes.all() { try expectPage(try Self.html(view), "pull-\(name).html") }
        try expectPage(try Self.html(try Scenes.waiting(), browses: true), "pull-for-an-operator.html")
    }

    @Test func theOverviews() throws {
        let templates = try PageTemplates()
        let overview = OverviewPage(try Self.overview(), path: "/", now: Scene.now)
        try expectPage(Self.steady(templates.html(overview, .overview)), "overview.html")
        let none = Overview(repositories: [], waiting: [], passing: 0, notPassing: 0)
        try expectPage(
            Self.steady(templates.html(OverviewPage(none, path: "/", now: Scene.now), .overview)), "overview-empty.html"
        )
        let repository = RepositoryPage(try Self.repository(), path: "/acme/widget", links: Self.links)
        try expectPage(Self.steady(templates.html(repository, .repository)), "repository.html")
        let error = ErrorPage(title: "404 Not Found", message: WebError.notFound.message, path: "/a/b/c")
        try expectPage(Self.steady(templates.html(error, .error)), "error.html")
    }

    @Test func theSameForPrograms() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let waiting = try encoder.encode(PullDocument(try Scenes.waiting()))
        try expectPage(String(decoding: waiting, as: UTF8.self) + "\n", "pull-waiting.json")
        let overview = try encoder.encode(OverviewDocument(try Self.overview()))
        try expectPage(String(decoding: overview, as: UTF8.self) + "\n", "overview.json")
        let drafts = PullDocument(try Scenes.waiting()).verdict?.gates.flatMap(\.reviews).filter { $0.fate == .draft }
        #expect(drafts?.count == 3 && drafts?.allSatisfy { $0.account == nil } == true)
    }

    /// A misspelt name renders as nothing, and nobody would notice.
    @Test func everyNameInATemplateIsAPropertyOfSomething() throws {
        var names: Set<String> = ["exact", "ago"]
        func collect(_ value: Any, depth: Int = 0) {
            for child in Mirror(reflecting: value).children {
                if let label = child.label { names.insert(label) }
                if depth < 12 { collect(child.value, depth: depth + 1) }
            }
        }
        let templates = try PageTemplates()
        for (_, view) in try Scenes.all() {
            collect(PullPage(view, path: Self.path, links: Self.links, now: Scene.now, browses: true))
        }
        collect(OverviewPage(try Self.overview(), path: "/", now: Scene.now))
        collect(RepositoryPage(try Self.repository(), path: "/a/b", links: Self.links))
        collect(ErrorPage(title: "", message: "", path: "/"))
        _ = templates
        let tag = /\{\{([#\/^&<>$!]?)\{?([^}]*)\}\}/
        for (name, bytes) in PageTemplates.sources {
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(!text.contains("{{{") && !text.contains("{{&"), "\(name) has an unescaped tag")
            for match in text.matches(of: tag) where ["", "#", "^"].contains(match.output.1) && match.output.2 != "." {
                for part in match.output.2.split(separator: ".") {
                    #expect(names.contains(String(part)), "\(name): \(match.output.0)")
                }
            }
        }
    }

    @Test func nothingThatPeopleWroteBecomesMarkup() throws {
        let html = try Self.html(try Scenes.hostileTexts(), browses: true)
        for piece in [
            "<script", "<img", "<b>mallory", "<i>a proxy", "<u>mall", "\u{202e}", "\u{0007}", "onerror=alert(1)>",
        ] {
            #expect(!html.contains(piece), "\(piece)")
        }
        #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt; {{titleText}}"))
    }

    /// What stands between backquotes is code; one that has no second is text.
    @Test(arguments: [
        ("`qa` of `acme`", ["<qa>", " of ", "<acme>"]), ("a `b", ["a ", "`b"]), ("``", ["``"]), ("a", ["a"]), ("", []),
        ("a `b` `", ["a ", "<b>", " ", "`"]),
    ])
    func prose(_ text: String, _ runs: [String]) {
        #expect(Prose(text).runs.map { ($0.plain + $0.code.map { "<\($0)>" }).joined() } == runs)
    }

    @Test func nobodyIsNamedInPublicWhoHasNotActed() throws {
        let html = try Self.html(try Scenes.openToAll())
        for name in ["carol", "dave", "erin"] { #expect(!html.contains(name)) }
        #expect(html.contains("bob"))
        let document = String(decoding: try JSONEncoder().encode(PullDocument(try Scenes.openToAll())), as: UTF8.self)
        for name in ["carol", "dave", "erin"] { #expect(!document.contains("\"\(name)\"")) }
    }

    @Test func whatSeveralGatesWantAlikeStandsOnce() throws {
        let waits = WaitsFor.waits(of: try Scenes.rejected())
        #expect(waits.map(\.gate) == ["qa-review, security-review", "security-review"])
        #expect(waits.map(\.waitsFor) == [.account("carol"), .people("security", organization: "acme")])
        #expect(WaitsFor.waits(of: try Scenes.draft()).map(\.waitsFor) == [.author])
        #expect(WaitsFor.waits(of: try Scenes.held()).map(\.waitsFor) == [.author])
        #expect(WaitsFor.waits(of: try Scenes.outdated()).map(\.need) == ["its green to be shown on its head"])
        #expect(WaitsFor.waits(of: try Scenes.approved()).isEmpty)
        #expect(WaitsFor.waits(of: Scenes.broken()).map(\.waitsFor) == [.policy])
    }

    /// Who has the turn where no gate names a step: a policy with mistakes is its author's to mend, and nothing is unknown.
    @Test func whoHasTheTurnWhereNoGateSays() throws {
        var view = try Scenes.rejected()
        guard case .verdict(var verdict) = view.finding else {
            Issue.record("no verdict")
            return
        }
        for gate in verdict.gates.indices { verdict.gates[gate].steps = [] }
        view.finding = .verdict(verdict)
        #expect(WaitsFor.waits(of: view).map(\.waitsFor) == [.author])
        for view in [
            try Scenes.forged(), try Scenes.outdated(), try Scenes.greenNotPosted(), Scene().view(finding: .unread),
        ] {
            #expect(WaitsFor.waits(of: view).map(\.waitsFor) == [.service])
        }
        for view in [try Scenes.undecided(), Scenes.nothingKnown()] {
            #expect(WaitsFor.waits(of: view).contains { $0.waitsFor == .knowledge })
        }
    }

    @Test func linksLeadUpwardsAsFarAsThePageIsDeep() {
        #expect(Paths(from: "/").root == "./")
        #expect(Paths(from: "/acme/widget").root == "../")
        #expect(Paths(from: "/acme/widget/pulls/12").root == "../../../")
        #expect(Paths(from: "").root == "./")
    }

    @Test func aFilesLineIsLinkedWhateverItsNameIs() {
        #expect(
            Self.links.line(Scene.repository, Scene.head, "a b/\"?#é.yml", 3)
                == "https://git.example.org/acme/widget/src/commit/\(Scene.head)/a%20b/%22%3F%23%C3%A9.yml#L3")
    }

    @Test(arguments: [(-3, "just now"), (0, "0 s ago"), (119, "119 s ago"), (120, "2 min ago"), (7200, "2 h ago")])
    func timesReadAsPeopleSayThem(_ seconds: Int64, _ text: String) {
        let moment = Timestamp(seconds: Scene.now.seconds - seconds)
        #expect(TimeText(moment, now: Scene.now).ago == text)
        #expect(TimeText(Timestamp(seconds: 0), now: Scene.now).exact == "1970-01-01T00:00:00Z")
    }
}
