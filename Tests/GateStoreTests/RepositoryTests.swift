import GRDB
import GatePolicy
import Testing

@testable import GateStore

/// Repositories by their names, and what is known of their policies.
struct RepositoryTests {
    private let store: Store
    private let head: CommitID

    init() throws {
        store = try Store.inMemory()
        head = try #require(CommitID(String(repeating: "a", count: 40)))
    }

    private func discover(_ id: Int64, _ name: String) async throws {
        try await store.discover(
            id, RepositoryName(owner: "acme", name: name), isPrivate: true, defaultBranch: "main")
    }

    private func named(_ name: String) async throws -> Int64? {
        try await store.repository(named: RepositoryName(owner: "acme", name: name))?.id
    }

    /// The older one takes the name of one that is gone, whether a list shows it or a pull request of its own.
    @Test(arguments: [true, false]) func aNameIsThatOfTheOneSeenUnderItLast(_ isListed: Bool) async throws {
        try await discover(5, "widget-old")
        try await discover(9, "widget")
        if isListed {
            try await discover(5, "Widget")
        } else {
            let repository = Repository(
                id: 5, name: .widget, owner: Account(id: 9, login: "acme"), ownerIsOrganization: .known(true),
                isPrivate: true, defaultBranch: "main")
            let pull = PullRequest(
                number: 3, title: "", author: nil, head: head, headBranch: "feature", baseBranch: "main")
            try await store.see(SeenPull(repository: repository, pullRequest: pull), at: .start)
        }
        #expect(try await named("widget") == 5)
        #expect(try await store.repositories().map(\.id) == [5])
        #expect(try await store.repository(9)?.isSkipped == true)
        #expect(try await store.identities(named: .widget) == [5, 9], "links to what it was lead there")
        #expect(try await store.forget(.widget))
        // It is seen again, as what it is called now.
        try await discover(9, "gadget")
        #expect(try await named("gadget") == 9)
        #expect(try await store.repository(9)?.isSkipped == false)
        #expect(try await named("widget") == 5)
    }

    @Test func namesAreExchanged() async throws {
        try await discover(5, "one")
        try await discover(9, "two")
        try await discover(5, "two")
        try await discover(9, "one")
        #expect(try await [named("one"), named("two")] == [9, 5])
        #expect(try await store.repositories().map(\.isSkipped) == [false, false])
    }

    /// What a branch without a policy is says nothing of the others, and the other way round.
    @Test func aPolicyIsLostWhereItWas() async throws {
        try await discover(3, "widget")
        func set(_ state: RepositoryRecord.State, _ base: String, from branch: String) async throws
            -> [RepositoryRecord.State?]
        {
            [try await store.set(state, of: 3, base: base, from: branch), try await store.repository(3)?.state]
        }
        #expect(try await set(.unmanaged, "main", from: "main") == [.unmanaged, .unmanaged])
        #expect(try await set(.managed, "develop", from: "main") == [.managed, .managed])
        #expect(try await set(.unmanaged, "release", from: "release") == [.unmanaged, .managed])
        #expect(try await set(.unmanaged, "main", from: "main") == [.lost, .lost], "it was its own, too")
        #expect(try await set(.unmanaged, "new", from: "main") == [.lost, .lost], "nobody was let in by that yet")
        #expect(try await set(.unmanaged, "develop", from: "develop") == [.lost, .lost], "protected since")
        #expect(try await set(.broken, "stable", from: "stable") == [.broken, .lost])
        #expect(try await set(.managed, "main", from: "main") == [.managed, .managed])
        #expect(try await set(.unmanaged, "stable", from: "stable") == [.lost, .managed])
        #expect(try await store.wasManaged("stable", of: 3))
        #expect(try await !store.wasManaged("release", of: 3))
        #expect(try await store.forget(.widget))
        #expect(try await set(.unmanaged, "stable", from: "stable") == [.unmanaged, .unmanaged])
        #expect(try await store.forget(RepositoryName(owner: "acme", name: "none")) == false)
    }

    /// That a base has no policy is proven for it, and for what the branch decides that was read, until one is found there.
    @Test func whereThereIsNoPolicy() async throws {
        try await discover(3, "widget")
        func without() async throws -> [String] {
            var without: [String] = []
            for base in ["main", "release", "topic"] where try await store.isWithoutPolicy(base, of: 3) {
                without.append(base)
            }
            return without
        }
        try await store.set(.unmanaged, of: 3, base: "release", from: "release")
        #expect(try await without() == ["release"])
        try await store.set(.unmanaged, of: 3, base: "topic", from: "main")
        #expect(try await without() == ["main", "release", "topic"])
        try await store.set(.broken, of: 3, base: "main", from: "main")
        #expect(try await without() == ["release"], "the other's was read there, too")
        try await store.set(.unmanaged, of: 3, base: "main", from: "main")
        #expect(try await without() == ["release"], "it is lost")
        try await store.set(.managed, of: 3, base: "release", from: "release")
        #expect(try await without() == [])
    }

    private var bypass: Bypass {
        Bypass(
            kind: .push, repository: .widget, number: nil, branch: "main", commit: head, by: nil, at: .start,
            gates: ["qa"], summary: "")
    }

    /// Whoever reads of it today looks for the repository under its present name.
    @Test func aBypassIsToldUnderThePresentName() async throws {
        try await store.discover(3, .widget, isPrivate: true, defaultBranch: "main", leftAlone: nil)
        #expect(try await store.remember(tip: head, of: "main", in: 3, bypass))
        let gadget = RepositoryName(owner: "acme", name: "gadget")
        try await store.discover(3, gadget, isPrivate: true, defaultBranch: "main", leftAlone: nil)
        #expect(try await store.bypasses().map(\.repository) == [gadget])
    }

    /// Where a bypass cannot be written nothing is: else it would be taken for known at the next look.
    @Test func aBypassIsRecordedWithWhatShowedIt() async throws {
        let repository = Repository(
            id: 3, name: .widget, owner: Account(id: 9, login: "acme"), ownerIsOrganization: .known(true),
            isPrivate: true, defaultBranch: "main")
        let pull = PullRequest(number: 1, title: "", author: nil, head: head, headBranch: "one", baseBranch: "main")
        let merge = MergeRecord(
            repository: .widget, number: 1, title: "", head: head, base: "main", commit: nil, by: nil, at: .start,
            decision: DecisionRecord(repository: repository, pullRequest: pull, result: .unmanaged))
        var (merged, pushed) = (bypass, bypass)
        (merged.number, pushed.branch) = (1, "main")
        try await store.write { try $0.execute(sql: "ALTER TABLE bypass RENAME TO elsewhere") }
        await #expect(throws: StoreError.self) {
            try await store.record(merge, of: 3, facts: nil, bypass: merged)
        }
        await #expect(throws: StoreError.self) {
            try await store.remember(tip: head, of: "main", in: 3, pushed)
        }
        #expect(try await store.merge(3, 1) == nil)
        #expect(try await store.tip(3, branch: "main") == nil)
        try await store.write { try $0.execute(sql: "ALTER TABLE elsewhere RENAME TO bypass") }
        for isNew in [true, false] {
            #expect(try await store.record(merge, of: 3, facts: nil, bypass: merged) == isNew)
            #expect(try await store.remember(tip: head, of: "main", in: 3, pushed) == isNew)
        }
        #expect(try await store.bypass(3, 1) == merged)
        #expect(try await store.bypasses(of: 3).count == 2)
        #expect(try await store.tip(3, branch: "main") == head)
    }
}
