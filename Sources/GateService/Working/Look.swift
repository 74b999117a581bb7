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
    /// What the store knows of the repository.
    var repository: RepositoryRecord?
    /// What was once seen of it.
    var recollection: Recollection

    var pull: PullRequest { snapshot.pullRequest }

    /// Whether nothing was decided yet for this head and this base, since it was opened last.
    var isNewHead: Bool {
        before.map { $0.decidedHead != pull.head || !$0.decidedBase.isExactly(pull.baseBranch) } ?? true
    }
}

/// Why a step could not be taken.
struct Obstacle: Error {
    var problem: String

    init(_ error: ForgeError) { problem = error.description }
    init(_ error: StoreError) { problem = error.description }
}

extension Gatekeeper {
    /// Reads the pull request, remembers it, and finds who shares its head.
    func look(_ subject: Subject) async -> Result<Look, Obstacle> {
        async let asked = Self.account(forge)
        async let read = Self.snapshot(forge, subject)
        let (user, answer) = (await asked, await read)
        do throws(ForgeError) {
            return await look(try answer.get(), account: try user.get())
        } catch {
            return .failure(Obstacle(error))
        }
    }

    private func look(_ snapshot: PullRequestSnapshot, account: Account) async -> Result<Look, Obstacle> {
        let repository = snapshot.repository
        do throws(StoreError) {
            let before = try await store.see(snapshot.seen, at: clock.now())
            let known = try await store.repository(repository.id)
            if known?.listedAt == nil, case .failure(let error) = await list(repository.id, repository.name) {
                return .failure(Obstacle(error))
            }
            let siblings = try await store.openPulls(of: repository.id, head: snapshot.pullRequest.head).filter {
                $0.number != snapshot.pullRequest.number && $0.base.isExactly(snapshot.pullRequest.baseBranch)
            }
            return .success(
                Look(
                    snapshot: snapshot, before: before, account: account, siblings: siblings, repository: known,
                    recollection: try await recollection(of: repository.id, snapshot.pullRequest.number)))
        } catch {
            return .failure(Obstacle(error))
        }
    }

    private static func account(_ forge: ForgeClient) async -> Result<Account, ForgeError> {
        do { return .success(try await forge.currentUser()) } catch { return .failure(error) }
    }

    static func snapshot(_ forge: ForgeClient, _ subject: Subject) async -> Result<PullRequestSnapshot, ForgeError> {
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
