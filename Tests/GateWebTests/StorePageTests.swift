import Foundation
import GatePolicy
import GateStore
import Testing

@testable import GateWeb

/// The pages over the service's own store.
struct StorePageTests {
    static let now = Moment(Scene.now)

    static func store(
        _ scenes: [Scene], _ state: StatusState = .pending, _ result: PostedStatus.Result = .failed,
        in store: Store? = nil
    ) async throws -> Store {
        let store = try store ?? Store.inMemory()
        for scene in scenes {
            let record = DecisionRecord(
                repository: scene.facts.repository, pullRequest: scene.facts.pullRequest,
                result: .verdict(try scene.verdict()),
                statuses: [.init(context: "countersign: main", state: state, description: "", result: result)])
            try await store.see(
                SeenPull(repository: scene.facts.repository, pullRequest: scene.facts.pullRequest), at: now)
            try await store.record(record, cause: "pull_request", at: now)
        }
        return store
    }

    @Test func whatWasDecidedIsShown() async throws {
        var passing = Scene(number: 13, title: "Add a search box")
        passing.passes()
        let store = try await Self.store([passing], .success, .posted)
        let source = PageSource(try await Self.store([Scene()], in: store))
        let view = try #require(try await source.pull(7, 12))
        #expect(view.title == "Rotate the keys every hour" && view.outcome == .waiting && view.repositoryID == 7)
        #expect(view.decidedAt == Scene.now && view.history.count == 1 && !view.isOutdated)
        #expect(view.notes == ["The status `countersign: main` could not be posted; it is tried again."])
        #expect(try await source.identities(RepositoryName(owner: "ACME", name: "Widget")) == [7])
        #expect(try await source.pull(7, 99) == nil)
        let repository = try #require(try await source.repository(Scene.repository, 10))
        #expect(repository.pulls.map(\.number) == [13, 12])
        let overview = try await source.overview(10)
        #expect(overview.waiting.map(\.number) == [12] && overview.passing == 1 && overview.notPassing == 1)
        #expect(overview.lookedAtSince == Scene.now)
    }

    /// While nothing is looked at nobody knows whether what passed still does.
    @Test func aStallMakesAGreenVerdictNoAnswer() async throws {
        var passing = Scene(title: "Add a search box")
        passing.passes()
        var view = try #require(try await PageSource(Self.store([passing], .success, .posted)).pull(7, 12))
        #expect(MergeAnswer(view) == .yes)
        #expect(view.statusLine == "passed: qa-review, security-review")
        view.isStalled = true
        #expect(MergeAnswer(view) == .unknown)
        // Nor does it say that what was posted stands.
        #expect(view.statusLine.hasSuffix("nothing is looked at, and nothing stays green"), "\(view.statusLine)")
    }

    @Test func aLookThatFailedMakesAGreenVerdictNoAnswer() async throws {
        var passing = Scene(title: "Add a search box")
        passing.passes()
        var view = try #require(try await PageSource(Self.store([passing], .success, .posted)).pull(7, 12))
        view.problem = "the forge cannot be reached"
        #expect(MergeAnswer(view) == .unknown)
    }

    @Test(arguments: [
        ("reconcile", "looked at again"), ("pull_request_approved", "pull request approved"),
        ("push reconcile", "push, looked at again"),
    ])
    func causesInWords(_ cause: String, _ words: String) {
        let past = PastVerdict(
            at: Scene.now, head: Scene.commit("a"), outcome: .approved, description: "passed", cause: cause)
        #expect(past.because == words)
    }

    @Test func aNewerHeadMakesAGreenVerdictNoAnswer() async throws {
        var passing = Scene(title: "Add a search box")
        passing.passes()
        let store = try await Self.store([passing], .success, .posted)
        let before = try #require(try await PageSource(store).pull(7, 12))
        #expect(MergeAnswer(before) == .yes)
        passing.facts.pullRequest.head = Scene.commit("d")
        try await store.see(
            SeenPull(repository: passing.facts.repository, pullRequest: passing.facts.pullRequest), at: Self.now)
        let after = try #require(try await PageSource(store).pull(7, 12))
        #expect(after.isOutdated && MergeAnswer(after) == .notYet && after.head == Scene.commit("d"))
        try await Self.expectCounted(false, PageSource(store))
    }

    /// The forge goes by what it shows: the page must not say yes where it shows something else.
    @Test(arguments: [
        (StatusState.success, PostedStatus.Result.unchanged, MergeAnswer.yes), (.success, .failed, .notYet),
        (.success, .heldBack, .notYet), (.success, .overtaken, .notYet), (.success, .left, .notYet),
        (.error, .posted, .no), (.pending, .posted, .notYet),
    ])
    func aPassingVerdictIsNoYesByItself(
        _ state: StatusState, _ result: PostedStatus.Result, _ answer: MergeAnswer
    ) async throws {
        var passing = Scene(title: "Add a search box")
        passing.passes()
        let source = PageSource(try await Self.store([passing], state, result))
        #expect(MergeAnswer(try #require(try await source.pull(7, 12))) == answer)
        #expect(try await source.repository(Scene.repository, 10)?.pulls.map { MergeAnswer($0) } == [answer])
        try await Self.expectCounted(answer == .yes, source)
    }

