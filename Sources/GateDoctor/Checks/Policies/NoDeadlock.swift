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
        for repository in examination.repositories.flatMap({ [$0] + $0.others }) {
            guard let policy = repository.validPolicy else { continue }
            guard let people = examination.people(for: repository) else {
                outcome.skip("\(repository.name): who is in its teams is not known")
                continue
            }
            // Who can meet a gate is known even where nobody says who opens pull requests.
            if case .failure(let error) = repository.pulls {
                outcome.skip("\(repository.name): who opens pull requests is not known: \(error.reason)")
            }
            var pulls = (try? repository.pulls?.get()) ?? []
            // Another branch has authors of its own.
            if !repository.isDefault {
                pulls = pulls.filter { $0.pullRequest.baseBranch.isExactly(repository.base ?? "") }
            }
            var authors: [Int64: Account] = [:]
            for author in pulls.compactMap(\.pullRequest.author) { authors[author.id] = author }
            let openers = authors.values.sorted { $0.id < $1.id }
            let obstacles = policy.obstacles(people, openedBy: openers)
            for gate in policy.gates {
                let hidden = examination.hiddenTeams(of: gate, repository)
                guard hidden.isEmpty else {
                    for team in hidden { outcome.skip("the members of `\(team)` are not known") }
                    continue
                }
                // Of a team that is gone or empty another check tells.
                guard !examination.lacksMembers(gate, repository) else { continue }
                outcome.add(
                    obstacles.first { $0.gate == gate.name }.map { finding($0, gate, repository, pulls, examination) })
            }
        }
        return outcome
    }

    private static func finding(
        _ obstacle: Feasibility, _ gate: Gate, _ repository: RepositoryEvidence, _ pulls: [PullRequestSnapshot],
        _ examination: Examination
    ) -> Finding {
        let name = repository.name.description
        let subject = repository.isDefault ? "\(name): \(gate.name)" : "\(name): \(repository.base ?? ""): \(gate.name)"
        let asked = ["the policy, the teams' members, the authors of the last \(pulls.count) pull requests"]
        let cure = cure(gate, repository, examination)
        switch obstacle.obstacle {
        case .nobody:
            return Finding(
                .blocking, subject, asked: asked, answer: obstacle.wording, meaning: "it can never be met",
                blocks: [Blocked(name, [gate.name])], cure: cure)
        case .whenOpenedBy(let people):
            let share = pulls.count { pull in people.contains { $0 == pull.pullRequest.author } } * 100
            return Finding(
                .warning, subject, asked: asked,
                answer: obstacle.wording + ", who wrote \(share / max(pulls.count, 1)) % of the last "
                    + "\(pulls.count) pull requests",
                meaning: "on those this gate cannot be met: nobody signs for work of his own", cure: cure)
        }
    }

    private static func cure(_ gate: Gate, _ repository: RepositoryEvidence, _ examination: Examination) -> Cure {
        let instead = Cure.Step.tell("or ask for fewer, or let others waive the gate")
        for reference in repository.teams(of: gate) {
            guard let organization = examination.organization(reference.organization),
                let team = organization.team(reference.name, examination.directoryReader)
            else { continue }
            return Cure(
                .tell(
                    "for each member of `\(reference)` there should be besides, with the login in the place of LOGIN:"),
                .call(
                    ForgeRequest(
                        "PUT", "/teams/\(team.id)/members/LOGIN", by: organization.owner(examination.directoryReader))),
                // Whoever waits for the team is not undecided.
                .run("countersign refire \(repository.name) --all"), instead)
        }
        return Cure(.tell("name more people in the policy"), instead)
    }
}

extension Examination {
    /// The teams of a gate whose members are not known.
    fileprivate func hiddenTeams(of gate: Gate, _ repository: RepositoryEvidence) -> [TeamReference] {
        repository.teams(of: gate).filter { reference in
            guard let organization = organization(reference.organization),
                organization.team(reference.name, directoryReader) != nil
            else { return false }
            return organization.members(of: reference.name, directoryReader) == nil
        }
    }

    /// Whether a gate asks for a team that is gone, or that nobody is in.
    fileprivate func lacksMembers(_ gate: Gate, _ repository: RepositoryEvidence) -> Bool {
        repository.teams(of: gate).contains { reference in
            organization(reference.organization)?.members(of: reference.name, directoryReader)?
                .allSatisfy { $0.isActive == false } ?? true
        }
    }
}
