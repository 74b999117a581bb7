import GateForge
import GatePolicy

/// The account that is asked about teams is in the organisation.
enum OrganizationVisible: Check {
    static let id = "proof.organization"
    static let area = Area.proof
    static let promise = "the token that reads teams is of somebody in the organisation"
    static let needs = Prerequisite.directory

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        let reader = examination.directoryReader
        var outside: [(organization: OrganizationEvidence, error: ForgeError)] = []
        for organization in examination.organizations
        where !organization.mentioned.isEmpty || examination.showsNothing(of: organization) {
            guard case .failure(let error) = organization.teams[reader] else {
                if organization.teams[reader] != nil || !organization.mentioned.isEmpty { outcome.add(nil) }
                continue
            }
            guard error.tellsOutsider else {
                if error.namesNoOrganization {
                    if !organization.mentioned.isEmpty { outcome.add(nil) }
                } else {
                    outcome.skip("\(organization.name): \(error.reason)")
                }
                continue
            }
            outside.append((organization, error))
        }
        guard let first = outside.first else { return outcome }
        let whose = (try? examination.credential(reader)?.identity?.get()).map { "`\($0.login)`" } ?? "its owner"
        let names = outside.map { "`\($0.organization.name)`" }.joined(separator: ", nor in ")
        // There is one token for all of them: one finding, and one cure.
        outcome.add(
            Finding(
                .blocking, "\(reader)",
                asked: outside.map { "`GET /orgs/\($0.organization.name)/teams` with `\(reader)`" },
                answer: first.error.reason,
                meaning: "\(whose) is not in \(names): the forge says 404 to it for every member and every stranger "
                    + "alike",
                blocks: outside.flatMap { examination.gates(of: $0.organization.name) { _ in true } },
                cure: Cure(examination.newToken(.directory) + [examination.refireUndecided])))
        return outcome
    }
}

extension Examination {
    /// Whether an organisation was named and nothing in it is shown to the service account: an outsider is told the
    /// same as somebody in an organisation without repositories.
    func showsNothing(of organization: OrganizationEvidence) -> Bool {
        targets.contains { $0.lowercased() == organization.name.lowercased() }
            && !repositories.contains { repository in
                guard case .success = repository.rights else { return false }
                return repository.name.owner.lowercased() == organization.name.lowercased()
            }
    }

    /// What waits for teams that could not be read has an `error`.
    fileprivate var refireUndecided: Cure.Step { .run((["countersign", "refire"] + targets).joined(separator: " ")) }
}

extension ForgeError {
    /// Whether the forge says that the asker is outside the organisation.
    var tellsOutsider: Bool {
        switch kind {
        case .forbidden(let message): message.contains("Must be an organization member")
        case .notFound: !namesNoOrganization
        default: false
        }
    }

    /// Whether the forge says that there is no such organisation.
    var namesNoOrganization: Bool {
        guard case .notFound(let message, let details) = kind else { return false }
        return ([message] + details).contains {
            $0.contains("user redirect does not exist [name: ") || $0.contains("user does not exist [uid: ")
        }
    }
}
