import GateStore
import Testing

@testable import GateService

/// How often everything is looked at when the budget does not suffice.
struct PaceTests {
    private func pace(_ open: OpenCounts, lists: Int = 0, leftAlone: Int = 0, cost: Double = 1, perSecond: Double = 5)
        -> Pace
    {
        Pace(ReconcilePeriods(), open, lists: lists, leftAlone: leftAlone, lookCost: cost, perSecond: perSecond)
    }

    @Test func nothingIsStretchedWhileTheBudgetSuffices() {
        let found = pace(OpenCounts(green: 60, active: 300, others: 900), lists: 60)
        #expect(found.factor == 1 && found.periods == ReconcilePeriods(), "1 + 1 + 1 + 1 calls a second")
        #expect(pace(OpenCounts()).factor == 1)
    }

    /// 10,000 open pull requests, a tenth of them green, cost 33 looks a second; 5 are allowed.
    @Test func everythingIsStretchedByTheSameMeasure() {
        let found = pace(OpenCounts(green: 1_000, active: 1_000, others: 8_000), lists: 200)
        #expect(found.factor > 6 && found.factor < 8)
        let (wanted, kept) = (ReconcilePeriods(), found.periods)
        #expect(kept.green == wanted.green * found.factor && kept.all == wanted.all * found.factor)
        #expect(kept.active == wanted.active * found.factor && kept.list == wanted.list * found.factor)
        #expect(kept.discovery == wanted.discovery)
    }

    /// However many there are, they take a tenth of the calls.
    @Test func whatIsLeftAloneCosts() {
        let open = OpenCounts(green: 300)
        #expect(pace(open, leftAlone: 150).factor > pace(open).factor)
        #expect(pace(open, leftAlone: 100_000).factor == pace(open, leftAlone: 150).factor)
    }

    @Test func dearerLooksTakeLonger() {
        let open = OpenCounts(green: 1_000)
        #expect(pace(open, cost: 2).factor > pace(open, cost: 1).factor * 1.9)
        #expect(pace(open, cost: 2, perSecond: 50).factor == 1)
    }
}
