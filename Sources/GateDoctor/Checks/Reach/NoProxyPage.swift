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
        if case .failure(let error) = examination.greeting, !error.isForgeSpeaking,
            error.cause != .proxy || error.tellsNoForge
        {
            outcome.skip("the forge was not reached")
            return outcome
        }
        let refused = examination.errors.filter { $0.cause == .proxy }
        let pages = refused.filter { !$0.tellsLostToken }
        let lost = refused.filter(\.tellsLostToken)
        if refused.isEmpty { outcome.add(nil) }
        let place = "calls to `/api/v1` of \(examination.address) by `\(examination.userAgent)`"
        if !pages.isEmpty {
            outcome.add(
                finding(
                    pages, "this says nothing about tokens or rights: the forge itself was never asked",
                    "let the proxy in front of the forge pass \(place) unchanged", examination))
        }
        if !lost.isEmpty {
            outcome.add(
                finding(
                    lost, "this says nothing about the tokens: another one would not come through either",
                    "let the proxy in front of the forge pass the header `Authorization` of \(place)", examination))
        }
        return outcome
    }

    private static func finding(
        _ errors: [ForgeError], _ meaning: String, _ cure: String, _ examination: Examination
    ) -> Finding {
        // What only an administrator is shown decides no gate.
        let isOurs = !errors.allSatisfy { $0.call.credential == .administrator }
        return Finding(
            isOurs ? .blocking : .warning, examination.address, asked: Set(errors.map { "\($0.call)" }).sorted(),
            answer: errors[0].reason, meaning: meaning,
            blocks: !isOurs ? [] : examination.repositories.isEmpty ? [Blocked(nil)] : examination.gatesWithTeams,
            cure: Cure([.tell(cure)] + (isOurs ? [examination.refireAll] : [])))
    }
}

extension Examination {
    /// What a proxy must let pass.
    fileprivate var userAgent: String { "countersign" }
}
