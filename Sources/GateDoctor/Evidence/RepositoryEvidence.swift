import GateForge
import GatePolicy
import GateService

/// What is known of a repository.
public struct RepositoryEvidence: Sendable {
    /// How it came to be looked at.
    public enum Origin: Sendable, Hashable {
        /// Somebody named it.
        case named
        /// It is in a list of its owner's, or of the service account's.
        case listed
        /// The service has worked for it.
        case worked
    }

    /// Its name.
    public var name: RepositoryName
    /// How it came to be looked at.
    public var origin = Origin.listed
    /// Whether the service's settings leave it out.
    public var isLeftOut = false
    /// Whether an administrator sees it, where the service account does not; nil where nobody was asked.
    public var isThere: Bool?
    /// What tells an administrator that it has gates, where the service account is not shown it: nil in it for nothing;
    /// nil where nobody was asked.
    public var gateSign: Result<String?, ForgeError>?
    /// What the service account may do in it.
    public var rights: Result<RepositoryRights, ForgeError>
    /// The policy for the branch; nil when it was not looked for.
    public var policy: PolicyAnswer?
    /// The further branch that this is about; nil for the default branch.
    public var furtherBranch: String?
    /// Whether that one is there because the policy of the default branch names it, or has a pattern for it.
    public var isSpokenOf = true
    /// Its default branch, or another one that something is gated on, as any reader is shown it.
    public var branch: Result<BranchAnswer?, ForgeError>?
    /// Its rules of protection; nil when nobody who is shown them was there to ask.
    public var rules: Result<[ProtectionRule], ForgeError>?
    /// Its webhooks; nil likewise.
    public var hooks: Result<[Webhook], ForgeError>?
    /// The pull requests that moved last.
    public var pulls: Result<[PullRequestSnapshot], ForgeError>?
    /// The newest status of each context on the head of the newest of them; nil without one.
    public var statuses: Result<[CommitStatus], ForgeError>?
    /// The pull request whose head that is.
    public var statusPull: Int64?
    /// Whether that one moved so lately that nobody had to look at it yet.
    public var isNewestYoung = false
    /// Heads of others, where the branch requires something that is not ours and not there.
    public var otherHeads: [HeadEvidence] = []
    /// How many of those heads have had the time to get all of their statuses.
    public var settledHeads = 0

    /// The names of its labels; nil where no gate waits for one.
    public var labels: Result<[String], ForgeError>?
    /// Whom it is shown to, where a gate asks for a team that is not given it; nil where nobody had to ask.
    public var viewers: Known<[Account]>?
    /// Who is in the sets that no team's list tells, as far as its gates ask for them.
    public var signers = Signers()

    /// The same for further branches that something is gated on, each with what is known of that one.
    public var others: [RepositoryEvidence] = []
    /// Why it is not known which branches its policy speaks of; nil where they were listed, or it names them.
    public var branchList: ForgeError?
    /// How many branches more it speaks of than were looked at.
    public var unseenBases = 0

    /// A repository.
    public init(_ name: RepositoryName, _ rights: Result<RepositoryRights, ForgeError>) {
        self.name = name
        self.rights = rights
    }

    /// Whether it is about the default branch.
    var isDefault: Bool {
        guard let base, let rights = try? rights.get() else { return true }
        return base.isExactly(rights.repository.defaultBranch)
    }

    /// The policy, when there is a valid one.
    var validPolicy: Policy? { if case .policy(let policy) = policy { policy } else { nil } }

    /// Whether there is something to gate, be its policy valid or not.
    var hasGates: Bool {
        switch policy {
        case .policy?, .broken?: true
        case .absent?, .unknown?, nil: false
        }
    }

    /// Whether it is known that the branch has no policy.
    var isWithoutPolicy: Bool { if case .absent? = policy { true } else { false } }

    /// Why it is not known whether something is gated on another of its branches; nil where it is.
    var whyGatesAreUnknown: String? {
        if case .failure(let error) = pulls {
            return "which branches pull requests are for is not known: \(error.reason)"
        }
        if let branchList { return "which branches it has is not known: \(branchList.reason)" }
        if unseenBases > 0 { return "\(unseenBases) branches more may have a policy" }
        for other in others {
            if case .unknown(let unknown)? = other.policy { return "\(other.base ?? ""): \(unknown.reason)" }
        }
        return nil
    }

    /// Whether there is something to gate on any of the branches that were looked at.
    var isGatedSomewhere: Bool { hasGates || others.contains(where: \.hasGates) }

    /// Whether there is more to say of the branch than that it has no policy.
    var isLookedAt: Bool {
        !isWithoutPolicy || protectedBranch?.asksForUs == true
    }

    /// The open pull request that what is merged into the branch waits in; nil where there is none.
    var carrier: Int64? {
        guard let base else { return nil }
        return ((try? pulls?.get()) ?? []).map(\.pullRequest).first {
            $0.isOpen && $0.forkOwner == nil && $0.headBranch.isExactly(base)
        }?.number
    }

    /// The branch's name.
    var base: String? {
        (try? branch?.get())?.name ?? furtherBranch ?? (try? rights.get())?.repository.defaultBranch
    }

    /// The heads whose statuses were read for the branch, that of the newest pull request first.
    var readHeads: [HeadEvidence] {
        guard let statusPull, let statuses else { return otherHeads }
        return [HeadEvidence(pull: statusPull, statuses: statuses)] + otherHeads
    }

