extension Evaluation {
    /// A question about one account whose answer is not known: the same question has the same answer everywhere.
    enum Atom: Hashable {
        case team(TeamReference)
        case committer(CommitterRule)
        case organizationMember, reader, writer, admin
        case user(String)
        /// What a line of CODEOWNERS that cannot be read says of the account; 0 for the whole file.
        case codeOwner(line: Int)
    }

    /// The answers an atom is assumed to have while completions are tried out.
    typealias Assumption = [Atom: Bool]

    /// The questions about one person that had no answer.
    private struct OpenQuestions {
        var reasons: [Atom: Set<Unknown>] = [:]
        /// How often any of them was asked.
        var asked = 0
        /// Whether a deactivated account is in the teams that list it.
        var evenInactive = false
    }

    /// Above so many open questions about one person, Kleene's answer is taken instead of trying all completions.
    static let maximumAtoms = 10

    /// Whether an account is in a set that a condition names: where that can only ask for more, being deactivated lets
    /// nobody off.
    mutating func membership(of account: Account, in people: People, where polarity: Polarity) -> Truth {
        membership(of: account, in: PlannedPeople(people: people, number: nil), where: polarity)
    }

    /// The same of a set of the plan.
    mutating func membership(of account: Account, in set: PlannedPeople, where polarity: Polarity) -> Truth {
        membership(of: account, in: set, negative: polarity == .hinders, evenInactive: polarity == .hinders)
    }

    /// Whether an account is in a set; exact where at most ten questions are open.
    /// - Parameters:
    ///   - negative: whether more people in the set could hold a gate back; a name that is gone is then unknown.
    ///   - evenInactive: whether a deactivated account is in the teams that list it.
    mutating func membership(
        of account: Account, in people: People, negative: Bool = false, evenInactive: Bool = false
    ) -> Truth {
        membership(
            of: account, in: PlannedPeople(people: people, number: nil), negative: negative, evenInactive: evenInactive)
    }

    /// The same of a set of the plan.
    mutating func membership(
        of account: Account, in set: PlannedPeople, negative: Bool = false, evenInactive: Bool = false
    ) -> Truth {
        let people = set.people
        guard account.isReal, evenInactive || account.isActive != false else { return .no }
        // A team that is gone resolves to nothing; other names need a closer look where more people could do harm.
        if !negative || people.namesOnlyTeams, let resolved = resolve(set) {
            let isIn = resolved.contains(account)
            if isIn || !evenInactive || resolved.isWhole { return Truth(isIn) }
        }
        var open = OpenQuestions(evenInactive: evenInactive)
        let answer = contains(people, account, negative: negative, assuming: [:], open: &open)
        // Where each question was asked once, Kleene's answer is exact.
        guard case .unknown = answer, open.asked > open.reasons.count, open.reasons.count <= Self.maximumAtoms else {
            return answer
        }
        let atoms = Array(open.reasons.keys)
        var seen: Set<Bool> = []
        for completion in 0..<(1 << atoms.count) {
            var assumption: Assumption = [:]
            for (index, atom) in atoms.enumerated() { assumption[atom] = completion & (1 << index) != 0 }
            var none = OpenQuestions(evenInactive: evenInactive)
            switch contains(people, account, negative: negative, assuming: assumption, open: &none) {
            case .yes: seen.insert(true)
            case .no: seen.insert(false)
            case .unknown: return answer
            }
            if seen.count == 2 { return answer }
        }
        return Truth(seen.contains(true))
    }

