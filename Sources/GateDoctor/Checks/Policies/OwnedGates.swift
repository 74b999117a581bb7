import GateForge
import GatePolicy

/// Gates that ask code owners, judged line by line of CODEOWNERS: what a pull request changes nobody knows here.
struct OwnedGates {
    /// What is known of gates, if certain people own what is changed.
    struct Reach {
        /// What keeps gates from being met.
        var obstacles: [Feasibility]
        /// The gates that those who are proven to be in their sets cannot meet.
        var unproven: Set<String>
        /// Whether it is known who all of these people are.
        var isTold: Bool
        /// The gates that stand for others that ask the same, by their names.
        var twins: [String: String] = [:]

        private func name(_ gate: Gate) -> String { twins[gate.name] ?? gate.name }

        func obstacle(_ gate: Gate) -> Feasibility.Obstacle? {
            let name = name(gate)
            return obstacles.first { $0.gate == name }?.obstacle
        }

        func isStuck(_ gate: Gate) -> Bool { if case .nobody? = obstacle(gate) { true } else { false } }
        func proves(_ gate: Gate) -> Bool { obstacle(gate) == nil && !unproven.contains(name(gate)) }
    }

    /// A line, and what is known of gates by it.
    struct Line {
        var number: Int
        var ownsEverything: Bool
        var mayOwnAnything: Bool
        var problems: [Unknown]
        /// On a pull request that changes nothing but what it owns, together with the lines that own everything; nil
        /// where there are more lines with owners of their own than are looked at.
        var reach: Reach?
        /// On one that changes what each line owns; nil where the other one keeps no gate from being met.
        var widest: Reach?
    }

    /// Lines with owners of their own that are looked at.
    private static let maximumReaches = 200

    let repository: RepositoryEvidence
    let policy: Policy
    let file: String
    let lines: Known<[Line]?>
    /// If nobody owns anything.
    let ownerless: Reach
    /// If what is changed has no line; then `owners_of_each_file` asks nobody.
    let unowned: Reach

    /// - Parameter reach: what is known of gates, if these people are the owners of what is changed, and those the owners
    ///   of each file of it; nil for files without a line.
    /// - Returns: nil where no gate asks code owners.
    init?(
        _ policy: Policy, _ repository: RepositoryEvidence, _ examination: Examination,
        _ reach: ([People], [People]?) -> Reach
    ) {
        guard policy.gates.contains(where: { policy.asksOwners($0) }) else { return nil }
        self.policy = policy
        self.repository = repository
        let asksAny = policy.gates.contains { policy.asksCodeOwners($0) }
        let asksEach = policy.gates.contains { policy.asksOwnersOfEachFile($0) }
        ownerless = reach([], [])
        unowned = asksEach ? reach([], nil) : ownerless
        file = (repository.signers.codeOwners?.value ?? nil)?.path ?? "CODEOWNERS"
        let unread = Unknown(
            cause: .notRead, subject: "what CODEOWNERS says", reason: "it was not read", cure: "look at what failed")
        let read = repository.signers.ownerLines ?? .unknown(unread)
        guard case .known(let written?) = read else {
            lines = read.map { _ in nil }
            return
        }
        var reaches: [String: Reach] = [:]
        func look(_ owners: [People], _ each: [People], _ maximum: Int) -> Reach? {
            let (owners, each) = (asksAny ? owners : [], asksEach ? each : [])
            let key = [owners, each].map { Set($0.map(\.description)).sorted().joined(separator: " ") }
                .joined(separator: "\n")
            if reaches[key] == nil, reaches.count < maximum { reaches[key] = reach(owners, each) }
            return reaches[key]
        }
        let everywhere = written.filter(\.ownsEverything).flatMap(\.owners)
        let all = written.flatMap(\.certainOwners)
        var lines: [Line] = []
        for line in written {
            var judged = Line(
                number: line.number, ownsEverything: line.ownsEverything, mayOwnAnything: line.mayOwnAnything,
                problems: line.problems + line.owners.compactMap { examination.whyNobody($0, line.number) },
                reach: look(everywhere + line.certainOwners, line.owners, Self.maximumReaches))
            if let reach = judged.reach, policy.gates.contains(where: { reach.isStuck($0) }) {
                judged.widest = look(all, line.owners, 2 * Self.maximumReaches)
            }
            lines.append(judged)
        }
        self.lines = .known(lines)
    }

