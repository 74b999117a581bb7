import GateForge
import GatePolicy
import GateStore
import Logging

/// What a commit should show, and the decisions that it follows from.
struct WeighedHead: Sendable {
    var statuses: [DesiredStatus]
    /// The other pull request whose statuses, or some of them, are shown.
    var holder: Int64?
    /// Other pull requests of the same head and base, as decided now.
    var siblings: [Decision]
    /// Contexts in which somebody else's row is left to stand.
    var left: [DesiredStatus] = []
    /// Whether there may be more than could be read, so that it is to be tried again.
    var problem: String?
}

extension Gatekeeper {
    /// The least favourable of the pull requests that share a head and a base and count.
    func weigh(_ decision: Decision, _ look: Look, _ rows: Known<[CommitStatus]>) async -> WeighedHead {
        let posted = rows.value == nil ? await posted(look) : []
        let ours = (rows.value ?? []).filter { $0.creator == look.account || $0.state?.passes ?? true }
        func claim(_ one: Decision, _ openerMayWrite: Truth) -> Head.Claim {
            var (one, ours) = (one, ours)
            // Whatever cannot be had, what stands on the head must not stay green.
            if case .unknown(let unknown) = rows, !one.isUnmanaged { (one, ours) = one.blinded(by: unknown, posted) }
            return Head.Claim(
                number: one.subject.number, openerMayWrite: openerMayWrite,
                statuses: one.statuses(allowed: settings.deciding.allowedContexts, shown: ours)
                    + lastWords(one, ours.filter { $0.creator == look.account }))
        }
        guard !look.siblings.isEmpty, let now = decision.snapshot else {
            if await isLeftAlone([decision], look, rows.value.map { _ in ours }) {
                return WeighedHead(statuses: [], siblings: [])
            }
            return WeighedHead(statuses: claim(decision, .yes).statuses, siblings: [])
        }
        let writers = await forge.writers(of: look.snapshot.repository)
        let asked = (number: look.pull.number, mayWrite: writers.holds(look.pull.author))
        let others = look.siblings.map { (number: $0.number, mayWrite: writers.holds($0.author)) }
        let counted = Head.counted(([asked] + others).map { ($0.number, $0.mayWrite) })
        var weighed = [(decision: decision, mayWrite: asked.mayWrite)]
        var siblings: [Decision] = []
        for other in others where counted.contains(other.number) {
            let subject = Subject(repository: look.snapshot.repository.name, number: other.number)
            let sibling = await self.sibling(subject, look)
            if let seen = sibling.snapshot {
                // Read again, it may have another head or base by now: then it says nothing about this one.
                guard seen.isSibling(of: now), seen.pullRequest.isOpen else { continue }
                siblings.append(sibling)
                weighed.append((sibling, other.mayWrite))
            } else {
                // One that cannot be read may be the one that holds.
                var held = sibling
                held.snapshot = now
                weighed.append((held, other.mayWrite))
            }
        }
        if await isLeftAlone(weighed.map(\.decision), look, rows.value.map { _ in ours }) {
            return WeighedHead(statuses: [], siblings: siblings)
        }
        let claims = weighed.map { claim($0.decision, $0.mayWrite) }
        // Whoever is asked, the commit shows the same: the view of the oldest that counts.
        let view = claims.map(\.number).filter(counted.contains).min() ?? asked.number
        let shown = Head.leastFavourable(claims, asked: view)
        let holder = shown.last { $0.number != asked.number }?.number
        return WeighedHead(statuses: shown.map(\.status), holder: holder, siblings: siblings)
    }

    /// Contexts of ours on a head, as far as anybody remembers.
    private func posted(_ look: Look) async -> [String] {
        // Where the store says nothing, the verdict's own contexts are what is left.
        let known = try? await store.publications(look.snapshot.repository.id, head: look.pull.head)
        return (known ?? []).map(\.context)
    }