    /// Every combination of places that an account may turn out to be able to fill, as the sets' bits, and why there is
    /// more than one; a superset of them where more than ten questions are open.
    mutating func memberships(of account: Account, in sets: [SetQuestion]) -> (Set<UInt64>, Set<Unknown>) {
        guard account.isReal, account.isActive != false else { return ([0], []) }
        var open = OpenQuestions()
        let (certain, possible) = bits(sets, account, assuming: [:], open: &open)
        if certain == possible { return ([certain], []) }
        let reasons = open.reasons.values.reduce(into: Set()) { $0.formUnion($1) }
        if open.reasons.count > Self.maximumAtoms { return ([certain, possible], reasons) }
        let atoms = Array(open.reasons.keys)
        var found: Set<UInt64> = []
        for completion in 0..<(1 << atoms.count) {
            var assumption: Assumption = [:]
            for (index, atom) in atoms.enumerated() { assumption[atom] = completion & (1 << index) != 0 }
            var none = OpenQuestions()
            let (certain, possible) = bits(sets, account, assuming: assumption, open: &none)
            found.formUnion([certain, possible])
        }
        return (found, reasons)
    }

    private mutating func bits(
        _ sets: [SetQuestion], _ account: Account, assuming: Assumption, open: inout OpenQuestions
    ) -> (certain: UInt64, possible: UInt64) {
        var (certain, possible): (UInt64, UInt64) = (0, 0)
        for set in sets {
            let truth = contains(set.people, account, negative: set.negative, assuming: assuming, open: &open)
            if truth == .yes { certain |= set.bits }
            if truth != .no { possible |= set.bits }
        }
        return (certain, possible)
    }

    private mutating func contains(
        _ people: People, _ account: Account, negative: Bool, assuming: Assumption, open: inout OpenQuestions
    ) -> Truth {
        switch people {
        case .nobody: return .no
        case .anyone: return .yes
        case .author: return Truth(account == facts.pullRequest.author)
        case .group(_, let meaning):
            return contains(meaning, account, negative: negative, assuming: assuming, open: &open)
        case .union(let parts):
            var result = Truth.no
            for part in parts {
                result = result || contains(part, account, negative: negative, assuming: assuming, open: &open)
            }
            return result
        case .intersection(let parts):
            var result = Truth.yes
            for part in parts {
                result = result && contains(part, account, negative: negative, assuming: assuming, open: &open)
            }
            return result
        case .difference(let left, let right):
            let inLeft = contains(left, account, negative: negative, assuming: assuming, open: &open)
            if inLeft == .no { return .no }
            return inLeft && !contains(right, account, negative: !negative, assuming: assuming, open: &open)
        case .user(let login, _):
            if account.login.lowercased() == login.lowercased() {
                guard let changed = changed("@\(login)", to: account.id) else { return .yes }
                return ask(.user(login.lowercased()), assuming, &open) { _ in .unknown([changed]) }
            }
            return negative ? ask(.user(login.lowercased()), assuming, &open) { $0.isRenamed(account, login) } : .no
        case .team(let team, _):
            return asks(team, account, negative: negative, assuming: assuming, open: &open)
        case .organizationTeam(let name, _):
            let team = TeamReference(organization: facts.repository.name.owner, name: name)
            return asks(team, account, negative: negative, assuming: assuming, open: &open)
        case .committers(let rule):
            return ask(.committer(rule), assuming, &open) { $0.isCommitter(account, rule) }
        case .organizationMembers:
            return ask(.organizationMember, assuming, &open) { evaluation in
                Truth(evaluation.organizationMembers().map { $0.contains(account) })
            }
        case .readers: return ask(.reader, assuming, &open) { $0.isReader(account) }
        case .writers: return ask(.writer, assuming, &open) { $0.holdsRight(account, $0.facts.writers, .writers) }
        case .admins: return ask(.admin, assuming, &open) { $0.holdsRight(account, $0.facts.admins, .admins) }
        case .codeOwners: return owns(account, negative: negative, assuming: assuming, open: &open)
        }
    }

