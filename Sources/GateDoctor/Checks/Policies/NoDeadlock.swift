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
        let activity = Activity(examination)
        for repository in examination.repositories {
            var owned: [(owned: OwnedGates, held: [Gate])] = []
            for branch in [repository] + repository.others {
                guard let policy = branch.validPolicy else { continue }
                guard let outlook = Outlook(policy, branch, examination, activity) else {
                    outcome.skip("\(branch.name): who is in its teams is not known")
                    continue
                }
                // Who can meet a gate is known even where nobody says who opens pull requests.
                if case .failure(let error) = branch.pulls {
                    outcome.skip("\(branch.name): who opens pull requests is not known: \(error.reason)")
                }
                if let gates = outlook.owned {
                    owned.append((gates, policy.gates.filter { outlook.hold($0).severity == .blocking }))
                }
                judgeChange(outlook, examination, &outcome, &found)
                for gate in policy.gates where !gate.mode(at: examination.now).isOff {
                    judge(gate, outlook, examination, &outcome, &found)
                }
            }
            // Branches share the file, and each may hold its pull requests by it.
            if let fault = OwnedGates.fault(owned) {
                outcome.examined += 1
                found.add(fault)
            }
        }
        outcome.findings = found.findings
        return outcome
    }

    private static func judge(
        _ gate: Gate, _ outlook: Outlook, _ examination: Examination, _ outcome: inout CheckOutcome,
        _ found: inout Told
    ) {
        let repository = outlook.repository
        let hold = outlook.hold(gate)
        let hidden = examination.hidden(repository.teams(of: gate))
        guard hidden.isEmpty else {
            for team in hidden { outcome.skip("the members of `\(team)` are not known") }
            return
        }
        // Of a team that is gone or empty another check tells.
        guard !examination.lacksMembers(repository.teams(of: gate)) else { return }
        let unread = examination.unread(repository.people(of: gate))
        for reason in unread { outcome.skip(reason) }
        let missing = examination.missing(of: gate, repository)
        let ofGate = outlook.obstacles.filter { $0.gate == gate.name }
        outcome.examined += ofGate.isEmpty && missing.isEmpty ? 0 : 1
        for obstacle in ofGate {
            if hold.isWaivable, obstacle.obstacle.isForSome {
                outcome.told.append("\(subject(gate, repository)): \(obstacle.wording): it can be waived")
                continue
            }
            found.add(
                finding(obstacle, hold, missing, gate, repository, outlook.pulls, examination), gate, repository)
        }
        if !ofGate.isEmpty { return }
        if let blind = outlook.hidden.first(where: { $0.gate == gate.name }) {
            let teams = repository.teams(of: gate)
            let place = subject(gate, repository)
            guard let viewers = repository.viewers?.value else {
                return outcome.skip("\(place): \(unseen(teams, repository, examination))")
            }
            outcome.examined += 1
            // Who is not shown it cannot waive there either.
            let hold = outlook.hold(gate, bySight: true)
            if hold.isWaivable, blind.obstacle.isForSome {
                return outcome.told.append("\(place): \(blind.wording): it can be waived")
            }
            let severity = blind.obstacle.isForSome ? .warning : hold.severity
            return found.add(
                unshown(
                    severity, place, teams, viewers, gate.name, meaning: hold.meaning, repository, examination),
                gate, repository)
        }
        if !missing.isEmpty {
            found.add(finding(missing, gate, repository, examination), gate, repository)
        } else if unread.isEmpty {
            if let owned = outlook.owned, outlook.policy.asksOwners(gate), repository.doubt(about: gate) == nil {
                outcome.asFar(as: outlook.whyOpen(repository.people(of: gate))) {
                    owned.judge(gate, hold, &$0, &found)
                }
            } else if let reason = repository.doubt(about: gate, isUnproven: outlook.unproven.contains(gate.name)) {
                outcome.skip("\(subject(gate, repository)): \(reason)")
            } else if let reason = outlook.whyOpen(repository.people(of: gate)) {
                outcome.skip(reason)
            } else if outlook.policy.awaited(by: gate, unless: { $0.isOfPullRequest }).isEmpty {
                // Of statuses and labels another check tells.
                outcome.add(nil)
            }
        }
    }
}

extension CheckOutcome {
    /// Judges something, and takes no word that all is well for it where there is a reason not to.
    fileprivate mutating func asFar(as reason: String?, judge: (inout CheckOutcome) -> Void) {
        let examined = examined
        judge(&self)
        guard let reason else { return }
        self.examined = examined
        skip(reason)
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

    /// Why it is not known who people are that are named one by one.
    func unread(_ people: [People]) -> [String] {
        Set(people.flatMap(\.logins)).sorted().compactMap { login in
            guard case .failure(let error) = self.people[login] else { return nil }
            return "who `\(login)` is is not known: \(error.reason)"
        }
    }

    /// Those of some teams whose members are not known.
    func hidden(_ teams: [TeamReference]) -> [TeamReference] {
        teams.filter { reference in
            guard let organization = organization(reference.organization),
                organization.team(reference.name, directoryReader) != nil
            else { return false }
            return organization.members(of: reference.name, directoryReader) == nil
        }
    }

    /// Whether one of some teams is gone, or nobody is in it.
    func lacksMembers(_ teams: [TeamReference]) -> Bool {
        teams.contains { reference in
            organization(reference.organization)?.members(of: reference.name, directoryReader)?
                .allSatisfy { $0.isActive == false } ?? true
        }
    }
}
