import GateForge
import GatePolicy

/// No token is the CI's own, taken in the place of one that was not there.
enum TokenIsNoFallback: Check {
    static let id = "token.fallback"
    static let area = Area.credentials
    static let promise = "no token is the CI's own"
    static let needs = Prerequisite.nothing

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for evidence in examination.credentials {
            let credential = evidence.credential
            guard case .fallback(let source) = examination.obstacle(of: credential) else {
                if case .set = evidence.origin, !examination.isProvenKnown(credential) {
                    outcome.skip("nobody knows whose `\(credential)` is")
                } else {
                    outcome.add(nil)
                }
                continue
            }
            outcome.add(
                Finding(
                    .blocking, "\(credential)", asked: ["the variables", "`GET /user` with `\(credential)`"],
                    answer: "it is the token of \(source.hasPrefix("the ") ? source : "`\(source)`")",
                    meaning:
                        "a workflow writes `secrets.X || secrets.GITHUB_TOKEN`: the secret may exist and not be the "
                        + "one that is used; CI's own token sees no team",
                    blocks: examination.gates(behind: credential),
                    cure: Cure(
                        examination.newToken(credential)
                            + [.tell("take `|| secrets.…` out of the workflow, so that an empty secret is seen")]
                            + examination.refire(after: credential))))
        }
        return outcome
    }
}