    /// The open pull requests into the branch, of those that moved last.
    var openPulls: [PullRequestSnapshot] {
        guard let base else { return [] }
        return ((try? pulls?.get()) ?? []).filter {
            $0.pullRequest.isOpen && $0.pullRequest.baseBranch.isExactly(base)
        }
    }

    /// The people that a gate speaks of.
    func people(of gate: Gate) -> [People] { validPolicy?.people(of: gate) ?? [] }

    /// The teams that a gate asks about.
    func teams(of gate: Gate) -> [TeamReference] { teams(in: people(of: gate)) }

    /// The teams that a change of the policy asks about.
    var teamsOfChanges: [TeamReference] { teams(in: validPolicy?.peopleOfChanges ?? []) }

    /// The teams that the policy asks about.
    var teams: [TeamReference] { (validPolicy?.gates.flatMap { teams(of: $0) } ?? []) + teamsOfChanges }

    private func teams(in people: [People]) -> [TeamReference] {
        var seen: Set<TeamReference> = []
        return people.flatMap { $0.teams(in: name.owner) }.filter { seen.insert($0).inserted }
    }

    /// Where its own policy is, or would be where several repositories share one.
    var policyPath: String {
        guard let file = validPolicy?.file, !PolicyPlace.isShared(file) else {
            return PolicyPath.inOrder.first?.description ?? ""
        }
        return file
    }

    /// The required patterns that nothing of ours answers, and nothing on the heads that were looked at.
    var lonelyPatterns: [ForgeGlob] {
        let contexts = ourContexts + shownContexts
        let orphans = orphanedPatterns
        return requiredPatterns.filter(\.compiles).filter { pattern in
            orphans.contains(pattern) || !contexts.contains { pattern.matches($0) }
        }
    }

    /// The required patterns that ask for something of ours where no policy makes us post it: what was posted while there
    /// was one stays on its head, and comes on no other.
    var orphanedPatterns: [ForgeGlob] {
        guard case .absent? = policy, let base else { return [] }
        let summary = Policy.summaryContext(base: base)
        let others = shownContexts.filter { !$0.isOfOurs }
        let heads = [statuses].compactMap(\.self) + otherHeads.map(\.statuses)
        let areRead = !heads.isEmpty && heads.allSatisfy { if case .success = $0 { true } else { false } }
        return requiredPatterns.filter(\.compiles).filter { pattern in
            if pattern.text.isOfOurs { return !others.contains { pattern.matches($0) } }
            // Others may post what a wider one asks for, where nobody could look.
            return areRead && pattern.matches(summary) && !others.contains { pattern.matches($0) }
        }
    }

    /// The contexts on the heads that were looked at.
    private var shownContexts: [String] {
        ([statuses] + otherHeads.map(\.statuses)).flatMap { ((try? $0?.get()) ?? nil) ?? [] }.map(\.context)
    }

    /// The contexts that we post for the branch, the summary first.
    var ourContexts: [String] {
        guard hasGates, let base else { return [] }
        return [Policy.summaryContext(base: base)]
            + (validPolicy?.gates.compactMap { $0.contextName(base: base) } ?? [])
    }

    var errors: [ForgeError] {
        var errors: [ForgeError] = []
        func note<Value>(_ result: Result<Value, ForgeError>?) {
            if case .failure(let error) = result { errors.append(error) }
        }
        note(rights)
        note(gateSign)
        note(branch)
        note(rules)
        note(hooks)
        note(pulls)
        note(statuses)
        note(labels)
        for head in otherHeads { note(head.statuses) }
        if let branchList { errors.append(branchList) }
        return errors + others.flatMap(\.errors)
    }
}

/// The newest status of each context on a pull request's head.
public struct HeadEvidence: Sendable {
    /// The pull request.
    public var pull: Int64
    /// The statuses.
    public var statuses: Result<[CommitStatus], ForgeError>

    /// A head.
    public init(pull: Int64, statuses: Result<[CommitStatus], ForgeError>) {
        self.pull = pull
        self.statuses = statuses
    }
}

extension People {
    /// The teams in it.
    func teams(in organization: String) -> [TeamReference] {
        switch self {
        case .team(let team, _): [team]
        case .organizationTeam(let name, _): [TeamReference(organization: organization, name: name)]
        case .group(_, let people): people.teams(in: organization)
        case .union(let parts), .intersection(let parts): parts.flatMap { $0.teams(in: organization) }
        case .difference(let left, let right): left.teams(in: organization) + right.teams(in: organization)
        default: []
        }
    }

    /// The logins in it, in lower case, those that are taken away among them.
    var logins: [String] {
        if case .difference(let left, let right) = self { return left.logins + right.logins }
        return signers(\.logins)
    }

    /// The logins of those whom it lets sign, in lower case.
    var signers: [String] {
        if case .difference(let left, _) = self { return left.signers }
        return signers(\.signers)
    }

    private func signers(_ inside: (People) -> [String]) -> [String] {
        switch self {
        case .user(let name, _): [name.lowercased()]
        case .group(_, let people): inside(people)
        case .union(let parts), .intersection(let parts): parts.flatMap(inside)
        default: []
        }
    }
}

extension String {
    /// Whether a context is named as we name ours, or a pattern asks for one that is.
    var isOfOurs: Bool { hasPrefix("countersign: ") || hasPrefix("countersign/") }
}
