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
            case .without(let setting, let path, let fault):
                var elsewhere: [Cure.Step] = []
                if fault == .missing {
                    elsewhere = [
                        .tell("if it is in another file, let `\(setting)` name that one; else make a new one:")
                    ]
                }
                outcome.add(
                    Finding(
                        .blocking, "\(credential)", asked: ["the file `\(path)`, by `\(setting)`"],
                        answer: answer(fault),
                        meaning:
                            "with these settings every other command is refused, and a service does not start or reload; "
                            + "nothing else is used in its place",
                        blocks: examination.gates(behind: credential),
                        cure: Cure(elsewhere + examination.newToken(credential) + [examination.refireAll])))
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

    private static func answer(_ fault: CredentialEvidence.FileFault) -> String {
        switch fault {
        case .missing: "it does not exist"
        case .empty: "it is empty"
        case .noToken(let problem): problem
        }
    }
}
