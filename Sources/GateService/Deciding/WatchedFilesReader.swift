import GateForge
import GatePolicy

/// Compares what two commits have at some paths by object ids, directory by directory: what is the same is not opened.
struct WatchedFilesReader: Sendable {
    let forge: ForgeClient
    let repository: RepositoryName

    /// Which of the paths differ.
    func compare(_ paths: Set<ExactText>, base: CommitID, head: CommitID) async throws(ForgeError) -> WatchedFiles {
        if base == head { return WatchedFiles(same: paths) }
        let wanted = paths.map { path in
            Wanted(whole: path, names: path.description.split(separator: "/").map { ExactText(String($0)) })
        }
        let different = try await differing(wanted, base: base, head: head)
        return WatchedFiles(same: paths.subtracting(different), different: different)
    }

    /// The commit to read files at instead of the branch, because a pull request that is not open any more changed one of
    /// them; a known nil where it did not.
    func unbrought(
        _ paths: Set<ExactText>, by pull: PullRequest, _ subject: String
    ) async -> Known<CommitID?> {
        guard let before = pull.comparedWith else { return .unknown(pull.isNotCompared(subject)) }
        do {
            return .known(try await compare(paths, base: before, head: pull.head).different.isEmpty ? nil : before)
        } catch {
            return .unknown(error.unknown(subject: subject))
        }
    }

    /// A path, and what is left of it in the directory that is being looked at.
    private struct Wanted {
        var whole: ExactText
        var names: [ExactText]
    }

    /// Paths by what is left of them in these two directories.
    private func differing(
        _ paths: [Wanted], base: CommitID, head: CommitID
    ) async throws(ForgeError) -> Set<ExactText> {
        async let before = Self.directory(forge, repository, base)
        async let after = Self.directory(forge, repository, head)
        let (old, new) = (try await before.get(), try await after.get())
        var different: Set<ExactText> = []
        var below: [ExactText: [Wanted]] = [:]
        for path in paths {
            guard let name = path.names.first, old[name] != new[name] else { continue }
            if path.names.count > 1, old[name]?.directory != nil, new[name]?.directory != nil {
                below[name, default: []].append(
                    Wanted(whole: path.whole, names: Array(path.names.dropFirst())))
            } else {
                // Where only one has a directory, what is below it is taken to differ: the effective change is exact.
                different.insert(path.whole)
            }
        }
        for (name, rest) in below {
            guard let base = old[name]?.directory, let head = new[name]?.directory else { continue }
            different.formUnion(try await differing(rest, base: base, head: head))
        }
        return different
    }

    private static func directory(
        _ forge: ForgeClient, _ repository: RepositoryName, _ object: CommitID
    ) async -> Result<[ExactText: TreeEntry], ForgeError> {
        do { return .success(try await forge.keptDirectory(repository, object)) } catch { return .failure(error) }
    }
}
