import GateForge
import GatePolicy
import GateStore

extension Gatekeeper {
    /// The rows on the head: kept, read side by side with the pull request, or read now.
    func rows(_ look: Look) async -> Known<[CommitStatus]> {
        guard let resumed = look.resumed, !look.isNewHead else { return await announce(look) }
        let subject = Subject(repository: look.snapshot.repository.name, number: look.pull.number)
        guard isUndisturbed(resumed, subject) else { return await rows(subject, look.pull.head) }
        return (resumed.rows ?? resumed.kept.rows?.rows).map { .known($0) } ?? .known([])
    }

    /// Whether nobody posted on the head since the look began: it may have waited for its turn on it.
    private func isUndisturbed(_ resumed: Resumption, _ subject: Subject) -> Bool {
        memory[subject]?.foreignPosts == resumed.kept.foreignPosts
    }

    func rows(_ subject: Subject, _ head: CommitID) async -> Known<[CommitStatus]> {
        do {
            return .known(try await forge.statuses(subject.repository, of: head, all: false))
        } catch {
            return .unknown(error.unknown(subject: "which statuses the head has"))
        }
    }

    /// How long it is believed what a head shows: older servers say nothing of a status that somebody else posts.
    var rowsAge: Duration { settings.periods.all }

    /// The pull request as the list showed it, if that was a moment ago: a look by an older one would be due again at once.
    func freshlyListed(_ subject: Subject, _ now: Moment) -> ListedPulls.Listed? {
        guard let listed = schedule.pulls[subject], now >= listed.at,
            now.since(listed.at) < min(pace.list * 2, pace.green)
        else { return nil }
        return listed
    }

    /// When we first knew of the last change of a pull request, or a little later.
    func seen(_ snapshot: PullRequestSnapshot) -> Duration {
        let subject = Subject(repository: snapshot.repository.name, number: snapshot.pullRequest.number)
        var seen = clock.uptime()
        if let proof = memory[subject]?.facts.proof, proof.change == snapshot.updatedAt { seen = min(seen, proof.seen) }
        if let listed = schedule.pulls[subject], listed.snapshot.updatedAt == snapshot.updatedAt {
            seen = min(seen, listed.seen)
        }
        return seen
    }

    /// Keeps what need not be read again for the next evaluation.
    /// - Parameter provenAt: when its timeline was asked for, or a little earlier; nil when it was not.
    func keep(
        _ decision: Decision, _ look: Look, _ rows: Known<[CommitStatus]>, _ published: [Publisher.Posted],
        provenAt: Duration?
    ) {
        let subject = Subject(repository: look.snapshot.repository.name, number: look.pull.number)
        // Statuses are a head's, whoever's turn it was.
        if published.contains(where: { $0.result != .unchanged }) {
            memory.forgetRows(subject.repository, on: look.pull.head, besides: subject)
        }
        let change = decision.snapshot?.updatedAt
        // Read again while it was decided, it may tell of a change that the look did not see.
        let seen = change == look.snapshot.updatedAt ? look.seen : clock.uptime()
        let proof = TimelineProof(change: change, seen: seen, read: provenAt ?? .zero)
        guard var facts = KeptFacts(decision, proof) else { return memory.forget(subject) }
        var readAt = clock.now()
        if let kept = look.resumed?.kept {
            // Using them makes them no younger.
            facts.readAt = kept.facts.readAt
            if provenAt == nil { facts.proof = kept.facts.proof }
            if look.resumed?.rows == nil { readAt = kept.rows?.readAt ?? readAt }
        }
        let isCurrent = look.resumed.map { isUndisturbed($0, subject) } ?? true
        let shown = (isCurrent ? rows.value : nil).flatMap {
            KeptRows(rows: $0, readAt: readAt).after(published, by: look.account)
        }
        memory.keep(FactsMemory.Entry(facts: facts, rows: shown), of: subject)
    }
}