    /// Whether a gate keeps every pull request waiting.
    func holdsAll(_ gate: Gate, _ lines: [Line]) -> Bool {
        // More owners are more who can sign: what all of them together cannot meet nobody can.
        lines.contains { $0.mayOwnAnything && $0.widest?.isStuck(gate) == true }
            || unowned.isStuck(gate) && lines.allSatisfy { $0.widest?.isStuck(gate) == true }
    }

    /// Whether a gate can be met by a line's owners, as far as anybody knows.
    func isProven(_ gate: Gate, _ line: Line) -> Bool {
        guard let reach = line.reach, reach.proves(gate) else { return false }
        // Where all of them must sign, one who is not known holds the gate back.
        return !policy.asksAllOfCodeOwners(gate) || reach.isTold && line.problems.isEmpty
    }

    /// What is wrong with the lines of a repository's file that cannot be used as they stand; nil for nothing.
    /// - Parameter branches: those whose policies ask code owners, each with the gates that are nobody's to wait for.
    static func fault(_ branches: [(owned: OwnedGates, held: [Gate])]) -> Finding? {
        guard let first = branches.first?.owned, case .known(.some(let lines)) = first.lines else { return nil }
        let faulty = lines.filter { !$0.problems.isEmpty }
        guard !faulty.isEmpty else { return nil }
        var stuck: [String] = []
        for (owned, held) in branches {
            for gate in held where owned.isStuckByFaults(gate) && !stuck.contains(gate.name) { stuck.append(gate.name) }
        }
        let steps = faulty.flatMap { line in
            Set(line.problems.map(\.cure)).sorted().map { Cure.Step.tell("\(first.place(line)): \($0)") }
        }
        return Finding(
            stuck.isEmpty ? .warning : .blocking, "\(first.repository.name): \(first.file)", asked: [first.asked],
            answer: faulty.flatMap(\.problems).map(\.reason).joined(separator: "\n"),
            meaning:
                "a gate that asks code owners is `error` on a pull request that changes, or may change, what such a "
                + "line owns, until enough of those who are known have signed",
            blocks: stuck.isEmpty ? [] : [Blocked("\(first.repository.name)", stuck)],
            cure: Cure(steps + [first.refire]))
    }

    /// Whether every pull request waits for a gate, and a line that cannot be used as it stands is among the reasons.
    private func isStuckByFaults(_ gate: Gate) -> Bool {
        guard policy.asksOwners(gate), case .known(.some(let lines)) = lines else { return false }
        return lines.contains { !$0.problems.isEmpty && $0.reach?.isStuck(gate) == true } && holdsAll(gate, lines)
    }
}

extension Examination {
    /// Whether it is known who an owner is whom a line of CODEOWNERS names.
    func isTold(_ owner: People, by facts: Facts) -> Bool {
        switch owner {
        case .team(let team, _):
            return organization(team.organization)?.members(of: team.name, directoryReader) != nil
        case .user(let login, _):
            return facts.users[login.lowercased()]?.value != nil
        default: return false
        }
    }

    /// Why an owner that a line of CODEOWNERS names is nobody; nil for somebody, and where it is not known.
    fileprivate func whyNobody(_ owner: People, _ line: Int) -> Unknown? {
        let file: String
        switch owner {
        case .user(let login, let span):
            guard case .success(nil)? = people[login.lowercased()] else { return nil }
            file = span.file
        case .team(let team, let span):
            guard let organization = organization(team.organization),
                case .success? = organization.teams[directoryReader],
                organization.team(team.name, directoryReader) == nil
            else { return nil }
            file = span.file
        default: return nil
        }
        return Unknown(
            cause: .nameGone, subject: "who owns what line \(line) of `\(file)` says",
            reason: "line \(line) of `\(file)` names `\(owner)`, and the forge has no such name",
            cure: "take `\(owner)` out of `\(file)`, or create it again")
    }
}
