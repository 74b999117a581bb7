import GateForge
import GatePolicy

/// Completes the forge's list of changed files by the trees of the head and its merge base, where it may be cut or does
/// not tell what a renamed file was called.
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
        guard isSplit || !listing.renamed.isEmpty else { return .known(listing.files) }
        let pull = facts.pullRequest
        let key = EffectiveChange.Key(commit: pull.head, baseBranch: pull.baseBranch)
        switch await EffectiveChangeReader(forge: forge).change(key, facts) {
        case .unknown(let unknown):
            return .unknown(listing.renamed.isEmpty ? unknown : Self.oldNamesAreUnknown(unknown))
        case .known(nil): return nil
        case .known(.some(let change)):
            guard let files = Self.named(listing, isSplit: isSplit, change) else {
                return .unknown(Self.oldNamesAreUnknown(nil))
            }
            return .known(isSplit ? Self.files(files, change) : files)
        }
    }

    /// What is listed, with old names for the renames that tell none; nil where list and trees contradict each other.
    ///
    /// git takes every file that is gone for deleted, or for the source of one rename. So the paths that are gone and
    /// that no row names are the old names of these renames, no more and no fewer. Which is whose is told by content;
    /// where that is not the same any more it may be another's, which no condition asks.
    static func named(_ listing: FileListing, isSplit: Bool, _ change: EffectiveChange) -> [ChangedFile]? {
        var files = listing.files
        if listing.renamed.isEmpty { return files }
        let told = Set(files.flatMap(\.paths).map { ExactText($0) })
        let untold = change.entries.filter { !told.contains(ExactText($0.path)) }
        let gone = untold.filter { $0.after == nil }
        var added: [ExactText: String] = [:]
        for entry in change.entries where entry.before == nil { added[ExactText(entry.path)] = entry.after }
        guard gone.count == listing.renamed.count, isSplit || untold.count == gone.count,
            listing.renamed.allSatisfy({ added[ExactText(files[$0].path)] != nil })
        else { return nil }
        var names = Dictionary(grouping: gone) { $0.before }
            .mapValues { $0.map { ExactText($0.path) }.sorted(by: >) }
        var changed: [Int] = []
        for index in listing.renamed {
            let name = names[added[ExactText(files[index].path)]]?.popLast()
            files[index].previousPath = name?.description
            if name == nil { changed.append(index) }
        }
        for (index, name) in zip(changed, names.values.joined().sorted()) {
            files[index].previousPath = name.description
        }
        return files
    }

    /// - Parameter unknown: why the trees are not known; nil where they do not fit the list.
    private static func oldNamesAreUnknown(_ unknown: Unknown?) -> Unknown {
        let upgrade = "upgrade the forge to Gitea 1.22.3 or later"
        return Unknown(
            cause: unknown?.cause ?? .malformed, subject: "which files changed",
            reason: "a file is said to be renamed, and not from what (Gitea tells that from 1.22.3 on), and "
                + (unknown.map { "the trees, which tell it too, are not known: \($0.reason)" }
                    ?? "the trees do not fit the list"),
            cure: unknown.map { "\($0.cure); or \(upgrade)" } ?? upgrade)
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
