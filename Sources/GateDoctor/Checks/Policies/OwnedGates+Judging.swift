import GateForge
import GatePolicy

extension OwnedGates {
    /// Judges a gate that asks code owners.
    func judge(
        _ gate: Gate, _ hold: NoDeadlock.Hold, _ outcome: inout CheckOutcome, _ found: inout NoDeadlock.Told
    ) {
        let subject = NoDeadlock.subject(gate, repository)
        // Whoever owns what is changed, others are enough.
        if ownerless.proves(gate) { return outcome.add(nil) }
        switch lines {
        case .unknown(let unknown): outcome.skip("\(subject): \(unknown.subject) is not known: \(unknown.reason)")
        case .known(nil): judge(gate, hold, ownerless, "there is no CODEOWNERS file", &outcome, &found)
        case .known(.some(let lines)):
            if lines.isEmpty, !unowned.proves(gate) {
                judge(gate, hold, unowned, "`\(file)` has no line", &outcome, &found)
            } else {
                judge(gate, hold, lines, &outcome, &found)
            }
        }
    }

    /// Judges a gate where nobody owns anything.
    private func judge(
        _ gate: Gate, _ hold: NoDeadlock.Hold, _ nobodys: Reach, _ why: String, _ outcome: inout CheckOutcome,
        _ found: inout NoDeadlock.Told
    ) {
        let subject = NoDeadlock.subject(gate, repository)
        let cure = Cure(
            .tell(
                "write a line such as `.* @acme/qa` into `\(file)` on `\(branch)` of `\(repository.name)`, or let the gate "
                    + "`\(gate.name)` ask others"), refire)
        switch nobodys.obstacle(gate) {
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
        if !asksEach, !policy.asksAllOfCodeOwners(gate),
            lines.contains(where: { $0.ownsEverything && isProven(gate, $0) })
        {
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
            case nil: if !isProven(gate, line) { open.append(line) }
            }
        }
        outcome.examined += 1
        // Of a line that cannot be used as it stands another finding tells.
        let told = stuck.filter(\.problems.isEmpty)
        if !told.isEmpty {
            let isForAll = holdsAll(gate, lines)
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
        if policy.asksCodeOwners(gate), !unowned.proves(gate), !lines.contains(where: \.ownsEverything) {
            outcome.skip("\(subject): a pull request may change only what no line of `\(file)` owns: then nobody signs")
        }
    }

    private var branch: String { (try? repository.rights.get())?.repository.defaultBranch ?? "the default branch" }
    var asked: String { "`GET /repos/\(repository.name)/contents/\(file)` with `forge.token`, its owners" }
    var refire: Cure.Step { .run("countersign refire \(repository.name) --all") }

    private func blocks(_ gate: Gate, _ severity: Severity) -> [Blocked] {
        severity == .blocking ? [Blocked(repository.name.description, [gate.name])] : []
    }

    func place(_ line: Line) -> String {
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
