import GateStore
import Testing

@testable import GateService

struct RepeatsTests {
    @Test func aProblemIsToldOnceAMinute() {
        let repeats = Repeats()
        let start = Moment(milliseconds: 1_000_000)
        #expect(repeats.isToTell("the disk is full", at: start))
        #expect(repeats.isToTell("the store is locked", at: start))
        #expect(!repeats.isToTell("the disk is full", at: start + .seconds(59)))
        #expect(repeats.isToTell("the disk is full", at: start + .seconds(60)))
        // A clock that was set back hides nothing.
        #expect(repeats.isToTell("the disk is full", at: start))
    }
}
