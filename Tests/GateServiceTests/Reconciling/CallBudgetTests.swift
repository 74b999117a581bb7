import GateStore
import Testing

@testable import GateService

struct CallBudgetTests {
    private let start = Moment(milliseconds: 1_780_000_000_000)

    @Test func callsAreSpreadOverTime() {
        let budget = CallBudget(perSecond: 5)
        #expect(budget.delay(start) == .zero)
        // A dear piece of work is paid afterwards: 10 are saved, 20 are to be waited for.
        budget.spend(30, start)
        let delay = budget.delay(start)
        #expect(delay > .seconds(4) && delay < .milliseconds(4500))
        #expect(budget.delay(start + .seconds(3)) > .zero)
        #expect(budget.delay(start + delay) == .zero)
    }

    /// So many pieces of the same price take the time they cost, whatever their order.
    @Test func theRateHolds() {
        let budget = CallBudget(perSecond: 5)
        var now = start
        for _ in 0..<100 {
            now = now + budget.delay(now)
            budget.spend(8, now)
        }
        let seconds = Double(now.since(start).wholeMilliseconds) / 1000
        #expect((150...165).contains(seconds), "\(seconds) s for 800 calls at 5 a second")
    }

    @Test func aClockThatJumpsGivesNothing() {
        let budget = CallBudget(perSecond: 5)
        budget.spend(1000, start)
        #expect(budget.delay(start - .seconds(86_400)) > .zero)
        #expect(budget.delay(start + .seconds(86_400)) > .zero, "one jump gives a minute's worth at most")
    }
}
