import GateForge
import GatePolicy
import GateStore
import Logging

/// The door of the service: hints go in, the dirty set is worked off, one step at a time.
///
/// Nothing here runs by itself: the loops (`Worker`, `Reconciler`) and the tests call the same steps.
public struct Gatekeeper: Sendable {
    /// What is remembered.
    public let store: Store
    /// The forge.
    public let forge: ForgeClient
    /// How it works.
    public let settings: GateSettings
    let decider: Decider
    let clock: GateClock
    let heads: HeadTurns
    let budget: CallBudget
    let schedule: ReconcileSchedule
    let memory: FactsMemory
    let posts: OwnPosts
    /// Rung when something was marked; the worker hears it.
    public let bell: Bell
    let logger: Logger

    /// A gate.
    public init(
        _ store: Store, _ forge: ForgeClient, _ settings: GateSettings, clock: GateClock,
        logger: Logger = Logger(label: "countersign")
    ) {
        self.store = store
        self.forge = forge
        self.settings = settings
        self.decider = Decider(forge, settings.deciding, hears: true, now: { clock.now().timestamp })
        self.clock = clock
        self.heads = HeadTurns()
        self.budget = CallBudget(perSecond: settings.backgroundCalls)
        self.schedule = ReconcileSchedule()
        self.memory = FactsMemory()
        self.posts = OwnPosts()
        self.bell = Bell()
        self.logger = logger
    }

    /// The same service with other settings, or other tokens: what it remembers and what is under way stays.
    public func with(_ forge: ForgeClient, _ settings: GateSettings) -> Gatekeeper {
        Gatekeeper(self, forge, settings)
    }

    private init(_ other: Gatekeeper, _ forge: ForgeClient, _ settings: GateSettings) {
        store = other.store
        self.forge = forge
        self.settings = settings
        decider = Decider(
            forge, settings.deciding, hears: true, now: { [clock = other.clock] in clock.now().timestamp })
        clock = other.clock
        heads = other.heads
        budget = CallBudget(perSecond: settings.backgroundCalls)
        // Other settings may read policies differently, and another token may see something else. The rest leaves it:
        // a forge with thousands of open pull requests takes long to be read anew.
        let isTheSame = settings.deciding == other.settings.deciding && forge.settings.asks(like: other.forge.settings)
        memory = isTheSame ? other.memory : other.memory.renewed()
        // What was not looked at by these is looked at as after a start.
        let isListed = isTheSame && settings.repositories == other.settings.repositories
        schedule = isListed ? other.schedule : ReconcileSchedule()
        posts = other.posts
        bell = other.bell
        logger = other.logger
    }

    /// Takes a delivery's hint; when this returns, what it asks for is in the store's file.
    /// - Parameter delivery: the forge's name for the delivery: it stands in every log line until the status.
    public func accept(_ hint: WebhookHint, delivery: String) async throws(StoreError) {
        try store.requireSound()
        if hint.repository.name.lowercased() == OrganizationFile.repository { try await wakeOwner(hint) }
        guard settings.repositories.contains(hint.repository) else { return }
        func one(_ target: Mark.Target) -> Mark {
            Mark(hint.repository, target, cause: hint.cause, correlation: delivery)
        }
        let marks: [Mark]
        switch hint.target {
        case .pullRequest(let number): marks = [one(.pull(number))]
        case .branch(let name):
            let isBase = try await store.isBase(name, of: hint.repositoryID)
            return try await mark([one(.branch(name))], after: isBase ? .zero : Self.settling)
        case .repository: marks = [one(.repository)]
        case .commit(let commit, let context, let state):
            // Our own posts come back as events: they say nothing new, unless another process has our token.
            if let sender = hint.senderID, sender == forge.knownUser?.id,
                posts.hear(state, context, on: commit, of: hint.repositoryID)
            {
                return
            }
            let numbers = try await store.pullsReadingStatuses(hint.repositoryID, head: commit, all: isOurs(context))
            marks = numbers.map { one(.pull($0)) }
        }
        try await mark(marks)
    }

    /// How long a push to a branch that nothing goes into waits: meanwhile the forge tells of the pull requests that come
    /// from it, each by a delivery of its own, and the list then shows nothing new.
    static let settling = Duration.seconds(1)

