import GRDB
import GatePolicy
import Testing

@testable import GateStore

/// The dirty set: marks collapse, claims are exclusive, nobody starves.
struct DirtyTests {
    private let store: Store

    init() throws { store = try Store.inMemory() }

    private func pull(_ number: Int64, of name: String = "widget", _ urgency: Mark.Urgency = .event) -> Mark {
        Mark(RepositoryName(owner: "acme", name: name), .pull(number), urgency: urgency, cause: "test")
    }

    private func claim(_ now: Moment = .start) async throws -> Claim { try #require(await store.claimNext(now)) }

    @Test func anyNumberOfMarksIsOneClaim() async throws {
        for _ in 0..<100 { try await store.mark([pull(1)], at: .start) }
        try await store.settle(claim(), .done(again: nil))
        #expect(try await store.claimNext(.start) == nil)
        #expect(try await store.backlog(.start) == Backlog())
    }

    @Test func namesCollapseWhateverTheirCase() async throws {
        try await store.mark([pull(1), pull(1, of: "Widget")], at: .start)
        #expect(try await store.backlog(.start).events == 1)
        #expect(try await claim().repository.name == "Widget")
    }

    @Test func marksDuringAClaimAreExactlyOneMore() async throws {
        try await store.mark([pull(1)], at: .start)
        let first = try await claim()
        for _ in 0..<10 { try await store.mark([pull(1)], at: .start + .seconds(1)) }
        #expect(try await store.claimNext(.start + .seconds(2)) == nil, "never two at once")
        try await store.settle(first, .done(again: nil))
        let second = try await claim(.start + .seconds(2))
        #expect(second.markedAt == .start + .seconds(1))
        try await store.settle(second, .done(again: nil))
        #expect(try await store.claimNext(.start + .seconds(2)) == nil)
    }

    /// The clock was a day ahead when it failed: nobody waits a day for the next try.
    @Test(arguments: [Mark.Urgency.event, .background])
    func aClockThatWasAheadPutsNothingOff(_ urgency: Mark.Urgency) async throws {
        let ahead = Moment.start + .seconds(86_400)
        try await store.mark([pull(1, of: "widget", urgency)], at: ahead)
        try await store.settle(claim(ahead), .failed(retryAt: ahead + .seconds(4), problem: "no answer"))
        #expect(try await claim().attempts == 1)
    }

    @Test func theLongestWaitIsKept() async throws {
        try await store.mark([pull(1)], at: .start)
        try await store.settle(
            claim(), .failed(retryAt: .start + FailingSubject.longestWait, problem: "no answer"))
        #expect(try await store.claimNext(.start) == nil)
    }

    /// What was done cannot be written down: it is done again, by one, and not only after the next start.
    @Test func aClaimWhoseEndCannotBeWritten() async throws {
        try await store.mark([pull(1), pull(2)], at: .start)
        let (first, second) = (try await claim(), try await claim())
        try await store.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = ON") }
        await #expect(throws: StoreError.self) { try await store.settle(first, .done(again: nil)) }
        await #expect(throws: StoreError.self) { try await store.claimNext(.start) }
        try await store.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = OFF") }
        #expect(try await claim().target == first.target)
        #expect(try await store.claimNext(.start) == nil, "the second is still being worked on")
        try await store.settle(second, .done(again: nil))
        #expect(try await store.claimNext(.start) == nil, "never two at once")
    }

    /// A gate enforces from a day on: that is an event, also for what only the schedule had asked for.
    ///
    /// Until then nobody waits for it.
    @Test func whatTimeChangesIsAnEvent() async throws {
        let month = Moment.start + .seconds(30 * 86_400)
        try await store.mark([pull(1, .background)], at: .start)
        try await store.settle(claim(), .done(again: month))
        #expect(try await store.waitedFor([(pull(1).repository, 1)]).first.flatMap { $0 } == nil)
        #expect(try await store.backlog(.start).oldestEvent == nil)
        #expect(try await store.claimNext(month - .seconds(1), only: .event) == nil)
        let due = try #require(try await store.claimNext(month, only: .event))
        #expect(due.cause == "time")
        try await store.settle(due, .done(again: month + .seconds(60)))
        // The schedule's look before that day is nobody's event.
        try await store.mark([pull(1, .background)], at: month + .seconds(1))
        #expect(try await store.claimNext(month + .seconds(1), only: .event) == nil)
        #expect(try await store.claimNext(month + .seconds(1), only: .background) != nil)
    }

    /// What waits for a day to come is looked at before it all the same; what failed keeps its time.
    @Test func theScheduleWakesWhatWaits() async throws {
        let month = Moment.start + .seconds(30 * 86_400)
        try await store.mark([pull(1), pull(2)], at: .start)
        try await store.settle(claim(), .done(again: month))
        try await store.settle(claim(), .failed(retryAt: .start + FailingSubject.longestWait, problem: "it says no"))
        try await store.mark([pull(1, .background), pull(2, .background)], at: .start + .seconds(1))
        let woken = try await claim(.start + .seconds(1))
        #expect(woken.target == .pull(1) && woken.urgency == .background)
        #expect(try await store.claimNext(.start + .seconds(1)) == nil)
        try await store.settle(woken, .done(again: month))
        #expect(try await store.claimNext(month, only: .event)?.target == .pull(2))
        #expect(try await store.claimNext(month, only: .event)?.target == .pull(1))
    }

    @Test func causesAddUpUntilTheyAreWorkedOn() async throws {
        func mark(_ cause: String) async throws {
            try await store.mark(
                [Mark(RepositoryName(owner: "acme", name: "widget"), .pull(1), cause: cause)], at: .start)
        }
        for cause in ["status", "issue_comment", "status"] { try await mark(cause) }
        let first = try await claim()
        #expect(first.cause == "status issue_comment")
        try await mark("pull_request_review")
        try await mark("status")
        try await store.settle(first, .done(again: nil))
        #expect(try await claim().cause == "pull_request_review status")
    }

    @Test func repositoriesTakeTurns() async throws {
        try await store.mark((1...50).map { pull($0, of: "a") }, at: .start)
        try await store.mark([pull(1, of: "b"), pull(1, of: "c")], at: .start)
        var turns: [String] = []
        for _ in 0..<4 { turns.append(try await claim().repository.name) }
        #expect(turns == ["a", "b", "c", "a"])
    }

    /// What waits for another hint is not taken before; a hint that does not wait takes it along.
    @Test func whatIsToBeLookedAtLater() async throws {
        let due = Moment.start + .seconds(1)
        try await store.mark([pull(1), pull(2)], at: .start, due: due)
        #expect(try await store.claimNext(due - .milliseconds(1)) == nil)
        try await store.mark([pull(2)], at: .start)
        #expect(try await claim().target == .pull(2))
        #expect(try await store.claimNext(.start) == nil)
        let late = try await claim(due)
        #expect(late.target == .pull(1) && late.markedAt == .start)
        // So it is during a look.
        try await store.mark([pull(1)], at: due, due: due + .seconds(1))
        try await store.settle(late, .done(again: nil))
        #expect(try await store.claimNext(due) == nil)
        #expect(try await claim(due + .seconds(1)).target == .pull(1))
    }

    @Test func eventsComeBeforeTheSchedule() async throws {
        try await store.mark((1...5).map { pull($0, .background) }, at: .start)
        try await store.mark([pull(9)], at: .start)
        #expect(try await claim().target == .pull(9))
        #expect(try await store.claimNext(.start, only: .event) == nil)
    }

    @Test func anEventMakesTheScheduledUrgent() async throws {
        try await store.mark([pull(1, .background)], at: .start)
        try await store.mark([pull(1)], at: .start + .seconds(1))
        #expect(try await claim(.start + .seconds(1)).urgency == .event)
    }

    @Test func theScheduleAddsNothingToWhatIsDirty() async throws {
        try await store.mark([pull(1)], at: .start)
        let first = try await claim()
        try await store.mark([pull(1, .background)], at: .start)
        try await store.settle(first, .done(again: nil))
        #expect(try await store.claimNext(.start) == nil)
    }

    @Test func whatFailsIsLeftAloneUntilItsTimeOrAnEvent() async throws {
        try await store.mark([pull(1)], at: .start)
        let later = Moment.start + .seconds(60)
        try await store.settle(claim(), .failed(retryAt: later, problem: "no answer"))
        #expect(try await store.claimNext(.start + .seconds(59)) == nil)
        #expect(try await store.nextDue() == later)
        try await store.mark([pull(1, .background)], at: .start + .seconds(30))
        #expect(try await store.claimNext(.start + .seconds(59)) == nil, "the schedule does not wake it")
        let failing = try await store.failing()
        #expect(failing.map(\.problem) == ["no answer"])
        try await store.mark([pull(1)], at: .start + .seconds(31))
        let second = try await claim(.start + .seconds(31))
        #expect(second.attempts == 1)
        #expect(second.markedAt == .start + .seconds(31), "people wait since the event, not since the failure")
        try await store.settle(second, .done(again: nil))
        #expect(try await store.failing().isEmpty)
    }

    @Test func whatFailsAgainAndAgainIsPoisoned() async throws {
        try await store.mark([pull(1)], at: .start)
        for _ in 0..<FailingSubject.poisonedAttempts {
            try await store.settle(claim(), .failed(retryAt: .start, problem: "no"))
        }
        #expect(try await store.backlog(.start).poisoned == 1)
        #expect(try await store.backlog(.start).failing == 1)
        #expect(try await store.failing().first?.isPoisoned == true)
    }

    @Test func whatTimeCanChangeIsDueThen() async throws {
        try await store.mark([pull(1)], at: .start)
        let again = Moment.start + .seconds(3600)
        try await store.settle(claim(), .done(again: again))
        #expect(try await store.claimNext(again - .seconds(1)) == nil)
        let next = try await claim(again)
        #expect(next.urgency == .event)
        #expect(next.cause == "time")
    }

    /// Callers side by side share commits, and each finds its own marks in the file when it is answered.
    @Test func manyCallersAtOnce() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...200 {
                group.addTask { [store] in
                    try await store.mark([Mark(.widget, .pull(Int64(number)), cause: "test")], at: .start)
                    let row = try await store.read { database in
                        try Int.fetchOne(
                            database, sql: "SELECT 1 FROM dirty WHERE target = ?", arguments: ["\(number)"])
                    }
                    #expect(row == 1)
                }
            }
            try await group.waitForAll()
        }
        #expect(try await store.backlog(.start).events == 200)
    }

    @Test func aNameThatNoRepositoryCanHaveIsPassedOver() async throws {
        try await store.mark(
            [Mark(RepositoryName(owner: "a b", name: "<script>"), .repository, cause: "x")], at: .start)
        #expect(try await store.backlog(.start) == Backlog())
    }
}
