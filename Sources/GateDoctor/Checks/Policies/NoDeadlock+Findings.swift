import GateForge
import GatePolicy

extension NoDeadlock {
    /// What was found of gates, that of a file which several repositories share told once.
    struct Told {
        private struct Key: Hashable {
            var gate: SourceSpan
            var owner: String
            var answer: String
            var steps: [Cure.Step]
        }

        private struct OwnKey: Hashable {
            var repository: RepositoryName
            var gate: String
            var answer: String
            var steps: [Cure.Step]
        }

        private(set) var findings: [Finding] = []
        private var own: Set<OwnKey> = []
        private var shared: [Key: Int] = [:]

        mutating func add(_ finding: Finding) { findings.append(finding) }

        mutating func add(_ finding: Finding, _ gate: Gate, _ repository: RepositoryEvidence) {
            let refire = Cure.Step.run("countersign refire \(repository.name) --all")
            guard PolicyPlace.isShared(gate.span.file) else {
                // The same of another branch is cured by the same.
                let key = OwnKey(
                    repository: repository.name, gate: gate.name, answer: finding.answer, steps: finding.cure.steps)
                if own.insert(key).inserted { findings.append(finding) }
                return
            }
            let key = Key(
                gate: gate.span, owner: repository.name.owner.lowercased(), answer: finding.answer,
                steps: finding.cure.steps.filter { $0 != refire })
            guard let index = shared[key] else {
                shared[key] = findings.endIndex
                return findings.append(finding)
            }
            let own = Blocked(repository.name.description, [gate.name])
            if finding.severity == .blocking, !findings[index].blocks.contains(own) {
                findings[index].blocks.append(own)
            }
            findings[index].subject = "\(repository.name.owner): \(gate.name)"
            findings[index].cure.steps = findings[index].cure.steps.map { step in
                guard case .run(let command, _) = step, command.hasPrefix("countersign refire ") else { return step }
                return .run("countersign refire \(repository.name.owner) --all")
            }
        }
    }

    static func subject(_ gate: Gate, _ repository: RepositoryEvidence) -> String {
        repository.isDefault
            ? "\(repository.name): \(gate.name)" : "\(repository.name): \(repository.base ?? ""): \(gate.name)"
    }

    static func asked(_ logins: [String], _ examination: Examination) -> [String] {
        logins.map { login in
            let asker = examination.peopleAskers[login] ?? .service
            return "`GET /users/\(login)` with " + (asker == .administrator ? "\(asker)" : "`\(asker)`")
        }
    }

    static func told(_ missing: [String]) -> String {
        "there is no account " + missing.map { "`\($0)`" }.joined(separator: ", ")
    }

    static func place(_ gate: Gate, _ repository: RepositoryEvidence, _ examination: Examination) -> String {
        PolicyPlace(of: gate.span.file, in: repository).line(gate.span, examination)
    }

    /// Others can sign, and a name that is free can be taken.
    static func finding(
        _ missing: [String], _ gate: Gate, _ repository: RepositoryEvidence, _ examination: Examination
    ) -> Finding {
        Finding(
            .warning, subject(gate, repository), asked: asked(missing, examination), answer: told(missing),
            meaning: "nobody acts by that name today, and whoever makes an account of that name could",
            cure: Cure(
                .tell(
                    "\(place(gate, repository, examination)): correct the name, or take it out of the gate "
                        + "`\(gate.name)`"),
                .run("countersign refire \(repository.name) --all")))
    }

    /// What a gate that nobody can meet keeps from being merged.
    struct Hold {
        var isWaivable: Bool
        var isAdvisory: Bool
        var severity: Severity { isWaivable || isAdvisory ? .warning : .blocking }
        var meaning: String {
            isAdvisory
                ? "it can never be met; it is advisory, and holds nobody back"
                : isWaivable ? "it can never be met, only waived" : "it can never be met"
        }
    }

    static func finding(
        _ obstacle: Feasibility, _ hold: Hold, _ missing: [String], _ gate: Gate, _ repository: RepositoryEvidence,
        _ pulls: [PullRequestSnapshot], _ examination: Examination
    ) -> Finding {
        let name = repository.name.description
        let subject = subject(gate, repository)
        let asked =
            ["the policy, the teams' members, the authors of the last \(pulls.count) pull requests"]
            + asked(missing, examination)
        let cure = cure(gate, repository, examination)
        switch obstacle.obstacle {
        case .nobody:
            return Finding(
                hold.severity, subject, asked: asked,
                answer: obstacle.wording + (missing.isEmpty ? "" : "; \(told(missing))"),
                meaning: hold.meaning,
                blocks: hold.severity == .blocking ? [Blocked(name, [gate.name])] : [], cure: cure)
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

    static func cure(_ gate: Gate, _ repository: RepositoryEvidence, _ examination: Examination) -> Cure {
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
            .tell("\(place(gate, repository, examination)): name more people for the gate `\(gate.name)`"),
            .run("countersign refire \(repository.name) --all"), instead)
    }
}

extension Feasibility.Obstacle {
    /// Whether it is there only when some people open the pull request.
    var isForSome: Bool { if case .whenOpenedBy = self { true } else { false } }
}
