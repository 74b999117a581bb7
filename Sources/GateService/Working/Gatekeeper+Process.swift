import GateForge
import GatePolicy
import GateStore
import Logging

extension Gatekeeper {
    /// The whole product: look → decide → head → publish → settle.
    func process(_ subject: Subject, _ claim: Claim, _ logger: Logger) async -> Settlement {
        for memory in [MemoryUse(claim), .nothing] {
            let turns = await heads.count
            let look: Look
            switch await self.look(subject, memory, for: claim) {
            case .success(let found): look = found
            case .failure(let obstacle): return await blind(subject, claim, obstacle)
            }
            guard !look.snapshot.isArchived else { return await leaveArchived(look, claim) }
            // Beside it, for it waits for the turns of others.
            let repository = look.snapshot.repository
            let leavesGreens = look.isNewHead || !look.pull.isOpen || claim.attempts > 0
            let most = leavesGreens ? Self.withdrawalsOfALook : 0
            // A list may have shown the new head before.
            let left = [look.before?.decidedHead, look.before?.head, look.pull.head].compactMap(\.self)
            async let withdrawn: Void = withdrawStaleGreens(
                repository.id, repository.name, left: left, most: most, logger)
            let settlement: Settlement? = await heads.with(
                look.snapshot.repository.id, look.pull.head, since: turns
            ) { isLater in
                guard isLater else { return await work(on: look, claim, logger) }
                // What was read before somebody else's turn at this commit may be old.
                switch await self.look(subject, memory, for: claim) {
                case .failure(let obstacle): return await blind(subject, claim, obstacle)
                case .success(let again):
                    guard again.pull.head == look.pull.head else { return nil }
                    return await work(on: again, claim, logger)
                }
            }
            await withdrawn
            if let settlement { return settlement }
            // What was known did not suffice: once more, with everything read anew.
            self.memory.forget(subject)
        }
        return await blind(subject, claim, Obstacle("the pull request keeps changing"))
    }

    /// From the look to the settlement; nil when everything must be read anew.
    private func work(on look: Look, _ claim: Claim, _ logger: Logger) async -> Settlement? {
        guard look.pull.isOpen else {
            memory.forget(Subject(repository: look.snapshot.repository.name, number: look.pull.number))
            return await close(look, claim, logger)
        }
        let rows = await rows(look)
        let begun = clock.uptime()
        guard let decision = await decide(look), decision.isOf(look) else { return nil }
        let weighed = await weigh(decision, look, rows)
        // Its tokens may have ended meanwhile: the next one, with those in their place, knows more.
        if forge.isRetired, ([decision] + weighed.siblings).contains(where: { $0.outcome == .undecided }) {
            return .done(again: clock.now())
        }
        var head = await contest(weighed, look, rows, logger)
        let shown = rows.value ?? []
        if look.isListed {
            guard rows.value != nil, head.left.isEmpty,
                head.statuses.allSatisfy({ Publisher.stands($0, shown, look.account) })
            else { return nil }
        }
        var isProven = !decision.isResumed
        // What goes green is proven beside the posts; what is green, or was looked at by the schedule, is proven here.
        let isGreen = head.statuses.contains {
            $0.isSummary && $0.state.passes && Publisher.stands($0, shown, look.account)
        }
        if let kept = look.resumed?.kept.facts, look.isListed || isGreen, !kept.proof.holds(for: look.snapshot) {
            let subject = Subject(repository: look.snapshot.repository.name, number: look.pull.number)
            guard case .success(true) = await decider.isStill(kept.timeline, subject, decision.basis?.facts) else {
                return nil
            }
            isProven = true
        }
        do {
            try await foresee(decision, head, look, shown)
        } catch {
            // What is not green is posted all the same; nothing goes green by what may be forgotten.
            head.statuses.removeAll { $0.state.passes }
            _ = await publish(head, decision, look, rows)
            self.memory.forget(Subject(repository: look.snapshot.repository.name, number: look.pull.number))
            return .failed(retryAt: retry(after: claim.attempts + 1), problem: error.description)
        }
        let published = await publish(head, decision, look, rows)
        if decision.isResumed, published.contains(where: { $0.result == .overtaken }) { return nil }
        isProven =
            isProven || published.contains { $0.status.isSummary && $0.status.state.passes && $0.result == .posted }
        keep(decision, look, rows, published, provenAt: isProven ? begun : nil)
        if look.isListed, let settlement = await confirm(decision, look, claim) {
            await answerCommands(decision, look, logger)
            return settlement
        }
        let settlement = await settle(decision.seeing(rows), head, published, look, claim, logger)
        await answerCommands(decision, look, logger)
        return settlement
    }

    /// Says that what was decided was looked at again and is the same.
    private func confirm(_ decision: Decision, _ look: Look, _ claim: Claim) async -> Settlement? {
        guard let before = look.before, before.outcome == decision.outcome, decision.passingObstacle == nil else {
            return nil
        }
        do {
            try await rememberLook(decision, look)
            try await store.confirm(look.snapshot.repository.id, look.pull.number, at: look.at)
        } catch {
            return .failed(retryAt: retry(after: claim.attempts + 1), problem: error.description)
        }
        GateInstruments.settled(claim.urgency, after: clock.now().since(claim.markedAt))
        return .done(again: decision.validUntil.map { Moment($0) })
    }

