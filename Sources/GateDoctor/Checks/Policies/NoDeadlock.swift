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
            let obstacles = policy.obstacles(people, openedBy: openers, into: repository.base.map { [$0] })
            for gate in policy.gates {
                let hidden = examination.hiddenTeams(of: gate, repository)
                guard hidden.isEmpty else {
                    for team in hidden { outcome.skip("the members of `\(team)` are not known") }
                    continue
                }
                // Of a team that is gone or empty another check tells.
                guard !examination.lacksMembers(gate, repository) else { continue }
                let unread = examination.unread(of: gate, repository)
                for reason in unread { outcome.skip(reason) }
                let missing = examination.missing(of: gate, repository)
                let found = obstacles.filter { $0.gate == gate.name }
                for obstacle in found {
                    outcome.add(finding(obstacle, missing, gate, repository, pulls, examination))
                }
                if !found.isEmpty { continue }
                if !missing.isEmpty {
                    outcome.add(finding(missing, gate, repository, examination))
                } else if unread.isEmpty {
                    outcome.add(nil)
                }
            }
        }
        return outcome
    }

    private static func subject(_ gate: Gate, _ repository: RepositoryEvidence) -> String {
        repository.isDefault
            ? "\(repository.name): \(gate.name)" : "\(repository.name): \(repository.base ?? ""): \(gate.name)"
    }

    private static func asked(_ logins: [String]) -> [String] {
        logins.map { "`GET /users/\($0)` with `forge.token`" }
    }

    private static func told(_ missing: [String]) -> String {
        "there is no account " + missing.map { "`\($0)`" }.joined(separator: ", ")
    }

    /// Others can sign, and a name that is free can be taken.
    private static func finding(
        _ missing: [String], _ gate: Gate, _ repository: RepositoryEvidence, _ examination: Examination
    ) -> Finding {
        Finding(
            .warning, subject(gate, repository), asked: asked(missing), answer: told(missing),
            meaning: "nobody acts by that name today, and whoever makes an account of that name could",
            cure: Cure(
                .tell(
                    "in \(place(gate, repository)): correct the name, or take it out of the gate `\(gate.name)`"),
                .run("countersign refire \(repository.name) --all")))
    }

    private static func place(_ gate: Gate, _ repository: RepositoryEvidence) -> String {
        "`\(gate.span.file)` on `\(repository.base ?? "the default branch")` of `\(repository.name)`, line "
            + "\(gate.span.line)"
    }

    private static func finding(
        _ obstacle: Feasibility, _ missing: [String], _ gate: Gate, _ repository: RepositoryEvidence,
        _ pulls: [PullRequestSnapshot], _ examination: Examination
    ) -> Finding {
        let name = repository.name.description
        let subject = subject(gate, repository)
        let asked =
            ["the policy, the teams' members, the authors of the last \(pulls.count) pull requests"] + asked(missing)
        let cure = cure(gate, repository, examination)
        switch obstacle.obstacle {
        case .nobody:
            return Finding(
                .blocking, subject, asked: asked,
                answer: obstacle.wording + (missing.isEmpty ? "" : "; \(told(missing))"),
                meaning: "it can never be met",
                blocks: [Blocked(name, [gate.name])], cure: cure)
        case .whenOpenedBy(let people):
            let share = pulls.count { pull in people.contains { $0 == pull.pullRequest.author } } * 100
            return Finding(
                .warning, subject, asked: asked,
                answer: obstacle.wording + ", who wrote \(share / max(pulls.count, 1)) % of the last "
                    + "\(pulls.count) pull requests" + (missing.isEmpty ? "" : "; \(told(missing))"),
                meaning: "on those this gate cannot be met: nobody signs for work of his own", cure: cure)
        case .beside:
            return Finding(
                .warning, subject, asked: asked,
                answer: obstacle.wording + (missing.isEmpty ? "" : "; \(told(missing))"),
                meaning:
                    "such a pull request cannot be merged: whoever fills a place of one gate fills none of the other",
                cure: cure)
        }
    }

    private static func cure(_ gate: Gate, _ repository: RepositoryEvidence, _ examination: Examination) -> Cure {
        let instead = Cure.Step.tell("or ask for fewer, or let others waive the gate")
        // Where people are named by login, another member of a team need not help: it may only waive the gate.
        let isByTeams = repository.people(of: gate).allSatisfy(\.signers.isEmpty)
        for reference in isByTeams ? repository.teams(of: gate) : [] {
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
        return Cure(
            .tell("in \(place(gate, repository)): name more people for the gate `\(gate.name)`"),
            .run("countersign refire \(repository.name) --all"), instead)
    }
}

extension Examination {
    /// The people that a gate lets sign and of whom there is no account.
    fileprivate func missing(of gate: Gate, _ repository: RepositoryEvidence) -> [String] {
        Set(repository.people(of: gate).flatMap(\.signers)).sorted().filter { login in
            if case .success(nil) = people[login] { true } else { false }
        }
    }

    /// Why it is not known who the people are that a gate names.
    fileprivate func unread(of gate: Gate, _ repository: RepositoryEvidence) -> [String] {
        Set(repository.people(of: gate).flatMap(\.logins)).sorted().compactMap { login in
            guard case .failure(let error) = people[login] else { return nil }
            return "who `\(login)` is is not known: \(error.reason)"
        }
    }

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