    /// The time.
    public func now() -> Moment { clock.now() }

    /// Marks something by hand: `countersign refire`, the operator's door.
    public func refire(_ repository: RepositoryName, _ target: Mark.Target) async throws(StoreError) {
        try await mark([Mark(repository, target, cause: MemoryUse.byHand)])
    }

    /// Whether a context is one that this service posts in.
    func isOurs(_ context: String) -> Bool {
        Policy.isOwn(context)
            || settings.deciding.allowedContexts.contains { allowed in
                allowed.branch.map { allowed.covers(context, $0) }
                    ?? context.beginsExactly(with: String(allowed.context.prefix { $0 != "{" }))
            }
    }

    /// Works off the next thing that is due.
    /// - Parameter urgency: only what is that urgent; nil for everything, events first.
    /// - Returns: what it was; nil when nothing is due.
    @discardableResult
    public func processNext(only urgency: Mark.Urgency? = nil) async throws(StoreError) -> Claim? {
        guard let claim = try await store.claimNext(clock.now(), only: urgency) else { return nil }
        let meter = CallMeter()
        await meter.measure { await work(on: claim) }
        if claim.urgency == .background {
            budget.spend(meter.count, clock.now())
            if claim.cause == MemoryUse.schedule, case .pull = claim.target { schedule.looked(meter.count) }
        }
        return claim
    }

    /// Works off one claim to its settlement; never throws, for somebody always has to say what went wrong.
    func work(on claim: Claim) async {
        var logger = logger
        logger[metadataKey: "subject"] = "\(claim)"
        logger[metadataKey: "cause"] = "\(claim.cause)"
        if !claim.correlation.isEmpty { logger[metadataKey: "correlation"] = "\(claim.correlation)" }
        var settlement: Settlement
        switch claim.target {
        // Marked before it was taken out of the settings.
        case _ where !settings.repositories.contains(claim.repository): settlement = .done(again: nil)
        // What failed there before it was left alone would fail for ever.
        case _ where await isLeftAlone(claim): settlement = .done(again: nil)
        case .pull(let number):
            settlement = await process(Subject(repository: claim.repository, number: number), claim, logger)
        case .branch(let branch): settlement = await expand(claim, branch: branch, logger)
        case .repository: settlement = await expand(claim, branch: nil, logger)
        }
        // Whoever has the tokens that took the place of these need not wait.
        if forge.isRetired, case .failed(_, let problem) = settlement {
            settlement = .failed(retryAt: clock.now(), problem: problem)
        }
        do {
            try await store.settle(claim, settlement)
        } catch {
            // The store gives it out once more as soon as it can be written.
            logger.error("cannot settle", metadata: ["problem": "\(error)"])
        }
        if case .failed(let retryAt, let problem) = settlement {
            logger.warning(
                "failed", metadata: ["problem": "\(problem)", "again": "\(retryAt.since(clock.now()))"])
        }
    }
}

extension Gatekeeper {
    /// What an organisation's own repository has on its default branch is part of its other repositories' policies: they
    /// are listed again before they are due.
    ///
    /// A start lists them all, so that nothing of it need be kept.
    private func wakeOwner(_ hint: WebhookHint) async throws(StoreError) {
        let owner = hint.repository.owner.lowercased()
        let gated = try await store.repositories().filter { $0.name.owner.lowercased() == owner }.map(\.id)
        if gated.isEmpty { return }
        switch hint.target {
        case .branch(let name):
            await forge.forgetDefaultBranches()
            if let known = try await store.repository(named: hint.repository), !known.defaultBranch.isExactly(name) {
                return
            }
        case .repository: await forge.forgetDefaultBranches()
        case .pullRequest, .commit: return
        }
        schedule.wake(gated)
    }

    private func isLeftAlone(_ claim: Claim) async -> Bool {
        guard claim.attempts > 0 else { return false }
        // Without the store it is tried again.
        return (try? await store.repository(named: claim.repository))?.isSkipped ?? false
    }
}

extension Claim: CustomStringConvertible {
    /// `owner/repo#12`, `owner/repo@branch` or `owner/repo`.
    public var description: String {
        switch target {
        case .pull(let number): "\(repository)#\(number)"
        case .branch(let name): "\(repository)@\(name)"
        case .repository: "\(repository)"
        }
    }
}
