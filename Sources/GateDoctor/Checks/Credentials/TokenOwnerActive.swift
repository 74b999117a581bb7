import GateForge
import GatePolicy

/// The accounts behind the tokens may sign in.
enum TokenOwnerActive: Check {
    static let id = "token.deactivated"
    static let area = Area.credentials
    static let promise = "the tokens' accounts are active"
    static let needs = Prerequisite.forge

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for evidence in examination.credentials where evidence.origin.isSet {
            let credential = evidence.credential
            guard case .deactivated(let error) = examination.obstacle(of: credential) else {
                // An account that may not sign in is told so before all else.
                if examination.isProvenKnown(credential) {
                    outcome.add(nil)
                } else {
                    outcome.skip(examination.unread(credential))
                }
                continue
            }
            let login = (try? evidence.identity?.get())?.login
            let person = login ?? (credential == .directory ? "OWNER" : "SERVICE")
            outcome.add(
                Finding(
                    .blocking, "\(credential)", asked: ["\(error.call)"], answer: error.reason,
                    meaning: "the token is right and its account (\(person)) is deactivated or prohibited: "
                        + "the forge does not say which one it is",
                    blocks: examination.gates(behind: credential),
                    cure: credential == .directory
                        ? anotherOwner(examination) : again(person, isKnown: login != nil, examination)))
        }
        return outcome
    }

    /// Whoever left the organisation is not let in again for the sake of a token.
    private static func anotherOwner(_ examination: Examination) -> Cure {
        Cure(
            [.tell("ask another owner, one whose account is active, for a token:")]
                + examination.newToken(.directory)
                + [.tell("or let a site administrator make the account active again, if it should be")])
    }

    /// Only the account that posts statuses is: a token of somebody else was taken by mistake.
    private static func again(_ person: String, isKnown: Bool, _ examination: Examination) -> Cure {
        let whose = "with the login of the account that posts the statuses, if the token is its own, in both places of"
        let body = #"{"active":true,"login_name":"\#(person)","prohibit_login":false,"source_id":0}"#
        return Cure(
            (isKnown ? [] : [.tell("\(whose) \(person):")])
                + [
                    .call(ForgeRequest("PATCH", "/admin/users/\(person)", body: body, by: .site)),
                    .tell("or, if it is somebody else's, put a token of the account that posts the statuses there:"),
                ] + examination.newToken(.service, of: .service(nil)) + [examination.refireAll])
    }
}
