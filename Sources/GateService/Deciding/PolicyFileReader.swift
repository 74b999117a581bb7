import GateForge
import GatePolicy

/// Reads what stands at a policy path of any commit, a stranger's as well: as data, never more than a policy may hold.
struct PolicyFileReader: Sendable {
    let forge: ForgeClient
    let repository: RepositoryName

    func file(_ key: PolicyFile.Key) async -> Known<PolicyFile> {
        let path = key.path.description
        do {
            switch try await forge.file(repository, path: path, ref: key.commit.text) {
            case .absent: return .known(.absent)
            case .notAFile(let kind): return .known(.notAFile(kind.rawValue))
            case .content(let bytes, _):
                // Files that only the head includes are checked and read after the merge.
                let role: PolicyFileRole =
                    PolicyPath.inOrder.contains(key.path)
                    ? .repository : PolicyPath.all(of: repository).contains(key.path) ? .organization : .included
                let composition = PolicyReader.compose(
                    PolicyText(bytes, file: path, identity: path, digest: ""), role: role, repository: repository,
                    hash: { $0 }, file: { _ in .unchecked })
                return .known(
                    composition.hasErrors
                        ? .broken(composition.diagnostics.filter { $0.severity == .error })
                        : .valid(includes: composition.uncheckedPaths))
            }
        } catch {
            switch error.kind {
            case .overLimit, .tooLarge:
                return .known(
                    .broken([
                        Diagnostic(
                            span: SourceSpan(file: path, line: 1, column: 1),
                            message: "the policy is longer than \(PolicyLimits.bytes / 1024) KiB")
                    ]))
            default: return .unknown(error.unknown(subject: "what `\(path)` of `\(key.commit.short)` says"))
            }
        }
    }
}
