import GateForge
import GatePolicy

/// Completes the forge's list of changed files where it may be cut, by the trees of the head and its merge base.
struct ChangedFilesReader: Sendable {
    let forge: ForgeClient

    /// All changed files; nil when the pull request moved meanwhile.
    func completed(_ listing: FileListing, _ facts: Facts) async -> Known<[ChangedFile]>? {
        var isSplit = !listing.split.isEmpty
        if !isSplit, let path = listing.lastDeleted {
            switch await isThere(path, facts) {
            case .known(let isThere): isSplit = isThere
            case .unknown(let unknown): return .unknown(unknown)
            }
        }
        guard isSplit else { return .known(listing.files) }
        let pull = facts.pullRequest
        let key = EffectiveChange.Key(commit: pull.head, baseBranch: pull.baseBranch)
        switch await EffectiveChangeReader(forge: forge).change(key, facts) {
        case .unknown(let unknown): return .unknown(unknown)
        case .known(nil): return nil
        case .known(.some(let change)): return .known(Self.files(listing.files, change))
        }
    }

    /// What is listed, and what the trees tell besides: of that no line is counted.
    static func files(_ listed: [ChangedFile], _ change: EffectiveChange) -> [ChangedFile] {
        var files = listed
        // The last one may be half of a change, too.
        if !files.isEmpty { files[files.count - 1].isCounted = false }
        let known = Set(listed.flatMap(\.paths).map { ExactText($0) })
        let missing = change.entries.map(\.path).filter { !known.contains(ExactText($0)) }
        return files
            + missing.sorted { ExactText($0) < ExactText($1) }.map { ChangedFile(path: $0, isCounted: false) }
    }

    /// Whether the head has something at a path.
    private func isThere(_ path: String, _ facts: Facts) async -> Known<Bool> {
        do {
            let head = facts.pullRequest.head.text
            return .known(try await forge.file(facts.repository.name, path: path, ref: head) != .absent)
        } catch {
            if case .overLimit = error.kind { return .known(true) }
            return .unknown(error.unknown(subject: "which files changed"))
        }
    }
}
