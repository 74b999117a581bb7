import GateForge
import GatePolicy

extension NoDeadlock {
    /// Judges whether somebody can sign a change of the policy.
    static func judgeChange(
        _ outlook: Outlook, _ examination: Examination, _ outcome: inout CheckOutcome, _ found: inout Told
    ) {
        let (policy, repository) = (outlook.policy, outlook.repository)
        let asked = policy.asAskedOfChanges
        guard var gate = asked.gates.first, policy.change.require != nil else { return }
        gate.span.file = policy.file
        let subject = "\(repository.name)\(repository.isDefault ? "" : ": \(repository.base ?? "")"): \(gate.name)"
        let hidden = examination.hidden(repository.teamsOfChanges)
        // Of a team that is gone or empty another check tells.
        guard !hidden.isEmpty || !examination.lacksMembers(repository.teamsOfChanges) else { return }
        let unread = hidden.map { "the members of `\($0)` are not known" } + examination.unread(policy.peopleOfChanges)
        guard unread.isEmpty else {
            for reason in unread { outcome.skip(reason) }
            return
        }
        let owners: Owners
        switch Owners.known(gate, asked, repository) {
        case .unknown(let unknown):
            return outcome.skip("\(subject): \(unknown.subject) is not known: \(unknown.reason)")
        case .known(let known): owners = known
        }
        let bases = repository.base.map { [$0] }
        func obstacles(_ facts: Facts, among people: [People], _ isOwner: (People) -> Bool) -> [Feasibility] {
            owners.suppositions(asked, among: people, isOwner).flatMap {
                $0.obstacles(facts, openedBy: [], into: bases)
            }
        }
        if let obstacle = obstacles(outlook.people, among: owners.certain, { _ in true }).first {
            outcome.examined += 1
            // Who changes other files besides may have other owners.
            let isForAll = !obstacles(outlook.people, among: owners.all, { _ in true }).isEmpty
            return found.add(
                finding(obstacle, owners, isForAll: isForAll, subject, outlook, examination), gate, repository)
        }
        // The only writer there is may sign his own: of that rule nothing more has to be known.
        guard !policy.change.asksForOneWriter else { return }
        if let seeing = outlook.seeing, !obstacles(seeing, among: owners.certain, { _ in true }).isEmpty {
            let teams = repository.teamsOfChanges
            guard let viewers = repository.viewers?.value else {
                return outcome.skip("\(subject): \(unseen(teams, repository, examination))")
            }
            outcome.examined += 1
            return found.add(
                unshown(
                    .blocking, subject, teams, viewers, gate.name,
                    meaning: "a pull request that changes the policy can never be merged", repository, examination),
                gate, repository)
        }
        let isTold = { examination.isTold($0, by: outlook.fewest) }
        let isOpen =
            !obstacles(outlook.fewest, among: owners.certain, isTold).isEmpty
            || asked.asksAllOfCodeOwners(gate) && !(owners.isReadable && owners.certain.allSatisfy(isTold))
            || asked.asked(by: gate).contains(where: \.takesAwayWhoIsNotTold)
        if isOpen {
            outcome.skip("\(subject): who can sign a change of the policy is not known as a whole")
        } else if let reason = outlook.whyOpen(policy.peopleOfChanges) {
            outcome.skip(reason)
        } else {
            outcome.add(nil)
        }
    }

    private static func finding(
        _ obstacle: Feasibility, _ owners: Owners, isForAll: Bool, _ subject: String, _ outlook: Outlook,
        _ examination: Examination
    ) -> Finding {
        let (policy, repository) = (outlook.policy, outlook.repository)
        return Finding(
            isForAll ? .blocking : .warning, subject, asked: ["the policy, the teams' members"] + owners.asked,
            answer: obstacle.wording + owners.told.map { "; \($0)" }.joined(),
            meaning: "a pull request that changes \(isForAll ? "" : "nothing but ")the policy can never be merged",
            blocks: isForAll ? [Blocked("\(repository.name)", [obstacle.gate])] : [],
            cure: Cure(
                .tell(
                    PolicyPlace(of: policy.file, in: repository).file(policy.file, examination) + ": name more people "
                        + "under `policy.require`; as this one cannot be signed, an administrator has to merge it past "
                        + "the gate"),
                .run("countersign refire \(repository.name) --all")))
    }

    /// Who owns the policy: a pull request that changes it changes its file, and maybe nothing else.
    private struct Owners {
        /// What was asked of the forge; empty where the rule asks no owners.
        var asked: [String] = []
        /// What came back.
        var told: [String] = []
        /// Owners by lines that own the file, or may; a nil in it where none does, nil where the rule asks no owners.
        var lines: [[People]?]?
        /// Those who certainly own it.
        var certain: [People] = []
        /// Those who certainly own any file.
        var all: [People] = []
        /// Whether each of those lines can be used as it stands.
        var isReadable = true

        /// - Parameter policy: as asked of changes.
        static func known(_ gate: Gate, _ policy: Policy, _ repository: RepositoryEvidence) -> Known<Owners> {
            guard policy.asksOwners(gate) else { return .known(Owners()) }
            let path = repository.policyPath
            guard let read = repository.signers.codeOwners else {
                return .unknown(
                    Unknown(
                        cause: .notRead, subject: "what CODEOWNERS says", reason: "it was not read",
                        cure: "look at what failed"))
            }
            switch read {
            case .unknown(let unknown): return .unknown(unknown)
            case .known(nil):
                return .known(
                    Owners(asked: [ask("CODEOWNERS", repository)], told: ["there is no CODEOWNERS file"], lines: [[]]))
            case .known(let file?):
                let everybody = file.lines.value?.flatMap(\.certainOwners) ?? []
                return file.lines(owning: path).map { lines in
                    let numbers = lines.map { "\($0.number)" }.joined(separator: ", ")
                    let told =
                        lines.isEmpty
                        ? "no line of `\(file.path)` owns `\(path)`"
                        : "line\(lines.count == 1 ? "" : "s") \(numbers) of `\(file.path)` "
                            + "\(lines.count == 1 ? "owns" : "own") `\(path)`"
                    return Owners(
                        asked: [ask(file.path, repository)],
                        told: [told] + lines.flatMap(\.problems).map(\.reason),
                        lines: lines.isEmpty ? [nil] : lines.map(\.owners), certain: lines.flatMap(\.certainOwners),
                        all: everybody,
                        isReadable: lines.allSatisfy(\.problems.isEmpty))
                }
            }
        }

        private static func ask(_ file: String, _ repository: RepositoryEvidence) -> String {
            "`GET /repos/\(repository.name)/contents/\(file)` with `forge.token`"
        }

        /// What the rule asks, by each line, where `codeowners` are among some people.
        func suppositions(_ policy: Policy, among people: [People], _ isOwner: (People) -> Bool) -> [Policy] {
            guard let lines else { return [policy] }
            return lines.map { policy.owned(by: people.filter(isOwner), each: $0?.filter(isOwner)) }
        }
    }
}
