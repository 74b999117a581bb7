import GateForge
import GatePolicy
import GateStore
import Logging

extension Gatekeeper {
    /// How often in an hour a more favourable status of somebody else is only overwritten, before it is called forged.
    static let forgeriesBeforeMarking = 3
    /// How often in an hour one that is not more favourable is overwritten, before it is left and shown.
    static let overwritesAnHour = 3

    /// Records statuses in our contexts that somebody else posted, and says what to answer.
    ///
    /// One that is more favourable than ours is always overwritten, from the third in an hour on with `error` until an
    /// operator clears it or the head changes. For one that is not, there is a limit: no wars over nothing.
    func contest(
        _ head: WeighedHead, _ look: Look, _ rows: Known<[CommitStatus]>, _ logger: Logger
    ) async -> WeighedHead {
        guard case .known(let rows) = rows else { return head }
        let now = clock.now()
        let repository = look.snapshot.repository.id
        var found: [ForeignStatus] = []
        for row in rows where row.creator != look.account {
            guard let ours = head.statuses.first(where: { $0.context.isExactly(row.context) }) else { continue }
            found.append(
                ForeignStatus(
                    row: row.id, number: look.pull.number, head: look.pull.head, context: row.context, state: row.state,
                    description: row.description, creator: row.creator, isFavourable: row.isBetter(than: ours), at: now)
            )
        }
        do {
            if !found.isEmpty {
                // With the account that we had before: exactly what we wrote down when we posted it.
                let posted = try await store.publications(repository, head: look.pull.head)
                found.removeAll { one in posted.contains { $0.isExactly(one) } }
            }
            for one in try await store.record(found, of: repository) {
                GateInstruments.foreign(isFavourable: one.isFavourable)
                logger.warning(
                    "somebody else posted in our context",
                    metadata: [
                        "context": "\(one.context)", "by": "\(one.creator?.login ?? "Actions")",
                        "favourable": "\(one.isFavourable)",
                    ])
            }
            let known = try await store.contested(repository, head: look.pull.head, since: now - .seconds(3600))
            let subject = Subject(repository: look.snapshot.repository.name, number: look.pull.number)
            return answer(head, of: subject, standing: found, known)
        } catch {
            // Without the store nothing is limited and nothing is marked; it is overwritten all the same.
            logger.error("cannot record foreign statuses", metadata: ["problem": "\(error)"])
            return head
        }
    }

    /// - Parameters:
    ///   - standing: what others posted and the head shows, judged by what we say now.
    ///   - known: what others posted on it and counts, the oldest first.
    private func answer(
        _ head: WeighedHead, of subject: Subject, standing: [ForeignStatus], _ known: [ForeignStatus]
    ) -> WeighedHead {
        var head = head
        head.statuses = head.statuses.compactMap { ours in
            let rows = known.filter { $0.context.isExactly(ours.context) }
            let favourable = rows.filter(\.isFavourable)
            if Self.isMarked(favourable) {
                let who = favourable.last?.creator.map { "@\($0.login)" } ?? "Actions"
                return DesiredStatus(
                    context: ours.context, state: .error,
                    description: "status forged by \(who): push, or an operator runs `countersign forget \(subject)`")
            }
            // What was no better than ours when it was posted may be by now.
            guard let row = standing.first(where: { $0.context.isExactly(ours.context) }), !row.isFavourable,
                rows.count - favourable.count > Self.overwritesAnHour
            else { return ours }
            head.left.append(ours)
            return nil
        }
        return head
    }

    /// Whether there were once too many within an hour.
    private static func isMarked(_ rows: [ForeignStatus]) -> Bool {
        guard rows.count >= forgeriesBeforeMarking else { return false }
        return rows.indices.dropFirst(forgeriesBeforeMarking - 1).contains { index in
            rows[index].at.since(rows[index - forgeriesBeforeMarking + 1].at) <= .seconds(3600)
        }
    }
}

extension CommitStatus {
    /// Whether it lets more through, or looks better, than ours; the forge takes an empty state for a pass.
    fileprivate func isBetter(than ours: DesiredStatus) -> Bool {
        ours.isWorse(than: DesiredStatus(context: context, state: state ?? .success, description: ""))
    }
}

extension Publication {
    /// Whether this is the row that was posted, and not one like it.
    fileprivate func isExactly(_ status: ForeignStatus) -> Bool {
        row != 0 && row == status.row && head == status.head && context.isExactly(status.context)
            && state == status.state
    }
}
