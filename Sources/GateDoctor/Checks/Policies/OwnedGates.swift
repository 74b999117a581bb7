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

        func obstacle(_ gate: Gate) -> Feasibility.Obstacle? {
            obstacles.first { $0.gate == gate.name }?.obstacle
        }

        func proves(_ gate: Gate) -> Bool { obstacle(gate) == nil && !unproven.contains(gate.name) }
    }

    private struct Line {
        var number: Int
        var ownsEverything: Bool
        var mayOwnAnything: Bool
        var problems: [Unknown]
        /// Nil where there are more lines with owners of their own than are looked at.
        var reach: Reach?
    }

    /// Lines with owners of their own that are looked at.
    private static let maximumReaches = 200

    private let repository: RepositoryEvidence
    private let policy: Policy
    private let file: String
    private let lines: Known<[Line]?>
    /// If nobody owns anything.
    private let ownerless: Reach

    /// - Parameter reach: what is known of gates, if these people own what is changed.
    /// - Returns: nil where no gate asks code owners.
    init?(
        _ policy: Policy, _ repository: RepositoryEvidence, _ examination: Examination, _ reach: ([People]) -> Reach
    ) {
        guard policy.gates.contains(where: { policy.asksOwners($0) }) else { return nil }
        self.policy = policy
        self.repository = repository
        ownerless = reach([])
        file = (repository.signers.codeOwners?.value ?? nil)?.path ?? "CODEOWNERS"
        let unread = Unknown(
            cause: .notRead, subject: "what CODEOWNERS says", reason: "it was not read", cure: "look at what failed")
        var reaches: [String: Reach] = [:]
        lines = (repository.signers.ownerLines ?? .unknown(unread)).map { lines in
            lines?.map { line in
                let key = line.owners.map(\.description).sorted().joined(separator: " ")
                if reaches[key] == nil, reaches.count < Self.maximumReaches { reaches[key] = reach(line.owners) }
                return Line(
                    number: line.number, ownsEverything: line.ownsEverything, mayOwnAnything: line.mayOwnAnything,
                    problems: line.problems + line.owners.compactMap { examination.whyNobody($0, line.number) },
                    reach: reaches[key])
            }
        }
    }

    /// Judges a gate that asks code owners.
    func judge(
        _ gate: Gate, _ hold: NoDeadlock.Hold, _ outcome: inout CheckOutcome, _ found: inout NoDeadlock.Told
    ) {
        let subject = NoDeadlock.subject(gate, repository)
        // Whoever owns what is changed, others are enough.
        if ownerless.proves(gate) { return outcome.add(nil) }
        switch lines {
        case .unknown(let unknown): outcome.skip("\(subject): \(unknown.subject) is not known: \(unknown.reason)")
        case .known(nil): judge(gate, hold, "there is no CODEOWNERS file", &outcome, &found)
        case .known(.some(let lines)):
            if lines.isEmpty, policy.asksCodeOwners(gate) {
                judge(gate, hold, "`\(file)` has no line", &outcome, &found)
            } else {
                judge(gate, hold, lines, &outcome, &found)
            }
        }
    }

    /// Judges a gate where nobody owns anything.
    private func judge(
        _ gate: Gate, _ hold: NoDeadlock.Hold, _ why: String, _ outcome: inout CheckOutcome,
        _ found: inout NoDeadlock.Told
    ) {
        let subject = NoDeadlock.subject(gate, repository)
        let cure = Cure(
            .tell(
                "write a line such as `.* @acme/qa` into `\(file)` on `\(branch)` of `\(repository.name)`, or let the gate "
                    + "`\(gate.name)` ask others"), refire)
        switch ownerless.obstacle(gate) {
        case .nobody:
            outcome.examined += 1
            found.add(
                Finding(
                    hold.severity, subject, asked: [asked], answer: "\(why): nobody owns anything",
                    meaning: hold.meaning, blocks: blocks(gate, hold.severity), cure: cure))
        case .whenOpenedBy(let people):
            let answer = "\(why): nobody can meet the gate `\(gate.name)` when \(people.named) opens the pull request"
            outcome.examined += 1
            if hold.isWaivable { return outcome.told.append("\(subject): \(answer): it can be waived") }
            found.add(
                Finding(
                    .warning, subject, asked: [asked], answer: answer,
                    meaning: "on those this gate cannot be met: nobody signs for work of his own", cure: cure))
        case .beside, nil: outcome.skip("\(subject): \(why), and who else may sign is not known as a whole")
        }
    }

    /// Judges a gate by each line.
    private func judge(
        _ gate: Gate, _ hold: NoDeadlock.Hold, _ lines: [Line], _ outcome: inout CheckOutcome,
        _ found: inout NoDeadlock.Told
    ) {
        let subject = NoDeadlock.subject(gate, repository)
        let asksEach = policy.asksOwnersOfEachFile(gate)
        // One of the owners of any file is enough where those of every file can sign.
        if !asksEach, lines.contains(where: { $0.ownsEverything && $0.reach?.proves(gate) == true }) {
            return outcome.add(nil)
        }
        var stuck: [Line] = []
        var opened: [[Account]: [Line]] = [:]
        var open: [Line] = []
        for line in lines {
            switch line.reach?.obstacle(gate) {
            case .nobody: stuck.append(line)
            case .whenOpenedBy(let people): opened[people, default: []].append(line)
            case .beside: open.append(line)
            case nil: if line.reach?.proves(gate) != true { open.append(line) }
            }
        }
        outcome.examined += 1
        // Of a line that cannot be used as it stands another finding tells.
        let told = stuck.filter(\.problems.isEmpty)
        if !told.isEmpty {
            let isForAll = told.contains(where: \.mayOwnAnything) || !asksEach && stuck.count == lines.count
            let severity = isForAll ? hold.severity : .warning
            found.add(
                Finding(
                    severity, subject, asked: [asked],
                    answer: "nobody can meet the gate `\(gate.name)` by \(named(told))",
                    meaning: isForAll ? hold.meaning : "\(place(asksEach)): \(hold.meaning)",
                    blocks: blocks(gate, severity), cure: cure(told, "name more people who can sign")))
        }
        for (people, lines) in opened.sorted(by: { $0.value[0].number < $1.value[0].number }) {
            let answer =
                "nobody can meet the gate `\(gate.name)` by \(named(lines)) when \(people.named) opens the pull request"
            if hold.isWaivable {
                outcome.told.append("\(subject): \(answer): it can be waived")
                continue
            }
            found.add(
                Finding(
                    .warning, subject, asked: [asked], answer: answer,
                    meaning: "\(place(asksEach)): nobody signs for work of his own",
                    cure: cure(lines, "name others besides")))
        }
        if !open.isEmpty { outcome.skip("\(subject): who of \(named(open)) can sign is not known as a whole") }
        if policy.asksCodeOwners(gate), !lines.contains(where: \.ownsEverything) {
            outcome.skip("\(subject): a pull request may change only what no line of `\(file)` owns: then nobody signs")
        }
    }

    /// What is wrong with lines that cannot be used as they stand; nil for nothing.
    func fault(_ examination: Examination) -> Finding? {
        guard case .known(.some(let lines)) = lines else { return nil }
        let faulty = lines.filter { !$0.problems.isEmpty }
        guard !faulty.isEmpty else { return nil }
        let gates = policy.gates.filter { policy.asksOwners($0) && $0.mode(at: examination.now).enforces }
        let stuck = gates.filter { gate in
            faulty.contains { line in
                guard line.mayOwnAnything, case .nobody? = line.reach?.obstacle(gate) else { return false }
                return true
            }
        }
        let steps = faulty.flatMap { line in
            Set(line.problems.map(\.cure)).sorted().map { Cure.Step.tell("\(place(line)): \($0)") }
        }
        return Finding(
            stuck.isEmpty ? .warning : .blocking, "\(repository.name): \(file)", asked: [asked],
            answer: faulty.flatMap(\.problems).map(\.reason).joined(separator: "\n"),
            meaning:
                "a gate that asks code owners is `error` on a pull request that changes, or may change, what such a "
                + "line owns, until enough of those who are known have signed",
            blocks: stuck.isEmpty ? [] : [Blocked("\(repository.name)", stuck.map(\.name))],
            cure: Cure(steps + [refire]))
    }

    private var branch: String { (try? repository.rights.get())?.repository.defaultBranch ?? "the default branch" }
    private var asked: String { "`GET /repos/\(repository.name)/contents/\(file)` with `forge.token`, its owners" }
    private var refire: Cure.Step { .run("countersign refire \(repository.name) --all") }

    private func blocks(_ gate: Gate, _ severity: Severity) -> [Blocked] {
        severity == .blocking ? [Blocked(repository.name.description, [gate.name])] : []
    }

    private func place(_ line: Line) -> String {
        "in `\(file)` on `\(branch)` of `\(repository.name)`, line \(line.number)"
    }

    /// On which pull requests a line makes a difference.
    private func place(_ asksEach: Bool) -> String {
        "on a pull request that changes \(asksEach ? "" : "nothing but ")what such a line owns"
    }

    private func named(_ lines: [Line]) -> String {
        let shown = lines.prefix(Self.shownLines).map { "\($0.number)" }.joined(separator: ", ")
        let more = lines.count > Self.shownLines ? " and \(lines.count - Self.shownLines) more" : ""
        return "the owners of \(lines.count == 1 ? "line" : "lines") \(shown)\(more) of `\(file)`"
    }

    private func cure(_ lines: [Line], _ what: String) -> Cure {
        Cure(
            lines.prefix(Self.shownLines).map { Cure.Step.tell("\(place($0)): \(what)") }
                + [refire, .tell("or ask for fewer, or let others waive the gate")])
    }

    /// Lines that are named one by one.
    private static let shownLines = 5
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
