import GateForge
import GatePolicy

/// Both tokens have a text.
enum TokenPresent: Check {
    static let id = "token.empty"
    static let area = Area.credentials
    static let promise = "no token is empty"
    static let needs = Prerequisite.nothing

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for evidence in examination.credentials {
            let credential = evidence.credential
            switch examination.obstacle(of: credential) {
            case .empty(let variable):
                outcome.add(
                    Finding(
                        .blocking, "\(credential)", asked: ["the variable `\(variable)`"],
                        answer: "it is set and empty",
                        meaning:
                            "in CI: the secret behind it does not exist, has another name, or is not given to this "
                            + "repository or event; nothing else is used in its place",
                        blocks: examination.gates(behind: credential),
                        cure: Cure(examination.newToken(credential) + [examination.refireAll])))
            case .missing:
                outcome.add(
                    Finding(
                        .blocking, "\(credential)", asked: ["the settings"], answer: "it is not set",
                        meaning: "nothing can be read or posted", blocks: [Blocked(nil)],
                        cure: Cure(examination.newToken(credential) + [examination.refireAll])))
            default: outcome.add(nil)
            }
        }
        return outcome
    }
}
