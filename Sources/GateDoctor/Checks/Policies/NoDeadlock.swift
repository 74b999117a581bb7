import GateForge
import GatePolicy

/// Whoever opened the last pull requests, somebody else can sign each gate.
enum NoDeadlock: Check {
    static let id = "policy.deadlock"
    static let area = Area.policies
    static let promise = "every gate can be met by others than each recent author"
    static let needs = Prerequisite.directory

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for repository in examination.repositories {
            guard let policy = repository.validPolicy, case .success(let pulls) = repository.pulls else { continue }
            let authors = pulls.compactMap(\.pullRequest.author)
            for gate in policy.gates {
                for quota in gate.require.unavoidable {
                    switch quota.people.logins(in: repository.name.owner, examination) {
                    case .unbounded: continue
                    case .unknown(let team): outcome.skip("the members of `\(team)` are not known")
                    case .known(let signers):
                        // Of a team without members another check tells.
                        guard !signers.isEmpty else { continue }
                        outcome.add(stuck(quota, signers, gate, repository, authors))
                    }
                }
            }
        }
        return outcome
    }

    private static func stuck(
        _ quota: Requirement.Quota, _ signers: Set<String>, _ gate: Gate, _ repository: RepositoryEvidence,
        _ authors: [Account]
    ) -> Finding? {
        let needed = quota.count ?? signers.count
        let subject = "\(repository.name): \(gate.name)"
        let asked = ["the policy, the teams' members, the authors of the last \(authors.count) pull requests"]
        if signers.count < needed {
            return Finding(
                .blocking, subject, asked: asked,
                answer: "it asks for \(needed) of \(quota.people), who are \(signers.count)",
                meaning: "it can never be met", blocks: [Blocked("\(repository.name)", [gate.name])],
                cure: Cure(.tell("add \(needed - signers.count) more to \(quota.people), or ask for \(signers.count)")))
        }
        guard !gate.approvals.author, quota.count != nil else { return nil }
        for author in Set(authors) where signers.contains(author.login.lowercased()) && signers.count - 1 < needed {
            let share = authors.count { $0 == author } * 100 / max(authors.count, 1)
            return Finding(
                .warning, subject, asked: asked,
                answer:
                    "of \(quota.people) only \(signers.sorted().joined(separator: ", ")) can sign, and `\(author.login)` "
                    + "wrote \(share) % of the last \(authors.count) pull requests",
                meaning: "on those this gate cannot be met: nobody signs for work of his own",
                cure: Cure(.tell("add somebody to \(quota.people), or let others waive the gate")))
        }
        return nil
    }
}

extension Requirement {
    /// The quotas that must be met whatever else is.
    var unavoidable: [Quota] {
        switch self {
        case .quota(let quota): [quota]
        case .all(let parts): parts.flatMap(\.unavoidable)
        default: []
        }
    }
}

/// Who is in a set of people, as far as teams and names say it.
enum Signers {
    case known(Set<String>)
    /// The team whose members are not known.
    case unknown(String)
    /// Rights and rules decide who is in it.
    case unbounded
}

extension People {
    /// The logins in it, in lower case.
    func logins(in organization: String, _ examination: Examination) -> Signers {
        func team(_ organization: String, _ name: String) -> Signers {
            let members = examination.organization(organization)?.members(of: name, examination.directoryReader)
            guard let members else { return .unknown("\(organization)/\(name)") }
            return .known(Set(members.filter { $0.isActive != false }.map { $0.login.lowercased() }))
        }
        switch self {
        case .user(let login, _): return .known([login.lowercased()])
        case .team(let reference, _): return team(reference.organization, reference.name)
        case .organizationTeam(let name, _): return team(organization, name)
        case .group(_, let people): return people.logins(in: organization, examination)
        case .union(let parts):
            var all: Set<String> = []
            for part in parts {
                guard case .known(let logins) = part.logins(in: organization, examination) else {
                    return part.logins(in: organization, examination)
                }
                all.formUnion(logins)
            }
            return .known(all)
        default: return .unbounded
        }
    }
}
