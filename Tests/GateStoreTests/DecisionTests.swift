import GRDB
import GatePolicy
import Testing

@testable import GateStore

/// What was decided, seen and posted.
struct DecisionTests {
    private let store: Store
    private let head: CommitID
    private let other: CommitID

    init() throws {
        store = try Store.inMemory()
        head = try #require(CommitID(String(repeating: "a", count: 40)))
        other = try #require(CommitID(String(repeating: "b", count: 40)))
    }

    private var repository: Repository {
        Repository(
            id: 3, name: .widget, owner: Account(id: 9, login: "acme"), ownerIsOrganization: .known(true),
            isPrivate: true, defaultBranch: "main")
    }

    private func pull(_ number: Int64 = 1, _ head: CommitID? = nil, base: String = "main", open: Bool = true)
        -> PullRequest
    {
        PullRequest(
            number: number, title: "One", body: "long", author: Account(id: 7, login: "alice"), head: head ?? self.head,
            headBranch: "feature", baseBranch: base, isOpen: open)
    }

    private func see(_ pull: PullRequest, merged: Bool = false, stamp: String = "") async throws -> SeenBefore? {
        try await store.see(
            SeenPull(repository: repository, pullRequest: pull, isMerged: merged, stamp: stamp), at: .start)
    }

    private func undecided(_ reason: String) -> DecisionRecord {
        let unknown = Unknown(cause: .timeout, subject: "x", reason: reason, cure: "wait")
        return DecisionRecord(repository: repository, pullRequest: pull(), result: .undecided([unknown]))
    }

    @Test func historyGrowsOnlyWhenSomethingChanged() async throws {
        _ = try await see(pull())
        #expect(try await store.record(undecided("one"), cause: "test", at: .start))
        #expect(try await !store.record(undecided("one"), cause: "test", at: .start + .seconds(5)))
        #expect(try await store.record(undecided("two"), cause: "test", at: .start + .seconds(9)))
        #expect(try await store.history(3, 1).map(\.summary) == ["cannot be decided: two", "cannot be decided: one"])
        let record = try #require(try await store.pull(3, 1))
        #expect(record.decidedAt == .start + .seconds(9))
        #expect(record.checkedAt == .start + .seconds(9))
        #expect(record.decision?.pullRequest.body == "", "other people's long texts are not kept")
    }

    /// What went wrong with the list is over with the next one; a post that fails is not.
    @Test func aListSaysNothingOfPosts() async throws {
        _ = try await see(pull())
        try await store.set(problem: "403", of: 3)
        try await store.set(listProblem: "502", of: 3)
        #expect(try await store.repository(3)?.problem == "502")
        _ = try await store.listed(3, open: [1], at: .start)
        #expect(try await store.repository(3)?.problem == "403")
    }

    /// The forge is there again: nobody waits for what was put off meanwhile, and what may fail for itself is put off.
    @Test func aListThatIsThereAgainHurriesWhatFailed() async throws {
        for number in [Int64(1), 2] { _ = try await see(pull(number)) }
        try await store.write { try $0.execute(sql: "UPDATE pull SET outcome = 'approved' WHERE number = 2") }
        let later = Moment.start + .seconds(900)
        func fail() async throws {
            try await store.mark(
                [1, 2].map { Mark(.widget, .pull($0), urgency: .background, cause: "test") }, at: .start)
            while let claim = try await store.claimNext(.start) {
                try await store.settle(claim, .failed(retryAt: later, problem: "502"))
            }
        }
        try await fail()
        _ = try await store.listed(3, open: [1, 2], at: .start)
        #expect(try await store.claimNext(.start) == nil, "the list did not fail")
        try await store.set(listProblem: "502", of: 3)
        _ = try await store.listed(3, open: [1, 2], at: .start)
        #expect(try await store.claimNext(.start)?.target == .pull(2), "what is green comes first")
        #expect(try await store.claimNext(.start)?.target == .pull(1))
    }

