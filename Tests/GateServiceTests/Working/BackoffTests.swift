import Testing

@testable import GateService

struct BackoffTests {
    @Test(arguments: [(1, 2), (2, 4), (3, 8), (9, 512), (10, 900), (1000, 900)])
    func doublesUntilTheLongest(_ failures: Int, _ seconds: Int) {
        #expect(Backoff().delay(after: failures, random: 1) == .seconds(seconds))
        #expect(Backoff().delay(after: failures, random: 0) == .seconds(seconds) / 2)
    }

    @Test func chanceOutsideItsBoundsDoesNoHarm() {
        #expect(Backoff().delay(after: 1, random: 7) == .seconds(2))
        #expect(Backoff().delay(after: 0, random: -7) == .seconds(1))
    }
}
