import GateForge
import GatePolicy
import GateStore
import Logging

extension Gatekeeper {
    /// After so many rounds in a row that the store let fail nobody looks behind what is green.
    private static let roundsBeforeError = 3

    /// Makes sure that the store can be written after it could not, for a round that writes nothing finds no obstacle.
    func checkRecovery() async throws(StoreError) {
        if schedule.isStalled || store.problem != nil { try await store.checkWritable() }
        schedule.recovered()
    }

    /// A round failed for want of the store: nothing can be looked at, so that nothing green is as fresh as it is said to be.
    ///
    /// After some such rounds everything that is green is made an error, so many commits a round: what the store remembers
    /// as green, those last that could not be posted over, or, where it cannot tell, what the forge shows. Nothing of that
    /// is written down: the next look reads what was posted.
    func stall() async {
        guard schedule.failedForWantOfStore() >= Self.roundsBeforeError else { return }
        let greens: [OpenGreen]
        do {
            // What a damaged file says may be less than it was.
            try store.requireSound()
            greens = try await store.openGreens().filter { settings.repositories.contains($0.repository.name) }
        } catch {
            return await sweep()
        }
        var failures = 0
        for green in schedule.notWithdrawn(greens).prefix(Self.withdrawalsOfAList)
        where failures < Self.vainWithdrawals {
            let isDone = await heads.with(green.repository.id, green.publication.head, since: 0) { _ in
                await withdraw(green)
            }
            failures = isDone ? 0 : failures + 1
        }
    }

    /// Asks the forge what is green on the heads of open pull requests, and makes it an error; all over again with every
    /// period of the lists: as far as the budget goes once all of it was done.
    private func sweep() async {
        let meter = CallMeter()
        await meter.measure {
            if schedule.isSweepDue(clock.now(), every: pace.list) {
                let (names, isWhole) = await writable()
                schedule.beginSweep(names, isWhole: isWhole, clock.now())
            }
            schedule.resumeSweep(clock.now())
            if schedule.followsWholeSweep, budget.delay(clock.now()) > .zero { return }
            var failures = 0
            for _ in 0..<Self.withdrawalsOfAList where failures < Self.vainWithdrawals {
                guard let next = schedule.nextToSweep() else { return }
                let isDone = await sweep(next)
                if !isDone { schedule.failedToSweep(next) }
                failures = isDone ? 0 : failures + 1
            }
        }
        budget.spend(meter.count, clock.now())
    }

    private func sweep(_ one: ReconcileSchedule.Sweep) async -> Bool {
        switch one {
        case .list(let repository):
            switch await openPulls(repository) {
            case .success(let pulls):
                schedule.sweep(pulls.filter { !$0.isArchived })
                return true
            case .failure(let error):
                // What is not there, or not shown, has nothing that could be posted over.
                if case .notFound = error.kind { return true }
                logger.warning(
                    "cannot tell what is green", metadata: ["repository": "\(repository)", "problem": "\(error)"])
                return false
            }
        case .look(let pull):
            return await heads.with(pull.repository.id, pull.pullRequest.head, since: 0) { _ in
                await withdrawGreens(of: pull)
            }
        }
    }

    /// Where something of ours may be green: in what was listed since the start, and wherever the account may write.
    private func writable() async -> (names: [RepositoryName], isWhole: Bool) {
        var (names, isWhole) = (schedule.pulls.listed, true)
        do {
            let own = try await forge.ownRepositories()
            names += own.filter { $0.mayPush && !$0.repository.isArchived }.map(\.repository.name)
        } catch {
            logger.warning("cannot tell where something is green", metadata: ["problem": "\(error)"])
            isWhole = false
        }
        var seen: Set<String> = []
        names = names.filter {
            settings.repositories.contains($0) && seen.insert($0.description.lowercased()).inserted
        }
        return (names, isWhole)
    }

    /// - Returns: whether none stands any more.
    private func withdrawGreens(of pull: PullRequestSnapshot) async -> Bool {
        let (head, base) = (pull.pullRequest.head, pull.pullRequest.baseBranch)
        let subject = Subject(repository: pull.repository.name, number: pull.pullRequest.number)
        let summary = Policy.summaryContext(base: base)
        let rows: [CommitStatus]
        do {
            rows = try await forge.statuses(pull.repository.name, of: head)
        } catch {
            logger.warning("cannot tell what is green", metadata: ["problem": "\(error)"])
            // Whoever may post statuses can post so many that nobody can read them.
            let blind = BlindSummary(repository: pull.repository.id, head: head, context: ExactText(summary))
            if schedule.isToPostBlindly(blind), await postError(summary, on: head, pull.repository.id, subject) {
                schedule.postedBlindly(blind)
            }
            return false
        }
        var isDone = true
        // A head that was into another branch may be so again.
        for row in rows where row.state?.passes ?? true {
            guard
                Policy.isOwn(row.context)
                    || settings.deciding.allowedContexts.holdsGate(row.context, of: base)
            else { continue }
            isDone = await postError(row.context, on: head, pull.repository.id, subject) && isDone
        }
        return isDone
    }

    /// - Returns: whether it does not stand any more, or may.
    private func withdraw(_ green: OpenGreen) async -> Bool {
        // While its turn was waited for the store may have been mended, and the green looked at.
        do {
            try await store.checkWritable()
            return true
        } catch {}
        let (repository, publication) = (green.repository, green.publication)
        let subject = Subject(repository: repository.name, number: publication.number)
        guard await postError(publication.context, on: publication.head, repository.id, subject) else {
            schedule.failedToWithdraw(green)
            return false
        }
        schedule.withdrew(green)
        return true
    }

    /// - Returns: whether it was posted.
    private func postError(
        _ context: String, on head: CommitID, _ repository: Int64, _ subject: Subject
    ) async -> Bool {
        memory.forgetRows(subject.repository, on: head)
        posts.note(.error, context, on: head, of: repository)
        let state =
            switch store.problem?.kind {
            case .corrupt: "is damaged"
            case .replaced: "was replaced"
            default: "cannot be written"
            }
        do {
            _ = try await forge.postStatus(
                subject.repository, sha: head, context: context, state: .error,
                description:
                    "the service's store \(state), so nobody looks behind this: its log says why",
                targetURL: settings.targetURL(repository, subject))
            return true
        } catch {
            logger.warning("a green stands while the store fails", metadata: ["problem": "\(error)"])
            return false
        }
    }
}
