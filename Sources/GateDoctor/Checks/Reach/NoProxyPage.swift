import GateForge
import GatePolicy

/// Every answer is the forge's own: a proxy's refusal is no question of rights.
enum NoProxyPage: Check {
    static let id = "reach.proxy"
    static let area = Area.reach
    static let promise = "nothing in front of the forge answers in its place"
    static let needs = Prerequisite.nothing

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        let pages = examination.errors.filter { $0.cause == .proxy }
        guard let error = pages.first else {
            outcome.add(nil)
            return outcome
        }
        let calls = Set(pages.map { "\($0.call)" }).sorted()
        let isAll = examination.repositories.isEmpty
        outcome.add(
            Finding(
                .blocking, examination.address, asked: calls, answer: error.reason,
                meaning: "this says nothing about tokens or rights: the forge itself was never asked",
                blocks: isAll ? [Blocked(nil)] : examination.gatesWithTeams,
                cure: Cure(
                    .tell(
                        "let the proxy in front of the forge pass calls to `/api/v1` of \(examination.address) "
                            + "by `\(examination.userAgent)` unchanged"))))
        return outcome
    }
}

extension Examination {
    /// What a proxy must let pass.
    fileprivate var userAgent: String { "countersign" }
}
