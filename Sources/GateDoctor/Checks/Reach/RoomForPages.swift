import GateForge
import GatePolicy

/// Lists come in pages of a useful size, and calls are not limited.
enum RoomForPages: Check {
    static let id = "reach.limits"
    static let area = Area.reach
    static let promise = "the forge gives useful pages and does not limit our calls"
    static let needs = Prerequisite.forge

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        let limited = examination.errors.filter { if case .rateLimited = $0.kind { true } else { false } }
        if let error = limited.first {
            outcome.add(
                Finding(
                    .blocking, examination.address, asked: Set(limited.map { "\($0.call)" }).sorted(),
                    answer: error.reason, meaning: "facts come late or not at all", blocks: [Blocked(nil)],
                    cure: Cure(
                        .tell("exempt the accounts of the two tokens from the limit of calls"), examination.refireAll)))
        } else {
            outcome.add(nil)
        }
        guard case .success(let rows) = examination.rowsPerPage else {
            outcome.skip("the forge does not tell how long its pages are")
            return outcome
        }
        outcome.add(
            rows >= 20
                ? nil
                : Finding(
                    .warning, examination.address, asked: ["GET /settings/api"], answer: "\(rows) rows a page",
                    meaning: "every list takes many calls",
                    cure: Cure(.tell("set `[api] MAX_RESPONSE_ITEMS = 50` in the forge's settings"))))
        return outcome
    }
}