    /// Whether an account owns any changed file.
    private mutating func owns(
        _ account: Account, negative: Bool, assuming: Assumption, open: inout OpenQuestions
    ) -> Truth {
        switch ownership() {
        case .unknown(let unknown): return ask(.codeOwner(line: 0), assuming, &open) { _ in .unknown([unknown]) }
        case .known(let ownership):
            var truth = Truth.no
            for match in ownership?.matches ?? [] {
                let owners = People.union(match.rule.owners)
                let isNamed = contains(owners, account, negative: negative, assuming: assuming, open: &open)
                let doubts = doubts(of: match)
                let isReadable = match.rule.expression != nil && match.doubt == nil
                if doubts.isEmpty || (isReadable && isNamed == .yes) {
                    truth = truth || isNamed
                } else {
                    // An owner that cannot be read may be anybody, and so may the files be any.
                    truth = truth || ask(.codeOwner(line: match.rule.line), assuming, &open) { _ in .unknown(doubts) }
                }
            }
            return truth
        }
    }

    private mutating func ask(
        _ atom: Atom, _ assuming: Assumption, _ open: inout OpenQuestions, _ answer: (inout Evaluation) -> Truth
    ) -> Truth {
        if let assumed = assuming[atom] { return Truth(assumed) }
        let truth = answer(&self)
        if case .unknown(let unknowns) = truth {
            open.reasons[atom, default: []].formUnion(unknowns)
            open.asked += 1
        }
        return truth
    }

    private mutating func asks(
        _ team: TeamReference, _ account: Account, negative: Bool, assuming: Assumption, open: inout OpenQuestions
    ) -> Truth {
        let evenInactive = open.evenInactive
        return ask(.team(team), assuming, &open) {
            $0.isMember(account, of: team, negative: negative, evenInactive: evenInactive)
        }
    }

    private mutating func isMember(
        _ account: Account, of team: TeamReference, negative: Bool, evenInactive: Bool
    ) -> Truth {
        switch teamID(team) {
        case .unknown(let unknown): return .unknown([unknown])
        case .known(nil):
            // Nobody where more people could only help; on the right of `-` it must not make everybody eligible.
            return negative ? .unknown([goneName("team `\(team.name)` of `\(team.organization)`")]) : .no
        case .known(.some(let id)):
            switch members(of: id, team) {
            case .unknown(let unknown): return .unknown([unknown])
            case .known(let members):
                if let listed = members.listed.first(where: { $0 == account }) {
                    return Truth(evenInactive || listed.isActive != false)
                }
                return members.incomplete.map { .unknown([$0]) } ?? .no
            }
        }
    }

    /// Whether a written login is another name of an account; unknown when the login names nobody any more.
    private mutating func isRenamed(_ account: Account, _ login: String) -> Truth {
        switch user(login) {
        case .known(.some(let user)): Truth(user == account)
        case .known(nil): .unknown([goneName("user `\(login)`")])
        case .unknown(let unknown): .unknown([unknown])
        }
    }

    private mutating func holdsRight(_ account: Account, _ holders: RightHolders?, _ need: Need) -> Truth {
        guard let holders else {
            needs.insert(need)
            return .unknown([
                Unknown(
                    cause: .notRead,
                    subject: need == .admins ? "who administers the repository" : "who may write the code",
                    reason: "it was not read yet",
                    cure: "run the check again")
            ])
        }
        if holders.proven.contains(account) { return .yes }
        if let possible = holders.possible, !possible.contains(account) { return .no }
        return .unknown([holders.unknown])
    }

    /// Of a private repository only those are known to read it who may write its code.
    private mutating func isReader(_ account: Account) -> Truth {
        guard facts.repository.isPrivate, facts.admins?.proven.contains(account) != true else { return .yes }
        let writes = holdsRight(account, facts.writers, .writers)
        guard writes != .yes, facts.writers != nil else { return writes }
        return .unknown([
            Unknown(
                cause: .notTold, subject: "who may read the repository",
                reason: "the forge tells only repository administrators, and shows us no right to write its code",
                cure: "name a team instead of `readers`")
        ])
    }
}