    /// Also where there is none, or one that cannot be used: else all its pull requests look outdated for ever.
    @Test(arguments: ["absent", "broken: one", "0123abcd"]) func itIsRememberedWhichPolicyApplied(_ mark: String)
        async throws
    {
        _ = try await see(pull())
        #expect(try await store.appliedLaws(3) == [1: AppliedLaw()])
        let law = AppliedLaw(policyMark: mark, branch: "main", filesMark: "templates:1")
        try await store.record(undecided("one"), cause: "test", by: law, at: .start)
        #expect(try await store.appliedLaws(3) == [1: law])
        #expect(try await store.repositoriesShownToPass().isEmpty)
    }

    @Test func aHeadIsNewUntilItWasDecided() async throws {
        #expect(try await see(pull()) == nil)
        #expect(try await see(pull())?.decidedHead == nil)
        try await store.record(undecided("one"), cause: "test", at: .start)
        #expect(try await see(pull())?.decidedHead == head)
        #expect(try await see(pull(open: false))?.decidedHead == head)
        #expect(try await see(pull())?.decidedHead == nil, "closed and opened again")
    }

    @Test func greensOfOldHeadsAndBasesAreFound() async throws {
        func green(_ head: CommitID, _ base: String) -> Publication {
            Publication(
                head: head, context: "countersign: \(base)", number: 1, base: base, state: .success, description: "",
                row: 1)
        }
        _ = try await see(pull())
        try await store.publish([green(head, "main")], of: 3, at: .start)
        #expect(try await store.staleGreens(3).isEmpty)
        _ = try await see(pull(base: "next"))
        #expect(try await store.staleGreens(3).map(\.publication.base) == ["main"])
        _ = try await see(pull(1, other))
        #expect(try await store.staleGreens(3).map(\.publication.head) == [head])
        _ = try await see(pull(2, head))
        #expect(try await store.staleGreens(3).isEmpty, "another pull request has that head")
        _ = try await see(pull(2, head, open: false))
        #expect(try await store.staleGreens(3).count == 1)
        _ = try await see(pull(2, head, open: false), merged: true)
        #expect(try await store.staleGreens(3).map(\.mergedAs) == [2])
        try await store.forgetPublications(3, head: head)
        #expect(try await store.staleGreens(3).isEmpty)
    }

    /// What is shown green on open heads, where the repository is looked after.
    @Test func greensOfOpenHeads() async throws {
        _ = try await see(pull())
        for (context, state) in [
            ("countersign/a: main", StatusState.success), ("countersign: main", .success),
            ("countersign/b: main", .failure),
        ] {
            let publication = Publication(
                head: head, context: context, number: 1, base: "main", state: state, description: "", row: 1)
            try await store.publish([publication], of: 3, at: .start)
        }
        let greens = try await store.openGreens()
        #expect(greens.map(\.publication.context) == ["countersign: main", "countersign/a: main"])
        #expect(greens.map(\.repository.id) == [3, 3])
        try await store.set(leftAlone: .archived, 3)
        #expect(try await store.openGreens().isEmpty)
        try await store.set(leftAlone: nil, 3)
        _ = try await see(pull(open: false))
        #expect(try await store.openGreens().isEmpty)
    }

    @Test func aForeignRowIsCountedOnce() async throws {
        let row = ForeignStatus(
            row: 5, number: 1, head: head, context: "countersign: main", state: .success, description: "",
            creator: Account(id: 8, login: "dave"), isFavourable: true, at: .start)
        #expect(try await store.record([row], of: 3).count == 1)
        #expect(try await store.record([row], of: 3).isEmpty)
        #expect(try await store.foreignStatuses(3, head: head).first?.creator?.login == "dave")
    }