    /// Another pull request of the same head as it is now, with what was once seen of it.
    private func sibling(_ subject: Subject, _ look: Look) async -> Decision {
        do {
            let recollection = try await recollection(of: look.snapshot.repository.id, subject.number)
            return await decider.decide(subject, serviceAccount: look.account, recollection: recollection)
        } catch {
            let unknown = Unknown(
                cause: .notTold, subject: "what was once seen of `\(subject)`", reason: error.description,
                cure: "mend the store")
            return Decision(subject: subject, snapshot: nil, result: .undecided([unknown]))
        }
    }

    /// What is said for the last time in contexts of ours that nobody asks for any more.
    private func lastWords(_ decision: Decision, _ ours: [CommitStatus]) -> [DesiredStatus] {
        decision.isUnmanaged ? letGo(decision, ours) : retired(decision, ours)
    }

    /// Contexts of ours on the head that the policy does not have any more: a last word, so that nobody waits for them.
    private func retired(_ decision: Decision, _ ours: [CommitStatus]) -> [DesiredStatus] {
        guard case .verdict(let verdict) = decision.result, !(decision.snapshot?.pullRequest.isDraft ?? false) else {
            return []
        }
        // Where a policy is mended, gates that cannot be asked end with an administrator's signature.
        guard verdict.repairs == nil || verdict.summary.outcome.status == .success else { return [] }
        let base = verdict.baseBranch
        let present = Set(verdict.gates.compactMap { gate in gate.context.map { ExactText($0) } })
        let allowed = settings.deciding.allowedContexts
        let retired = ours.filter { row in
            !present.contains(ExactText(row.context)) && allowed.holdsGate(row.context, of: base)
        }
        let words = verdict.repairs == nil ? "no longer required by the policy" : "set aside: this mends the policy"
        return retired.map { DesiredStatus(context: $0.context, state: .success, description: words) }
    }

    /// Contexts of ours on a head whose base has no policy: what they say is not true any more.
    ///
    /// An operator has forgotten the policy, the store that remembered it was lost, or nobody could tell for a while
    /// whether there is one.
    private func letGo(_ decision: Decision, _ ours: [CommitStatus]) -> [DesiredStatus] {
        guard let base = decision.snapshot?.pullRequest.baseBranch else { return [] }
        let allowed = settings.deciding.allowedContexts
        let summary = Policy.summaryContext(base: base)
        return ours.filter { $0.context.isExactly(summary) || allowed.holdsGate($0.context, of: base) }.map {
            DesiredStatus(
                context: $0.context, state: .pending,
                description:
                    "no policy applies here, so nothing is decided: bring one, or, if none is meant to, take "
                    + "this status out of the protection of \(base)")
        }
    }

    /// Makes the commit show it; what was decided from kept facts goes green only while the timeline is the same.
    func publish(
        _ head: WeighedHead, _ decision: Decision, _ look: Look, _ rows: Known<[CommitStatus]>
    ) async -> [Publisher.Posted] {
        if head.statuses.isEmpty { return [] }
        let subject = Subject(repository: look.snapshot.repository.name, number: look.pull.number)
        var publisher = Publisher(
            forge, targetURL: settings.targetURL(look.snapshot.repository.id, subject), uptime: clock.uptime)
        if look.isRefired { publisher.links = links(look) }
        if !head.siblings.isEmpty {
            publisher.proof = { [decider, decisions = [decision] + head.siblings] in await decider.areStill(decisions) }
        } else if decision.isResumed, let timeline = decision.timeline {
            publisher.proof = { [decider, facts = decision.basis?.facts] in
                await decider.isStill(timeline, subject, facts)
            }
        }
        let repository = look.snapshot.repository.id
        for status in head.statuses { posts.note(status.state, status.context, on: look.pull.head, of: repository) }
        let published = await publisher.publish(
            head.statuses, on: look.pull.head, of: subject.repository, shown: rows.value ?? [], account: look.account)
        for one in published where one.result != .posted && one.result != .unchanged {
            posts.note(nil, one.status.context, on: look.pull.head, of: repository)
        }
        return published
    }

    /// Where the statuses on a head may lead: to the page of any pull request that shares it.
    private func links(_ look: Look) -> Set<String> {
        let repository = look.snapshot.repository
        return Set(
            ([look.pull.number] + look.siblings.map(\.number)).map {
                settings.targetURL(repository.id, Subject(repository: repository.name, number: $0)) ?? ""
            })
    }

