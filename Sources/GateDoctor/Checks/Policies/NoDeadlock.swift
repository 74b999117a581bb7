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
        var found = Told()
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
            let bases = repository.base.map { [$0] }
            let obstacles = policy.obstacles(people, openedBy: openers, into: bases)
            let fewest = examination.people(for: repository, asFew: true) ?? people
            let unproven = Set(policy.obstacles(fewest, openedBy: openers, into: bases).map(\.gate))
            // Whoever may waive it can let past what nobody can meet.
            let unwaivable = Set(
                policy.asAskedOfWaivers.obstacles(people, openedBy: openers, into: bases).map(\.gate))
            if let finding = changing(policy, people, repository) {
                outcome.examined += 1
                found.add(finding)
            }
            for gate in policy.gates where !gate.mode(at: examination.now).isOff {
                let hold = Hold(
                    isWaivable: gate.waive != nil && !unwaivable.contains(gate.name),
                    isAdvisory: !gate.mode(at: examination.now).enforces)
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
                let ofGate = obstacles.filter { $0.gate == gate.name }
                outcome.examined += ofGate.isEmpty && missing.isEmpty ? 0 : 1
                for obstacle in ofGate {
                    if hold.isWaivable, obstacle.obstacle.isForSome {
                        outcome.told.append("\(subject(gate, repository)): \(obstacle.wording): it can be waived")
                        continue
                    }
                    found.add(finding(obstacle, hold, missing, gate, repository, pulls, examination), gate, repository)
                }
                if !ofGate.isEmpty { continue }
                if !missing.isEmpty {
                    found.add(finding(missing, gate, repository, examination), gate, repository)
                } else if unread.isEmpty {
                    if let reason = repository.doubt(about: gate, isUnproven: unproven.contains(gate.name)) {
                        outcome.skip("\(subject(gate, repository)): \(reason)")
                    } else {
                        outcome.add(nil)
                    }
                }
            }
        }
        outcome.findings = found.findings
        return outcome
    }

    /// What was found of gates, that of a file which several repositories share told once.
    private struct Told {
        private struct Key: Hashable {
            var gate: SourceSpan
            var owner: String
            var answer: String
            var steps: [Cure.Step]
        }

        private(set) var findings: [Finding] = []
        private var shared: [Key: Int] = [:]

        mutating func add(_ finding: Finding) { findings.append(finding) }

        mutating func add(_ finding: Finding, _ gate: Gate, _ repository: RepositoryEvidence) {
            let refire = Cure.Step.run("countersign refire \(repository.name) --all")
            guard PolicyPlace.isShared(gate.span.file) else { return findings.append(finding) }
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

    private static func place(_ gate: Gate, _ repository: RepositoryEvidence, _ examination: Examination) -> String {
        PolicyPlace(of: gate.span.file, in: repository).line(gate.span, examination)
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
                    "\(place(gate, repository, examination)): correct the name, or take it out of the gate "
                        + "`\(gate.name)`"),
                .run("countersign refire \(repository.name) --all")))
    }

    /// What a gate that nobody can meet keeps from being merged.
    private struct Hold {
        var isWaivable: Bool
        var isAdvisory: Bool
        var severity: Severity { isWaivable || isAdvisory ? .warning : .blocking }
        var meaning: String {
            isAdvisory
                ? "it can never be met; it is advisory, and holds nobody back"
                : isWaivable ? "it can never be met, only waived" : "it can never be met"
        }
    }

    /// Whether somebody can sign a change of the policy.
    private static func changing(_ policy: Policy, _ people: Facts, _ repository: RepositoryEvidence) -> Finding? {
        let obstacles = policy.asAskedOfChanges.obstacles(people, openedBy: [], into: repository.base.map { [$0] })
        guard let obstacle = obstacles.first(where: { !$0.obstacle.isForSome }) else { return nil }
        let branch = repository.isDefault ? "" : ": \(repository.base ?? "")"
        return Finding(
            .blocking, "\(repository.name)\(branch): policy", asked: ["the policy, the teams' members"],
            answer: obstacle.wording, meaning: "a pull request that changes the policy can never be merged",
            blocks: [Blocked("\(repository.name)", [obstacle.gate])],
            cure: Cure(
                .tell(
                    "in `\(policy.file)` on `\(repository.base ?? "the default branch")` of `\(repository.name)`: name "
                        + "more people under `policy.require`; as this one cannot be signed, an administrator has to "
                        + "merge it past the gate"),
                .run("countersign refire \(repository.name) --all")))
    }

    private static func finding(
        _ obstacle: Feasibility, _ hold: Hold, _ missing: [String], _ gate: Gate, _ repository: RepositoryEvidence,
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
            .tell("\(place(gate, repository, examination)): name more people for the gate `\(gate.name)`"),
            .run("countersign refire \(repository.name) --all"), instead)
    }
}

extension Feasibility.Obstacle {
    /// Whether it is there only when some people open the pull request.
    fileprivate var isForSome: Bool { if case .whenOpenedBy = self { true } else { false } }
}

extension RepositoryEvidence {
    /// Why nobody knows whether a gate can be met; nil where it provably can.
    /// - Parameter isUnproven: whether those who are proven to be in its sets are too few.
    fileprivate func doubt(about gate: Gate, isUnproven: Bool) -> String? {
        let asked = validPolicy?.asked(by: gate) ?? []
        var sets: Set<People> = []
        for people in asked { people.eachLeaf { if $0.isToldByNoTeam { sets.insert($0) } } }
        if sets.contains(.codeOwners) {
            switch signers.codeOwners {
            case .known(nil)?: return "there is no CODEOWNERS file: nobody owns anything"
            case .unknown(let unknown)?: return "\(unknown.subject) is not known: \(unknown.reason)"
            default: break
            }
        }
        guard !sets.isEmpty, isUnproven || asked.contains(where: \.takesAwayWhoIsNotTold) else { return nil }
        let names = sets.map { "`\($0)`" }.sorted().joined(separator: ", ")
        if sets == [.codeOwners] { return "who owns a file depends on what a pull request changes" }
        let reason = [signers.writers, signers.admins].compactMap { $0?.unknown.reason }.first
        return "who is in \(names) is not known as a whole" + (reason.map { ": \($0)" } ?? "")
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
