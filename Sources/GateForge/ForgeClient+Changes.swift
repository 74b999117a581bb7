import GatePolicy

extension ForgeClient {
    /// How long it is kept what two commits differ in: they name it themselves, so it never changes.
    private static let changeSeconds: Int64 = 6 * 3600
    /// A longer change is read again rather than held.
    private static let keptEntries = 100
    /// So are a longer history, and a tree with more files.
    private static let keptCommits = 50
    private static let keptFiles = 1_000

    /// What a commit changes against a branch's commit: kept, where it is small, or read.
    ///
    /// Approvals are of older heads, and every push asks again what those changed.
    public func keptChange(
        of commit: CommitID, against tip: CommitID, in repository: Int64,
        _ read: @Sendable () async -> Known<EffectiveChange?>
    ) async -> Known<EffectiveChange?> {
        guard let keeping else { return await read() }
        return await memory.kept.changes.answer(
            KeptAnswers.ChangeKey(repository: repository, commit: commit, tip: tip), now: keeping.now(),
            keep: { answer in
                // A commit that is not there may come again, and what could not be read may be readable.
                guard case .known(.some(let change)) = answer, change.entries.count <= Self.keptEntries else {
                    return 0
                }
                return Self.changeSeconds
            }, read)
    }

    /// The same as ``tree(_:commit:)``, where it is small kept: many commits meet a branch at one.
    public func keptTree(
        _ repository: RepositoryName, commit: CommitID
    ) async throws(ForgeError) -> [ExactText: String]? {
        guard let keeping else { return try await tree(repository, commit: commit) }
        let answer = await memory.kept.wholeTrees.answer(
            "\(repository.description.lowercased()):\(commit.text)", now: keeping.now(),
            keep: { answer in
                guard case .success(.some(let tree)) = answer, tree.count <= Self.keptFiles else { return 0 }
                return Self.changeSeconds
            }
        ) {
            do throws(ForgeError) {
                return Result<[ExactText: String]?, ForgeError>.success(try await tree(repository, commit: commit))
            } catch {
                return .failure(error)
            }
        }
        return try answer.get()
    }

    /// The same as ``history(_:from:without:limit:)``, where it is short kept: the branch's is that of every pull request
    /// into it.
    public func keptHistory(
        _ repository: RepositoryName, from commit: CommitID, limit: Int
    ) async throws(ForgeError) -> History {
        guard let keeping, limit <= Self.keptCommits else {
            return try await history(repository, from: commit, limit: limit)
        }
        let key = "\(repository.description.lowercased()):\(commit.text):\(limit)"
        let answer = await memory.kept.histories.answer(
            key, now: keeping.now(), keep: { if case .success = $0 { Self.changeSeconds } else { 0 } }
        ) {
            do throws(ForgeError) {
                return Result<History, ForgeError>.success(try await history(repository, from: commit, limit: limit))
            } catch {
                return .failure(error)
            }
        }
        return try answer.get()
    }
}