    /// What cannot be read is tried again; a green that nobody can look behind for long does not stay.
    private func blind(_ subject: Subject, _ claim: Claim, _ obstacle: Obstacle) async -> Settlement {
        GateInstruments.failed()
        let settlement = Settlement.failed(retryAt: retry(after: claim.attempts + 1), problem: obstacle.problem)
        guard claim.attempts + 1 >= Self.blindnessBeforeError else { return settlement }
        do {
            guard let repository = try await store.repository(named: subject.repository) else {
                guard obstacle.isMissing,
                    try await isNobodys(
                        subject.repository, { found throws(ForgeError) in try await !isListed(subject, of: found) })
                else { return settlement }
                return .done(again: nil)
            }
            let known = try await store.pull(repository.id, subject.number).flatMap { $0.state == .open ? $0 : nil }
            if obstacle.isMissing {
                switch await find(repository) {
                case .gone: return .done(again: nil)
                case .shown(let found):
                    guard let known else { return .done(again: nil) }
                    // Looks fail for several reasons: one answer that it is not there proves nothing.
                    if try await !isListed(subject, of: found) {
                        try await forget(known, subject)
                        return .done(again: nil)
                    }
                case .hidden, .unknown: break
                }
            }
            guard let known else { return settlement }
            for var green in try await store.publications(repository.id, head: known.head) where green.state.passes {
                memory.forgetRows(subject.repository, on: known.head)
                (green.state, green.description) = (.error, "cannot be read: \(obstacle.problem)")
                let status = DesiredStatus(context: green.context, state: .error, description: green.description)
                posts.note(.error, green.context, on: green.head, of: repository.id)
                green.row = try await forge.postStatus(
                    repository.name, sha: green.head, context: green.context, state: .error,
                    description: status.description, targetURL: settings.targetURL(repository.id, subject)
                ).id
                try await store.publish([green], of: repository.id, at: clock.now())
            }
        } catch {
            // Where nothing can be read often nothing can be posted; it is tried again with the reading.
            return settlement
        }
        return settlement
    }

    /// Whether the list of open pull requests has it.
    private func isListed(_ subject: Subject, of repository: ListedRepository) async throws(ForgeError) -> Bool {
        guard repository.hasPullRequests else { return false }
        return try await forge.openSnapshots(repository.name).contains { $0.pullRequest.number == subject.number }
    }

    /// A pull request that the forge has no more, in a repository that it shows, is closed to the store.
    private func forget(_ known: PullRecord, _ subject: Subject) async throws(StoreError) {
        try await store.close(known.repository, known.number)
        memory.forgetRows(subject.repository, on: known.head)
        try await mark(
            try await store.openPulls(of: known.repository, head: known.head).map {
                Mark(subject.repository, .pull($0.number), cause: "sibling")
            })
    }

    /// Nothing is merged in an archive, and what it shows stays: it is left alone until it is none any more.
    private func leaveArchived(_ look: Look, _ claim: Claim) async -> Settlement {
        do {
            try await store.set(leftAlone: .archived, look.snapshot.repository.id)
            return .done(again: nil)
        } catch {
            return .failed(retryAt: retry(after: claim.attempts + 1), problem: error.description)
        }
    }

    /// After so many failed looks in a row what is green is made an error.
    static let blindnessBeforeError = 3

    /// When something that has failed so often in a row is tried again.
    func retry(after failures: Int) -> Moment {
        clock.now() + Backoff().delay(after: failures, random: clock.random())
    }

    /// What the policy says of it, with what was once seen of it; nil when what was kept does not suffice.
    private func decide(_ look: Look) async -> Decision? {
        let subject = Subject(repository: look.snapshot.repository.name, number: look.pull.number)
        var decision: Decision?
        if let resumed = look.resumed {
            decision = await decider.resume(
                subject, look.snapshot, resumed.kept.facts, resumed.fresh, look.account, look.recollection)
        } else {
            decision = await decider.decide(
                subject, look.snapshot, serviceAccount: look.account, recollection: look.recollection)
        }
        guard var decision else { return nil }
        await managed(&decision, look)
        return decision
    }

    /// A base that had a policy and has none now is not let go: somebody may have deleted it to get in.
    private func managed(_ decision: inout Decision, _ look: Look) async {
        let state: RepositoryRecord.State?
        switch decision.result {
        case .verdict: state = .managed
        case .broken: state = .broken
        case .unmanaged: state = .unmanaged
        case .undecided: state = nil
        }
        let base = look.pull.baseBranch
        guard let state, let branch = decision.policyBranch else { return }
        do {
            let known = try await store.set(state, of: look.snapshot.repository.id, base: base, from: branch)
            guard known == .lost else { return }
            decision.result = .undecided([.policyGone(look.snapshot.repository.name, base)])
        } catch {
            // Without the store nobody knows whether there was a policy.
            guard state == .unmanaged else { return }
            decision.result = .undecided([
                Unknown(
                    cause: .notTold, subject: "whether there was a policy", reason: error.description,
                    cure: "mend the store")
            ])
        }
    }
}

extension Unknown {
    static func policyGone(_ repository: RepositoryName, _ base: String) -> Unknown {
        Unknown(
            cause: .nameGone, subject: "which policy applies",
            reason: "`\(repository)` had a policy for `\(base)`, and it is gone",
            cure: "put it back, or let an administrator run `countersign forget \(repository)`")
    }
}
