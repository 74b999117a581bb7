import GateForge
import GatePolicy
import GateStore
import Logging

extension Gatekeeper {
    /// After so many rounds in a row that the store let fail nobody looks behind what is green.
    private static let roundsBeforeError = 3

    /// A round failed for want of the store: nothing can be looked at, so that nothing green is as fresh as it is said to be.
    ///
    /// After some such rounds everything that the store remembers as green is made an error, so many statuses a round.
    /// Nothing of that is written down; what was posted over is read again by the next look at it.
    func stall(on problem: StoreError) async {
        guard schedule.stalled() >= Self.roundsBeforeError, let greens = try? await store.openGreens() else { return }
        var left = Self.withdrawalsOfAList
        for green in greens where left > 0 && !schedule.isWithdrawn(green) {
            left -= 1
            let isDone = await heads.with(green.repository.id, green.publication.head, since: 0) { _ in
                await withdraw(green, problem)
            }
            if !isDone { return }
        }
    }

    private func withdraw(_ green: OpenGreen, _ problem: StoreError) async -> Bool {
        let (repository, publication) = (green.repository, green.publication)
        memory.forgetRows(repository.name, on: publication.head)
        posts.note(.error, publication.context, on: publication.head, of: repository.id)
        do {
            _ = try await forge.postStatus(
                repository.name, sha: publication.head, context: publication.context, state: .error,
                description: "the service cannot go on, so nobody looks behind this any more: \(problem)",
                targetURL: settings.targetURL(
                    repository.id, Subject(repository: repository.name, number: publication.number)))
        } catch {
            logger.warning("a green stands while the store fails", metadata: ["problem": "\(error)"])
            return false
        }
        schedule.withdrew(green)
        return true
    }
}