    /// What was as good as ours when it was found may be better than ours now, and stays known as that.
    @Test func aForeignRowThatBecameBetterThanOurs() async throws {
        var row = ForeignStatus(
            row: 5, number: 1, head: head, context: "countersign: main", state: .success, description: "",
            creator: Account(id: 8, login: "dave"), isFavourable: false, at: .start)
        for isFavourable in [false, true, false] {
            row.isFavourable = isFavourable
            _ = try await store.record([row], of: 3)
        }
        #expect(try await store.foreignStatuses(3, head: head).map(\.isFavourable) == [true])
    }

    @Test func whatWasSeenIsNeverTakenBack() async throws {
        let push = TimelineEntry(
            id: 4, actor: Account(id: 8, login: "dave"), at: Timestamp(seconds: 1),
            event: .push(commits: [head], forced: false))
        let revoke = Withdrawal(
            author: Account(id: 7, login: "alice"), target: .gate("qa"), comment: 11, place: 0)
        let memory = Remembered(
            pushes: [push], withdrawals: [revoke], sightings: [.init(comment: 11, head: head)],
            lastLook: .init(head: head, comment: 11))
        try await store.remember(memory, before: Remembered(), of: 3, 1, at: .start)
        #expect(try await store.remembered(3, 1) == memory)
        try await store.remember(
            Remembered(lastLook: .init(head: other, comment: 12)), before: memory, of: 3, 1, at: .start)
        let now = try await store.remembered(3, 1)
        #expect(now.withdrawals == [revoke] && now.pushes == [push] && now.heads == [11: head])
        #expect(now.lastLook?.head == other)
    }

    /// How many revokes somebody writes is his to choose: of each author and target few are kept.
    @Test func aRevokeThatReachesLessIsNotKept() async throws {
        var seen = Remembered()
        for comment in 1...Int64(20) {
            let before = seen
            let author = Account(id: 7, login: "alice")
            let revoke = Withdrawal(author: author, target: .gate("qa"), comment: comment, place: 0)
            seen = seen.looking(at: nil, timeline: nil, head: head, withdrawals: [revoke])
            try await store.remember(seen, before: before, of: 3, 1, at: .start)
        }
        #expect(try await store.remembered(3, 1).withdrawals.map(\.comment) == [20])
    }

    /// How often somebody edits a comment is his to choose: of each it is kept as it objected last.
    @Test func anObjectionIsKeptAsItWasSaidLast() async throws {
        var seen = Remembered()
        for second in 1...Int64(20) {
            let before = seen
            let objection = Objection(
                comment: 11, author: Account(id: 7, login: "alice"), givenAt: Timestamp(seconds: second),
                isEdited: second > 1 ? true : nil, patterns: ["no"])
            seen = seen.looking(at: nil, timeline: nil, head: head, objections: [objection])
            try await store.remember(seen, before: before, of: 3, 1, at: .start)
        }
        #expect(try await store.remembered(3, 1).objections == seen.objections)
        #expect(seen.objections.map(\.givenAt.seconds) == [20])
    }

    @Test func theIdBehindANameStaysAsLongAsThePolicyIsTheSame() async throws {
        try await store.remember(identities: ["@alice": 7], of: 3, policyMark: "one", at: .start)
        try await store.remember(identities: ["@alice": 70], of: 3, policyMark: "one", at: .start)
        #expect(try await store.identities(3, policyMark: "one") == ["@alice": 7])
        #expect(try await store.identities(3, policyMark: "two").isEmpty)
        try await store.remember(identities: ["@alice": 70], of: 3, policyMark: "two", at: .start)
        #expect(try await store.identities(3, policyMark: "two") == ["@alice": 70])
        #expect(try await store.identities(3, policyMark: "one") == ["@alice": 7], "of another branch, perhaps")
        #expect(try await store.confirm(name: "@Alice", of: 3))
        #expect(try await store.identities(3, policyMark: "one").isEmpty)
        #expect(try await !store.confirm(name: "@alice", of: 3), "nothing is remembered any more")
    }

