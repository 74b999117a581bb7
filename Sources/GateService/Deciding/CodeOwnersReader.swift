import GateForge
import GatePolicy

/// Reads the CODEOWNERS file of the default branch, never the pull request's.
struct CodeOwnersReader: Sendable {
    let forge: ForgeClient

    /// The file; a known nil when the forge has shown that none of its paths is there.
    func file(_ facts: Facts) async -> Known<CodeOwnersFile?> {
        let repository = facts.repository
        do {
            let commit: CommitID
            switch try await self.commit(facts) {
            case .known(.some(let known)): commit = known
            case .known(nil): return unknown("the default branch `\(repository.defaultBranch)` does not exist")
            case .unknown(let unknown): return .unknown(unknown)
            }
            for path in CodeOwnersFile.paths {
                switch try await forge.file(repository.name, path: path, ref: commit.text) {
                case .absent: continue
                case .notAFile(let kind): return unknown("`\(path)` is a \(kind.rawValue), not a file")
                case .content(let bytes, _):
                    guard let text = String(validating: bytes, as: UTF8.self) else {
                        return unknown("`\(path)` is not UTF-8")
                    }
                    return .known(CodeOwnersFile(path: path, text: text))
                }
            }
            return .known(nil)
        } catch {
            return .unknown(error.unknown(subject: "what CODEOWNERS says"))
        }
    }

    private func commit(_ facts: Facts) async throws(ForgeError) -> Known<CommitID?> {
        let repository = facts.repository
        let pull = facts.pullRequest
        if repository.defaultBranch.isExactly(pull.baseBranch) {
            if pull.isOpen, let base = pull.base { return .known(base) }
            if !pull.isOpen {
                let paths = Set(CodeOwnersFile.paths.map { ExactText($0) })
                let watched = WatchedFilesReader(forge: forge, repository: repository.name)
                let before = await watched.unbrought(paths, by: pull, "what CODEOWNERS says")
                if before != .known(nil) { return before }
            }
        }
        return .known(try await forge.branch(repository.name, repository.defaultBranch)?.commit)
    }

    private func unknown(_ reason: String) -> Known<CodeOwnersFile?> {
        .unknown(
            Unknown(
                cause: .malformed, subject: "what CODEOWNERS says", reason: reason,
                cure: "put a readable file there, or ask for other people than code owners"))
    }
}
