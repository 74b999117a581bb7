import GateForge
import GatePolicy

/// The forge accepts both tokens.
enum TokenAccepted: Check {
    static let id = "token.rejected"
    static let area = Area.credentials
    static let promise = "the forge accepts the tokens"
    static let needs = Prerequisite.forge

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for evidence in examination.credentials where evidence.origin.isSet {
            let credential = evidence.credential
            guard case .rejected(let error) = examination.obstacle(of: credential) else {
                guard examination.isProvenKnown(credential) else {
                    outcome.skip(examination.unread(credential))
                    continue
                }
                outcome.add(nil)
                switch evidence.identity {
                case .success(let account): outcome.told.append("`\(credential)` is a token of `\(account.login)`")
                case .failure(let error):
                    if case .missingScope = error.kind {
                        outcome.told.append("`\(credential)` does not say whose it is: that takes `read:user`")
                    } else {
                        outcome.told.append("`\(credential)` does not say whose it is: \(error.reason)")
                    }
                case nil: break
                }
                continue
            }
            outcome.add(
                Finding(
                    .blocking, "\(credential)", asked: ["\(error.call)"], answer: error.reason,
                    meaning: "the token was deleted, or its text is not whole",
                    blocks: examination.gates(behind: credential),
                    cure: Cure(examination.newToken(credential) + examination.refire(after: credential))))
        }
        return outcome
    }
}

extension Examination {
    /// Why nothing is known of a token that is set.
    func unread(_ credential: Credential) -> String {
        obstacle(of: credential).map { "`\(credential)` cannot be used: see `\($0.check)`" }
            ?? "no answer has shown that the forge knows `\(credential)`"
    }
}