    /// Nobody's signature turns a status that is marked as forged.
    @Test func aForgedStatusIsNoMatterOfWaiting() throws {
        var view = try Scenes.waiting()
        #expect(MergeAnswer(view) == .notYet)
        view.summary = PullView.Summary(state: .error, description: "status forged by @dave", stands: true)
        #expect(MergeAnswer(view) == .no)
    }

    /// The overview counts as the pull request's own page answers, and lists what that says no to.
    private static func expectCounted(
        _ passes: Bool, _ source: PageSource, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let overview = try await source.overview(10)
        #expect(
            overview.passing == (passes ? 1 : 0) && overview.notPassing == (passes ? 0 : 1),
            sourceLocation: sourceLocation)
        #expect(overview.waiting.map(\.number) == (passes ? [] : [12]), sourceLocation: sourceLocation)
        #expect(
            overview.waiting.allSatisfy { MergeAnswer($0) != .yes && !WaitsFor.waits(of: $0).isEmpty },
            sourceLocation: sourceLocation)
    }

    /// A draft, and one that another pull request of the same commit holds, do not pass.
    @Test(arguments: [true, false]) func whatIsHeldIsNotCountedAsPassing(_ isDraft: Bool) async throws {
        var passing = Scene(title: "Add a search box")
        passing.passes()
        passing.facts.pullRequest.isDraft = isDraft
        let store = try await Self.store([passing], .success, .posted)
        if !isDraft {
            var record = try #require(try await store.pull(7, 12)?.decision)
            record.holder = 57
            try await store.record(record, cause: "pull_request", at: Self.now)
        }
        try await Self.expectCounted(false, PageSource(store))
    }

    /// Where nobody can look for long, the green is made an error, and nothing else is decided.
    @Test func aGreenThatNobodyCouldLookBehind() async throws {
        var passing = Scene(title: "Add a search box")
        passing.passes()
        let store = try await Self.store([passing], .success, .posted)
        let posted = Publication(
            head: Scene.head, context: "countersign: main", number: 12, base: "main", state: .error,
            description: "cannot be read: no answer", row: 3)
        try await store.publish([posted], of: 7, at: Self.now)
        let source = PageSource(store)
        let view = try #require(try await source.pull(7, 12))
        #expect(MergeAnswer(view) == .no && view.statusLine == "cannot be read: no answer")
        #expect(try await source.repository(Scene.repository, 10)?.pulls.map { MergeAnswer($0) } == [.no])
        try await Self.expectCounted(false, source)
    }

    /// Whoever wonders why nothing is posted reads which of the reasons it is.
    @Test func whyARepositoryIsLeftAlone() async throws {
        let store = try await Self.store([Scene()])
        func note() async throws -> String? {
            try await PageSource(store).repository(Scene.repository, 10)?.notes.first
        }
        #expect(try await note() == nil)
        var told: Set<String> = []
        for reason in RepositoryRecord.LeftAlone.allCases {
            try await store.set(leftAlone: reason, 7)
            let note = try #require(try await note())
            #expect(note.hasPrefix("left alone: ") && !note.contains(" or "), "\(note)")
            told.insert(note)
        }
        #expect(told.count == RepositoryRecord.LeftAlone.allCases.count)
        try await store.set(leftAlone: nil, 7)
        #expect(try await note() == nil)
    }

    /// In an outage hundreds of others fail more often.
    @Test func theLastLookThatFailedIsToldInAnOutage() async throws {
        let store = try await Self.store([Scene()])
        let marks = (1...300).map { Mark(Scene.repository, .pull($0), cause: "test") }
        for attempt in 0..<2 {
            try await store.mark(marks.filter { attempt == 0 || $0.target != .pull(12) }, at: Self.now)
            while let claim = try await store.claimNext(Self.now) {
                try await store.settle(claim, .failed(retryAt: Self.now + .seconds(900), problem: "no answer"))
            }
        }
        #expect(try await PageSource(store).pull(7, 12)?.problem == "no answer")
    }

    /// Links of statuses have the name of their time.
    @Test func aRenamedRepositoryIsFoundByItsFormerNames() async throws {
        let store = try await Self.store([Scene()])
        let (first, second) = (
            RepositoryName(owner: "acme", name: "gadget"), RepositoryName(owner: "Acme", name: "Toy")
        )
        try await store.discover(7, first, isPrivate: true, defaultBranch: "main")
        try await store.discover(7, second, isPrivate: true, defaultBranch: "main")
        // Somebody else has the first name now.
        try await store.discover(8, Scene.repository, isPrivate: false, defaultBranch: "main")
        let source = PageSource(store)
        #expect(try await source.identities(Scene.repository) == [8, 7])
        #expect(try await source.identities(RepositoryName(owner: "ACME", name: "gadget")) == [7])
        #expect(try await source.identities(second) == [7])
        #expect(try await source.identities(RepositoryName(owner: "acme", name: "widge")) == [])
        #expect(try await source.pull(7, 12)?.repository == second)
    }

    /// Texts of a private repository name who could sign; a public one names only who acted.
    @Test(arguments: [false, true])
    func aRepositoryThatBecomesPublicForgetsWhomItNamed(_ isListed: Bool) async throws {
        let scene = Scene(isPrivate: true)
        let store = try await Self.store([scene])
        let bypass = Bypass(
            kind: .merge, repository: Scene.repository, number: 12, branch: "main", commit: Scene.head,
            by: Scene.alice, at: Self.now, gates: ["qa-review"], summary: "waiting: qa-review (bob, carol or erin)")
        #expect(try await store.remember(tip: Scene.head, of: "main", in: 7, bypass))
        func told() async throws -> String {
            let view = try #require(try await PageSource(store).pull(7, 12))
            let document = try JSONEncoder().encode(PullDocument(view))
            return try PageTests.html(view) + String(decoding: document, as: UTF8.self)
        }
        #expect(try await told().contains("bob"))
        #expect(try await PageSource(store).pull(7, 12)?.wentAround == true)
        if isListed {
            try await store.discover(7, Scene.repository, isPrivate: false, defaultBranch: "main")
        } else {
            var repository = scene.facts.repository
            repository.isPrivate = false
            try await store.see(SeenPull(repository: repository, pullRequest: scene.facts.pullRequest), at: Self.now)
        }
        for name in ["bob", "carol", "erin"] { #expect(try await !told().contains(name)) }
        #expect(
            try await store.dueForLook(Self.now, green: .seconds(60), active: .seconds(60), all: .seconds(60)).count
                == 1)
    }

    @Test func whatWasOnlySeenIsNotYetAnswered() async throws {
        let store = try Store.inMemory()
        let scene = Scene()
        try await store.see(
            SeenPull(repository: scene.facts.repository, pullRequest: scene.facts.pullRequest), at: Self.now)
        let view = try #require(try await PageSource(store).pull(7, 12))
        #expect(MergeAnswer(view) == .unread)
        // Merged before anybody looked, it has at least its title.
        let facts = scene.facts
        let merge = MergeRecord(
            repository: Scene.repository, number: 12, title: "Add a search box", head: facts.pullRequest.head,
            base: "main", commit: nil, by: nil, at: Self.now,
            decision: DecisionRecord(
                repository: facts.repository, pullRequest: facts.pullRequest, result: .unmanaged))
        _ = try await store.record(merge, of: 7, facts: nil, bypass: nil)
        #expect(try await PageSource(store).pull(7, 12)?.title == "Add a search box")
    }

    /// The policy is valid, and has no mistakes to show.
    @Test func aNameThatIsGoneIsANoticeAndNoMistake() async throws {
        let (scene, store) = (Scene(isPrivate: true), try Store.inMemory())
        var verdict = try scene.verdict()
        verdict.problems = [
            Diagnostic(
                severity: .warning, span: SourceSpan(file: ".countersign.yml", line: 3, column: 1, length: 2),
                message: "the team `qa` of `acme` is gone, so nobody is in it", hint: "take it out")
        ]
        let facts = scene.facts
        try await store.see(SeenPull(repository: facts.repository, pullRequest: facts.pullRequest), at: Self.now)
        try await store.record(
            DecisionRecord(repository: facts.repository, pullRequest: facts.pullRequest, result: .verdict(verdict)),
            cause: "test", at: Self.now)
        let html = try PageTests.html(try #require(try await PageSource(store).pull(7, 12)))
        #expect(!html.contains("Mistakes in the policy"))
        #expect(html.contains("the team <code>qa</code> of <code>acme</code> is gone"))
    }

    /// Who posts in our contexts again and again fills no page.
    @Test func aStatusThatIsPostedAgainAndAgainIsToldOnce() {
        let head = Scene().facts.pullRequest.head
        let rows = (1...4).map { row in
            ForeignStatus(
                row: Int64(row), number: 12, head: head, context: "countersign: main",
                state: row == 4 ? .pending : .success, description: "", creator: Scene.dave, isFavourable: true,
                at: Self.now)
        }
        #expect(
            rows.notes(limit: 5) == [
                "dave posted the status `countersign: main` (success), 3 times, which is for Countersign to post.",
                "dave posted the status `countersign: main` (pending), which is for Countersign to post.",
            ])
    }
}
