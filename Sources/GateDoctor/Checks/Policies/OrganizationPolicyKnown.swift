import GateForge
import GatePolicy
import GateService

/// What an organisation asks of all its repositories is known, be it nothing.
enum OrganizationPolicyKnown: Check {
    static let id = "policy.organization"
    static let area = Area.policies
    static let promise = "what an organisation asks of all of its repositories is known"
    static let needs = Prerequisite.service
    static let readsGates = false

    /// That there is none is proven by the token that reads teams.
    static func follows(_ finding: Finding, from cause: any Check.Type) -> Bool { cause.spoilsReading }

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for organization in examination.organizations {
            guard let policy = organization.policy else { continue }
            guard let unknown = policy.unknown else {
                outcome.add(nil)
                continue
            }
            let blocked = examination.repositories.filter { repository in
                switch repository.policy {
                // What is not valid holds its pull requests by itself.
                case nil, .absent?, .broken?: return false
                default: return repository.name.owner.lowercased() == organization.name.lowercased()
                }
            }
            outcome.add(
                Finding(
                    .blocking, organization.name,
                    asked: ["`GET /repos/\(policy.repository)/raw/countersign.yml` with `forge.token`"],
                    answer: unknown.reason,
                    meaning: "it may require gates of every repository: until that is known, all of them are undecided",
                    blocks: blocked.map { Blocked($0.name.description, $0.validPolicy?.gates.map(\.name) ?? []) },
                    cure: cure(policy, unknown, examination.serviceLogin ?? "SERVICE")))
        }
        return outcome
    }

    private static func cure(_ policy: OrganizationPolicy, _ unknown: Unknown, _ login: String) -> Cure {
        guard policy.isHidden else { return Cure(.tell(unknown.cure)) }
        let name = policy.repository.description
        return Cure(
            .call(
                ForgeRequest(
                    "PUT", "/repos/\(name)/collaborators/\(login)", body: #"{"permission":"read"}"#,
                    by: .administrator(of: name))),
            .tell("or set `organization_policy: none`, if no organisation has one"))
    }
}
