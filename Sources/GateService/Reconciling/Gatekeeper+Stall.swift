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
    /// After some such rounds everything that the store remembers as green is made an error, so many statuses a round,
    /// those last that could not be posted over. Nothing of that is written down: the next look reads what was posted.
    func stall() async {
        guard schedule.failedForWantOfStore() >= Self.roundsBeforeError else { return }
        do {
            let greens = try await store.openGreens().filter { settings.repositories.contains($0.repository.name) }
            var failures = 0
            for green in schedule.notWithdrawn(greens).prefix(Self.withdrawalsOfAList)
            where failures < Self.vainWithdrawals {
                let isDone = await heads.with(green.repository.id, green.publication.head, since: 0) { _ in
                    await withdraw(green)
                }
                failures = isDone ? 0 : failures + 1
            }
        } catch {
            logger.error("cannot tell what is green", metadata: ["problem": "\(error)"])
        }
    }

    /// - Returns: whether it does not stand any more, or may.
    private func withdraw(_ green: OpenGreen) async -> Bool {
        // While its turn was waited for the store may have been mended, and the green looked at.
        do {
            try await store.checkWritable()
            return true
        } catch {}
        let (repository, publication) = (green.repository, green.publication)
        memory.forgetRows(repository.name, on: publication.head)
        posts.note(.error, publication.context, on: publication.head, of: repository.id)
        do {
            _ = try await forge.postStatus(
                repository.name, sha: publication.head, context: publication.context, state: .error,
                description: "the service cannot write its store, so nobody looks behind this: its log says why",
                targetURL: settings.targetURL(
                    repository.id, Subject(repository: repository.name, number: publication.number)))
        } catch {
            logger.warning("a green stands while the store fails", metadata: ["problem": "\(error)"])
            schedule.failedToWithdraw(green)
            return false
        }
        schedule.withdrew(green)
        return true
    }
}
