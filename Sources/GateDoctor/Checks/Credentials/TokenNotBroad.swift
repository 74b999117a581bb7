import GateForge
import GatePolicy

/// No token may do more than it is for.
enum TokenNotBroad: Check {
    static let id = "token.broad"
    static let area = Area.credentials
    static let promise = "no token may do more than it needs"
    static let needs = Prerequisite.service

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for evidence in examination.credentials {
            guard case .set = evidence.origin, examination.obstacle(of: evidence.credential) == nil,
                !evidence.excess.isEmpty
            else { continue }
            for refused in evidence.excess {
                if case .refused(let error) = refused.probe { outcome.skip("\(refused.call): \(error.reason)") }
            }
            outcome.told.append("`\(evidence.credential)`: not tried: \(untried(evidence))")
            let granted = evidence.excess.filter { $0.probe == .granted }
            let wanted = CredentialEvidence.scopes(evidence.credential).map { "`\($0)`" }.joined(separator: ", ")
            let named = ForgeRequest.Person.named
            let person = (try? evidence.identity?.get()).map { named($0.login) }
            outcome.add(
                granted.isEmpty
                    ? nil
                    : Finding(
                        .warning, "\(evidence.credential)",
                        asked: granted.map { "`\($0.call)` with `\(evidence.credential)`" },
                        answer: "the forge does not refuse for want of "
                            + granted.map { "`\($0.scope)`" }.joined(separator: ", "),
                        meaning: "whoever gets hold of it may do that too; it needs only \(wanted)",
                        cure: Cure(examination.newToken(evidence.credential, of: person))))
        }
        return outcome
    }

    private static let areas = [
        "activitypub", "admin", "issue", "misc", "notification", "organization", "package", "repository", "user",
    ]

    /// The scopes that it is not for, and of which no call said whether it has them.
    private static func untried(_ evidence: CredentialEvidence) -> String {
        let judged = CredentialEvidence.scopes(evidence.credential) + evidence.excess.map(\.scope)
        return areas.flatMap { area -> [String] in
            let (read, write) = ("read:\(area)", "write:\(area)")
            let isForWriting = CredentialEvidence.scopes(evidence.credential).contains(write)
            // Whoever may write may read, and whoever may not read may not write.
            return (isForWriting || judged.contains(read) ? [] : [read])
                + (judged.contains(write) || evidence.excess.contains { $0.scope == read } ? [] : [write])
        }.map { "`\($0)`" }.joined(separator: ", ")
    }
}
