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
            // Whoever provably may waive it can let past what nobody can meet.
            let unwaivable = Set(
                policy.asAskedOfWaivers.obstacles(fewest, openedBy: openers, into: bases).map(\.gate))
            let owned = OwnedGates(policy, repository, examination) { owners in
                let told = owners.filter { examination.isTold($0, by: fewest) }
                return OwnedGates.Reach(
                    obstacles: policy.owned(by: owners).obstacles(people, openedBy: openers, into: bases),
                    unproven: Set(
                        policy.owned(by: told).obstacles(fewest, openedBy: openers, into: bases).map(\.gate)))
            }
            if repository.isDefault, let fault = owned?.fault(examination) {
                outcome.examined += 1
                found.add(fault)
            }
            if let finding = changing(policy, people, repository) {
                outcome.examined += 1
                found.add(finding)
            }
            for gate in policy.gates where !gate.mode(at: examination.now).isOff {
                // With fewer to be taken away more would be left than provably are.
                let isProvable = !policy.askedToWaive(gate).contains(where: \.takesAwayWhoIsNotTold)
                let hold = Hold(
                    isWaivable: gate.waive != nil && isProvable && !unwaivable.contains(gate.name),
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
                    if let owned, policy.asksOwners(gate), repository.doubt(about: gate) == nil {
                        owned.judge(gate, hold, &outcome, &found)
                    } else if let reason = repository.doubt(about: gate, isUnproven: unproven.contains(gate.name)) {
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
}

extension RepositoryEvidence {
    /// Why nobody knows whether a gate can be met; nil where it provably can.
    /// - Parameter isUnproven: whether those who are proven to be in its sets are too few.
    fileprivate func doubt(about gate: Gate, isUnproven: Bool = false) -> String? {
        let asked = validPolicy?.asked(by: gate) ?? []
        var sets: Set<People> = []
        for people in asked { people.eachLeaf { if $0.isToldByNoTeam { sets.insert($0) } } }
        // Who sees a private repository cannot be supposed to be nobody.
        let isOpen = sets.contains(.readers) && (try? rights.get())?.repository.isPrivate != false
        guard !sets.isEmpty, isUnproven || isOpen || asked.contains(where: \.takesAwayWhoIsNotTold) else { return nil }
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
