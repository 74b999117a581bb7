import GateForge
import GatePolicy

/// Our clock and the forge's agree.
enum ClockInStep: Check {
    static let id = "reach.clock"
    static let area = Area.reach
    static let promise = "our clock and the forge's agree"
    static let needs = Prerequisite.forge

    /// Seconds that are told.
    static let noticed: Int64 = 30
    /// Seconds that spoil what is judged by time.
    static let tolerated: Int64 = 300

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        guard let greeting = outcome.greeting(of: examination) else { return outcome }
        guard let date = greeting.date else {
            outcome.skip("the forge's answer has no `Date`")
            return outcome
        }
        let difference = examination.now.seconds - date.seconds
        guard abs(difference) >= noticed else {
            outcome.add(nil)
            return outcome
        }
        let side = difference > 0 ? "ahead of" : "behind"
        let isBad = abs(difference) >= tolerated
        outcome.add(
            Finding(
                isBad ? .blocking : .warning, "this machine's clock", asked: ["GET /version"],
                answer: "our clock is \(abs(difference)) s \(side) the forge's",
                meaning: "whatever a policy judges by time is judged wrongly, and verdicts end at the wrong moment",
                blocks: isBad ? [Blocked(nil)] : [],
                cure: Cure(
                    [.tell("set this machine's clock: `timedatectl set-ntp true`")]
                        + (isBad ? [examination.refireAll] : []))))
        return outcome
    }
}