    @Test func theFirstAnswerOfAnAcknowledgementStays() async throws {
        func answer(_ item: String, _ digest: String) -> AnswerSighting {
            AnswerSighting(comment: 11, item: item, digest: digest)
        }
        try await store.remember(answers: [answer("tests", "one")], before: [], of: 3, 1, at: .start)
        try await store.remember(
            answers: [answer("tests", "two"), answer("docs", "")], before: [], of: 3, 1, at: .start)
        #expect(try await store.answers(3, 1) == [answer("docs", ""), answer("tests", "one")])
        #expect(try await store.answers(3, 2).isEmpty)
    }

    @Test func onlyOldAndClosedThingsExpire() async throws {
        _ = try await see(pull(1))
        _ = try await see(pull(2, other, open: false))
        try await store.record(undecided("one"), cause: "test", at: .start)
        let later = Moment.start + .seconds(91 * 86_400)
        #expect(try await store.expire(Retention(), at: later) == 1)
        #expect(try await store.pull(3, 1) != nil)
        #expect(try await store.history(3, 1).count == 1)
        #expect(try await store.pull(3, 2) == nil)
    }

    /// One that cannot be withdrawn does not keep all others waiting behind it.
    @Test func whatCannotBeWithdrawnIsLast() async throws {
        for (index, context) in ["a", "b", "c"].enumerated() {
            let green = Publication(
                head: head, context: context, number: 1, base: "main", state: .success, description: "", row: 1)
            try await store.publish([green], of: 3, at: .start + .seconds(index))
        }
        let newest = try #require(try await store.staleGreens(3, limit: 1).first)
        #expect(newest.publication.context == "c")
        try await store.putLast(newest, of: 3)
        #expect(try await store.staleGreens(3).map(\.publication.context) == ["b", "a", "c"])
        #expect(try await store.staleGreens(3, head: other).isEmpty)
    }

    /// What protection requires goes before what it may not even name.
    @Test func summariesAreWithdrawnFirst() async throws {
        for (index, context) in ["countersign: main", "countersign/qa: main", "countersign: dev"].enumerated() {
            let green = Publication(
                head: head, context: context, number: 1, base: "main", state: .success, description: "", row: 1)
            try await store.publish([green], of: 3, at: .start + .seconds(index))
        }
        #expect(try await store.staleGreens(3, limit: 1).map(\.publication.context) == ["countersign: main"])
    }

    /// The verdict of a merge is kept for two years, what it was judged by as long as closed pull requests.
    @Test func theFactsOfAMergeExpireBeforeIt() async throws {
        let decision = undecided("one")
        let merge = MergeRecord(
            repository: RepositoryName(owner: "acme", name: "widget"), number: 1, title: "One",
            head: decision.pullRequest.head,
            base: "main", commit: nil, by: nil, at: .start, decision: decision)
        let facts = Facts(
            now: Moment.start.timestamp, repository: decision.repository, pullRequest: decision.pullRequest)
        #expect(try await store.record(merge, of: 3, facts: facts))
        #expect(try await !store.record(merge, of: 3, facts: nil), "once")
        #expect(try await store.facts(ofMerge: 3, 1)?.pullRequest == decision.pullRequest)
        try await store.expire(Retention(), at: .start + .seconds(91 * 86_400))
        #expect(try await store.facts(ofMerge: 3, 1) == nil)
        #expect(try await store.merge(3, 1) == merge)
        try await store.expire(Retention(), at: .start + .seconds(731 * 86_400))
        #expect(try await store.merge(3, 1) == nil)
    }

    @Test func whatIsDueToBeLookedAtAgain() async throws {
        _ = try await see(pull())
        func due(_ seconds: Int64) async throws -> Int {
            try await store.dueForLook(
                .start + .seconds(seconds), green: .seconds(60), active: .seconds(300), all: .seconds(900)
            ).count
        }
        #expect(try await due(0) == 1, "never looked at")
        try await store.record(undecided("one"), cause: "test", at: .start)
        #expect(try await due(299) == 0)
        #expect(try await due(300) == 1, "active")
        #expect(try await due(-10) == 1, "a clock that jumped back")
    }
}