    /// Writes down what must outlive whatever happens from now on: what this look showed, and what may be green soon.
    ///
    /// Were the answer to a green lost, nobody else would know what to withdraw.
    func foresee(
        _ decision: Decision, _ head: WeighedHead, _ look: Look, _ shown: [CommitStatus]
    ) async throws(StoreError) {
        try await remember(decision, look)
        let greens = head.statuses.filter { $0.state.passes && !Publisher.stands($0, shown, look.account) }
        // A red whose answer was lost stands all the same: the green before it is none any more.
        let reds = greens.compactMap { green in
            shown.last { $0.context.isExactly(green.context) }.flatMap { row -> Publication? in
                guard let state = row.state, !state.passes else { return nil }
                var red = Publication(green, look, row: row.id)
                (red.state, red.description) = (state, row.description)
                return red
            }
        }
        try await store.publish(
            reds + greens.map { Publication($0, look) }, of: look.snapshot.repository.id, at: clock.now())
    }

    /// Remembers what was decided and posted, and says when to look again.
    func settle(
        _ decision: Decision, _ head: WeighedHead, _ published: [Publisher.Posted], _ look: Look, _ claim: Claim,
        _ logger: Logger
    ) async -> Settlement {
        let repository = look.snapshot.repository.id
        let now = clock.now()
        do {
            let record = decision.record(look, head, published)
            let isNew = try await store.record(
                record, cause: claim.cause, by: decision.law, readsStatuses: decision.readsStatuses, at: now)
            let publications = published.compactMap { one -> Publication? in
                guard one.result == .posted || one.result == .unchanged else { return nil }
                return Publication(one.status, look, row: one.row ?? 0)
            }
            try await store.publish(publications, of: repository, at: now)
            try await rememberLook(decision, look)
            let failures = published.compactMap { one -> ForgeError? in
                if case .failed(let error) = one.result { error } else { nil }
            }
            try await store.set(problem: failures.first { !$0.isTransient }?.description, of: repository)
            report(record, decision, claim, isNew: isNew, logger)
            if let failure = failures.first {
                return .failed(retryAt: retry(after: claim.attempts + 1), problem: failure.description)
            }
        } catch {
            return .failed(retryAt: retry(after: claim.attempts + 1), problem: error.description)
        }
        if let passing = decision.passingObstacle {
            GateInstruments.failed()
            return .failed(retryAt: retry(after: claim.attempts + 1), problem: "\(passing.subject): \(passing.reason)")
        }
        if published.contains(where: { $0.result == .overtaken }) {
            return .done(again: now + .seconds(1))
        }
        return .done(again: decision.validUntil.map { Moment($0) })
    }

    private func report(
        _ record: DecisionRecord, _ decision: Decision, _ claim: Claim, isNew: Bool, _ logger: Logger
    ) {
        GateInstruments.decided(record.outcome, causes: Set(decision.unknowns.map(\.cause)))
        for status in record.statuses { GateInstruments.posted(status.result) }
        let latency = clock.now().since(claim.markedAt)
        GateInstruments.settled(claim.urgency, after: latency)
        var metadata: Logger.Metadata = [
            "outcome": "\(record.outcome?.rawValue ?? "unmanaged")", "summary": "\(record.summary)",
            "head": "\(record.pullRequest.head.short)",
            "posted": "\(record.statuses.count { $0.result == .posted })",
            "milliseconds": "\(latency.wholeMilliseconds)",
        ]
        // A draft, a forged status, or another pull request of the commit: what was decided is not what is shown.
        if let shown = record.summaryStatus, shown.description != record.summary {
            metadata["shown"] = "\(shown.state.rawValue): \(shown.description)"
        }
        logger.log(
            level: isNew || record.statuses.contains { $0.result == .posted } ? .info : .debug, "decided",
            metadata: metadata)
    }
}

extension Publication {
    fileprivate init(_ status: DesiredStatus, _ look: Look, row: Int64 = 0) {
        self.init(
            head: look.pull.head, context: status.context, number: look.pull.number, base: look.pull.baseBranch,
            state: status.state, description: status.description, row: row)
    }
}
