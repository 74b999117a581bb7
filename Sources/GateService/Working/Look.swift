import GateForge
import GatePolicy
import GateStore

/// A pull request as the service finds it when its turn comes: what it is now, what it was, and who shares its head.
struct Look: Sendable {
    var snapshot: PullRequestSnapshot
    /// How the store knew it; nil at the first sight.
    var before: SeenBefore?
    /// Our own account.
    var account: Account
    /// Other open pull requests of the same head and base, as far as they were seen.
    var siblings: [PullRecord]
    /// What was once seen of it.
    var recollection: Recollection
    /// What was kept of it and still holds, with what was read just now; nil where everything is read anew.
    var resumed: Resumption?
    /// When the forge was asked for the pull request.
    var at: Moment
    /// Since when its last change is known, or a little later, by the clock that nobody sets.
    var seen: Duration
    /// Whether it was taken from the list of open pull requests: then nothing is posted.
    var isListed = false
    /// Whether only the start asks for it.
    var isAtStart = false
    /// Whether an operator asks for it.
    var isRefired = false

    var pull: PullRequest { snapshot.pullRequest }

    /// Whether nothing was decided yet for this head and this base, since it was opened last.
    var isNewHead: Bool {
        before.map { $0.decidedHead != pull.head || !$0.decidedBase.isExactly(pull.baseBranch) } ?? true
    }
}

/// What an evaluation begins with that does not read everything anew.
struct Resumption: Sendable {
    var kept: FactsMemory.Entry
    var fresh: FreshFacts
    /// The rows on the head, if they were read just now.
    var rows: [CommitStatus]?
}

/// Why a step could not be taken.
struct Obstacle: Error {
    var problem: String
    /// Whether the forge says that the pull request is not there, or does not show it.
    var isMissing = false

    init(_ problem: String) { self.problem = problem }
    init(_ error: ForgeError) { problem = error.description }
    init(_ error: StoreError) { problem = error.description }
}

extension Gatekeeper {
    /// The same, for what a claim asks.
    func look(_ subject: Subject, _ memory: MemoryUse, for claim: Claim) async -> Result<Look, Obstacle> {
        await look(subject, memory, hears: MemoryUse.tellsOfAComment(claim)).map { look in
            var look = look
            look.isAtStart = claim.cause == MemoryUse.start
            look.isRefired = MemoryUse.isAskedForByHand(claim)
            return look
        }
    }

    /// Reads the pull request, remembers it, and finds who shares its head.
    /// - Parameters:
    ///   - memory: how much of what is known already may be used.
    ///   - hears: whether somebody has written, changed or deleted a comment.
    func look(_ subject: Subject, _ memory: MemoryUse, hears: Bool) async -> Result<Look, Obstacle> {
        let now = clock.now()
        let entry = memory == .nothing ? nil : self.memory[subject]
        let listed = memory == .listAndFacts && entry != nil ? freshlyListed(subject, now) : nil
        async let asked = Self.account(forge)
        async let read = Self.snapshot(forge, subject, listed?.snapshot)
        async let resumption = resumption(
            subject, entry, now, readsRows: memory == .factsWithoutRows, hears: hears)
        let (user, answer, resumed) = (await asked, await read, await resumption)
        do throws(ForgeError) {
            let snapshot = try answer.get()
            // A list that is a moment old may show an older head: it is not remembered.
            if listed != nil, resumed?.kept.facts.holds(for: snapshot, at: now.timestamp) != true {
                return await self.look(subject, .nothing, hears: hears)
            }
            var look = await look(snapshot, account: try user.get(), at: listed?.at ?? now)
            if let resumed, resumed.kept.facts.holds(for: snapshot, at: now.timestamp) {
                look = look.map { look in
                    var look = look
                    look.resumed = resumed
                    look.isListed = listed != nil
                    return look
                }
            }
            return look
        } catch {
            var obstacle = Obstacle(error)
            if case .failure(let error) = answer, case .notFound = error.kind { obstacle.isMissing = true }
            return .failure(obstacle)
        }
    }

    /// Side by side with the pull request: what leaves no trace when it changes.
    private func resumption(
        _ subject: Subject, _ entry: FactsMemory.Entry?, _ now: Moment, readsRows: Bool, hears: Bool
    ) async -> Resumption? {
        guard let entry else { return nil }
        let isKnown = entry.rows.map { now >= $0.readAt && now.since($0.readAt) <= rowsAge } ?? false
        async let fresh = decider.fresh(subject, comments: hears || entry.facts.asksForComments)
        async let rows = readsRows || !isKnown ? rows(subject, entry.facts.snapshot.pullRequest.head) : nil
        guard let fresh = await fresh else { return nil }
        let read = await rows
        // Rows that could not be read are read again with everything else.
        if readsRows || !isKnown, read?.value == nil { return nil }
        return Resumption(kept: entry, fresh: fresh, rows: read?.value)
    }

    private func look(_ snapshot: PullRequestSnapshot, account: Account, at now: Moment) async -> Result<Look, Obstacle>
    {
        let repository = snapshot.repository
        do throws(StoreError) {
            let before = try await store.see(snapshot.seen, at: now)
            let known = try await store.repository(repository.id)
            if known?.listedAt == nil, case .failure(let error) = await list(repository.id, repository.name) {
                return .failure(Obstacle(error))
            }
            let siblings = try await store.openPulls(of: repository.id, head: snapshot.pullRequest.head).filter {
                $0.number != snapshot.pullRequest.number && $0.base.isExactly(snapshot.pullRequest.baseBranch)
            }
            return .success(
                Look(
                    snapshot: snapshot, before: before, account: account, siblings: siblings,
                    recollection: try await recollection(of: repository.id, snapshot.pullRequest.number), at: now,
                    seen: seen(snapshot)))
        } catch {
            return .failure(Obstacle(error))
        }
    }

    private static func account(_ forge: ForgeClient) async -> Result<Account, ForgeError> {
        do { return .success(try await forge.currentUser()) } catch { return .failure(error) }
    }

    static func snapshot(
        _ forge: ForgeClient, _ subject: Subject, _ listed: PullRequestSnapshot?
    ) async -> Result<PullRequestSnapshot, ForgeError> {
        if let listed { return .success(listed) }
        do { return .success(try await forge.pullRequest(subject.repository, subject.number)) } catch {
            return .failure(error)
        }
    }
}

extension PullRequestSnapshot {
    /// What the store remembers of it.
    var seen: SeenPull {
        let pull = pullRequest
        let stamp = [
            pull.head.text, pull.baseBranch, "\(updatedAt?.seconds ?? -1)", pull.title,
            pull.labels.sorted().joined(separator: ","), "\(pull.isDraft)", "\(isArchived)",
        ]
        return SeenPull(
            repository: repository, pullRequest: pull, isMerged: merge != nil, stamp: stamp.joined(separator: "\u{1f}"))
    }
}
