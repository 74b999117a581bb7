import GateForge
import GatePolicy

/// The forge answers at all.
enum Reachable: Check {
    static let id = "reach.unreachable"
    static let area = Area.reach
    static let promise = "the forge answers at its address"
    static let needs = Prerequisite.nothing

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        guard case .failure(let error) = examination.greeting, !error.isForgeSpeaking,
            error.cause != .proxy || error.tellsNoForge
        else {
            if case .failure(let error) = examination.greeting, error.cause == .proxy {
                outcome.skip("something in front of the forge answers")
            } else {
                outcome.add(nil)
            }
            return outcome
        }
        outcome.add(
            Finding(
                .blocking, examination.address, asked: ["\(error.call)"],
                answer: error.tellsNoForge ? ForgeError.noForge.reason : error.reason,
                meaning: "nothing can be read or posted", blocks: [Blocked(nil)],
                cure: Cure(
                    .tell(error.tellsNoForge ? ForgeError.noForge.cure : error.cure), examination.refireAll)))
        return outcome
    }
}
