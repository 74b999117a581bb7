import GateForge
import GatePolicy

/// Reads what a head changes against its own merge base with a branch: by object ids, never by text.
struct EffectiveChangeReader: Sendable {
    let forge: ForgeClient

    /// The change; a known nil when the forge no longer has the commit.
    func change(_ key: EffectiveChange.Key, _ facts: Facts) async -> Known<EffectiveChange?> {
        let repository = facts.repository.name
        let pull = facts.pullRequest
        do {
            let tip: CommitID
            if key.baseBranch.isExactly(pull.baseBranch), let base = pull.comparedWith {
                tip = base
            } else if key.baseBranch.isExactly(pull.baseBranch), !pull.isOpen {
                return .unknown(pull.isNotCompared(Self.subject(key)))
            } else if let branch = try await forge.branch(repository, key.baseBranch) {
                tip = branch.commit
            } else {
                return .known(nil)
            }
            return await forge.keptChange(of: key.commit, against: tip, in: facts.repository.id) {
                await read(repository, key, tip)
            }
        } catch {
            return .unknown(error.unknown(subject: Self.subject(key)))
        }
    }

    private static func subject(_ key: EffectiveChange.Key) -> String {
        "what `\(key.commit.short)` changes against `\(key.baseBranch)`"
    }

    private func read(
        _ repository: RepositoryName, _ key: EffectiveChange.Key, _ tip: CommitID
    ) async -> Known<EffectiveChange?> {
        async let tree = Self.tree(forge, repository, key.commit)
        async let meeting = mergeBase(repository, key.commit, tip)
        do {
            guard let after = try await tree.get() else { return .known(nil) }
            guard let base = try await meeting.get() else {
                return .unknown(
                    Unknown(
                        cause: .overLimit, subject: "where `\(key.commit.short)` left `\(key.baseBranch)`",
                        reason: "the newest \(MergeBase.maximumCommits) commits of both tell no single commit",
                        cure: "rebase the pull request, or approve its present head"))
            }
            guard let before = try await forge.keptTree(repository, commit: base) else { return .known(nil) }
            return .known(EffectiveChange(before: before, after: after))
        } catch {
            return .unknown(error.unknown(subject: Self.subject(key)))
        }
    }

    private func mergeBase(
        _ repository: RepositoryName, _ head: CommitID, _ tip: CommitID
    ) async -> Result<CommitID?, ForgeError> {
        do throws(ForgeError) {
            return .success(try await commonCommit(repository, head, tip))
        } catch {
            return .failure(error)
        }
    }

    private func commonCommit(
        _ repository: RepositoryName, _ head: CommitID, _ tip: CommitID
    ) async throws(ForgeError) -> CommitID? {
        if head == tip { return head }
        for limit in MergeBase.steps {
            async let ours = Self.history(forge, repository, head, limit)
            async let theirs = Self.history(forge, repository, tip, limit)
            let (mine, base) = (try await ours.get(), try await theirs.get())
            if let found = MergeBase.find(head: head, mine.commits, base: tip, base.commits) {
                if found.isCertain { return found.commit }
                if await has(repository, head, and: tip, exactly: found.own) { return found.commit }
            }
            if mine.isWhole, base.isWhole { return nil }
        }
        return nil
    }

    /// Whether the forge says that of a head's commits exactly these are not in a branch's history.
    private func has(
        _ repository: RepositoryName, _ head: CommitID, and tip: CommitID, exactly commits: Set<CommitID>
    ) async -> Bool {
        // Where `not` is unheard of all of the head's history is answered, or nothing: then more is read.
        guard let own = try? await forge.history(repository, from: head, without: tip, limit: commits.count)
        else { return false }
        return own.isWhole && Set(own.commits.map(\.id)) == commits
    }

    private static func history(
        _ forge: ForgeClient, _ repository: RepositoryName, _ commit: CommitID, _ limit: Int
    ) async -> Result<History, ForgeError> {
        do {
            return .success(try await forge.keptHistory(repository, from: commit, limit: limit))
        } catch {
            return .failure(error)
        }
    }

    private static func tree(
        _ forge: ForgeClient, _ repository: RepositoryName, _ commit: CommitID
    ) async -> Result<[ExactText: String]?, ForgeError> {
        do { return .success(try await forge.keptTree(repository, commit: commit)) } catch { return .failure(error) }
    }
}

extension EffectiveChange {
    /// The paths that differ between two trees.
    init(before: [ExactText: String], after: [ExactText: String]) {
        var entries: Set<Entry> = []
        for (path, entry) in after where before[path] != entry {
            entries.insert(Entry(path: path.description, before: before[path], after: entry))
        }
        for (path, entry) in before where after[path] == nil {
            entries.insert(Entry(path: path.description, before: entry, after: nil))
        }
        self.init(entries: entries)
    }
}
