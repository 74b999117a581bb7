import GateForge
import GatePolicy

/// Policy, facts, verdict: reads, and writes nothing; checks, explanations and simulations use it alone.
public struct Decider: Sendable {
    let forge: ForgeClient
    /// What an administrator lets policies do.
    public let settings: DecidingSettings
    let policies: PolicySource
    /// Whether verdicts are asked what they would be if something happened, for which more is read.
    let supposes: Bool
    /// Whether commands are obeyed that no gate asks for.
    let hears: Bool
    let now: @Sendable () -> Timestamp

    /// A decider.
    /// - Parameters:
    ///   - policyOverride: the text and name of a policy to use instead of the base branch's.
    ///   - supposes: whether verdicts are asked what they would be if something happened.
    ///   - hears: whether comments are read for their commands, whether or not a gate asks for them.
    ///   - now: the time of an evaluation.
    public init(
        _ forge: ForgeClient, _ settings: DecidingSettings, policyOverride: (text: [UInt8], file: String)? = nil,
        supposes: Bool = false, hears: Bool = false, now: @escaping @Sendable () -> Timestamp
    ) {
        self.forge = forge
        self.supposes = supposes
        self.hears = hears
        self.settings = settings
        self.policies = PolicySource(forge: forge, settings: settings, override: policyOverride)
        self.now = now
    }

    /// The CODEOWNERS file of a repository's default branch; a known nil when it provably has none.
    /// - Parameter commit: the branch's commit.
    public func codeOwners(of repository: Repository, at commit: CommitID) async -> Known<CodeOwnersFile?> {
        var facts = Facts.ofPeople(in: repository, now: now())
        facts.pullRequest.base = commit
        return await CodeOwnersReader(forge: forge).file(facts)
    }

    /// What the policy says of a pull request; never throws, so that somebody can always say why not.
    /// - Parameters:
    ///   - snapshot: the pull request as it was just read; without it, it is read now.
    ///   - recollection: what was once seen of it.
    public func decide(
        _ subject: Subject, _ snapshot: PullRequestSnapshot? = nil, serviceAccount: Account? = nil,
        recollection: Recollection = .none
    ) async -> Decision {
        var latest = snapshot
        for attempt in 0..<settings.maximumAttempts {
            if attempt > 0 || latest == nil {
                do {
                    latest = try await forge.pullRequest(subject.repository, subject.number)
                } catch {
                    let unknown = error.unknown(subject: "what `\(subject)` is")
                    return unread(subject, latest, unknown, isPolicyThere: attempt > 0)
                }
            }
            if let latest, let decision = await decide(subject, latest, serviceAccount, recollection) {
                return decision
            }
        }
        return unread(subject, latest, Self.moving, isPolicyThere: true)
    }

    /// - Parameter isPolicyThere: whether it was tried before: only what a policy asks for can move.
    private func unread(
        _ subject: Subject, _ latest: PullRequestSnapshot?, _ unknown: Unknown, isPolicyThere: Bool
    ) -> Decision {
        var decision = Decision(subject: subject, snapshot: latest, result: .undecided([unknown]))
        decision.isPolicyThere = isPolicyThere
        return decision
    }

    /// One attempt; nil when the pull request changed meanwhile.
    private func decide(
        _ subject: Subject, _ snapshot: PullRequestSnapshot, _ account: Account?, _ recollection: Recollection
    ) async -> Decision? {
        // The timeline is read before anything that depends on the base: a change of it and back shows at the end.
        async let timeline = FactsLoader.timeline(forge, subject)
        async let found = policies.find(of: snapshot)
        let finding = await found
        let opening = Instant(snapshot: snapshot, timeline: await timeline)
        var decision = await decide(subject, by: finding.answer, opening, account, recollection)
        decision?.policyMark = finding.answer.mark
        decision?.policyBranch = finding.branch
        decision?.isByOlderPolicy = finding.isOlder
        decision?.isPolicyThere = finding.isThere
        return decision
    }

    private func decide(
        _ subject: Subject, by answer: PolicySource.Answer, _ opening: Instant, _ account: Account?,
        _ recollection: Recollection
    ) async -> Decision? {
        func end(_ result: Decision.Result, _ warnings: [Diagnostic] = []) -> Decision {
            Decision(subject: subject, snapshot: opening.snapshot, result: result, warnings: warnings)
        }
        switch answer {
        case .absent: return end(.unmanaged)
        case .broken(let broken): return await repair(broken, subject, opening, account, recollection)?.decision
        case .unknown(let unknown): return end(.undecided([unknown]))
        case .policy(let policy):
            let refused = policy.gates.refusedContexts(settings.allowedContexts)
            if !refused.isEmpty {
                return await repair(BrokenPolicy(policy, refused), subject, opening, account, recollection)?.decision
            }
            let loader = FactsLoader(forge: forge, settings: settings, hears: hears)
            switch await loader.load(
                policy, opening, serviceAccount: account, now: now(), recollection: recollection)
            {
            case .moved: return nil
            case .unknown(let unknown): return end(.undecided([unknown]), policy.warnings)
            case .facts(let facts, let drafts, let timeline):
                var verdict = await policy.evaluated(facts, settings)
                let warnings = policy.warnings + verdict.goneNames
                let reasons = await policy.reasonsForRepair(verdict, facts)
                var basis = Basis(policy: policy, facts: facts)
                if !reasons.isEmpty {
                    let broken = BrokenPolicy(policy, reasons)
                    guard var mended = await repair(broken, subject, opening, account, recollection) else {
                        return nil
                    }
                    mended.decision.warnings = warnings
                    guard verdict.mistakes.isEmpty else { return mended.decision }
                    // Whoever does not mend a policy that is valid is judged by it alone.
                    if case .verdict(let repair) = mended.decision.result { verdict = verdict.repaired(by: repair) }
                    basis.repair = mended.repair
                } else if supposes, verdict.mayTakeARepair {
                    // Nothing is mended as things are; what is supposed may change that.
                    let broken = BrokenPolicy(policy, verdict.goneNames)
                    basis.repair = await repair(broken, subject, opening, account, recollection)?.repair
                }
                var decision = end(.verdict(verdict), warnings)
                decision.drafts = drafts
                decision.basis = basis
                decision.timeline = timeline
                return decision
            }
        }
    }

    /// Tells the policy that applies now from others; nil when it is not known.
    func policyMark(of snapshot: PullRequestSnapshot) async -> String? {
        await policies.policy(of: snapshot).mark
    }

    private static let moving = Unknown(
        cause: .moving, subject: "what the pull request is", reason: "the pull request keeps changing",
        cure: "run the check again when it has come to rest")
}

extension [Gate] {
    /// Contexts of their own that the settings do not allow.
    func refusedContexts(_ allowed: [DecidingSettings.AllowedContext]) -> [Diagnostic] {
        compactMap { gate in
            guard case .custom(let context) = gate.context, !allowed.contains(where: { $0.context.isExactly(context) })
            else {
                return nil
            }
            return Diagnostic(
                span: gate.span, message: "the context `\(context)` of the gate `\(gate.name)` is not allowed here",
                hint: "an administrator must add it to `contexts.allow`, or leave `context` out")
        }
    }
}

extension PolicySource.Answer {
    /// Tells answers apart; nil for one that is not known.
    var mark: String? {
        switch self {
        case .policy(let policy): policy.digest
        case .absent: "absent"
        case .broken(let broken): "broken: " + broken.diagnostics.map(\.rendered).joined()
        case .unknown: nil
        }
    }
}
