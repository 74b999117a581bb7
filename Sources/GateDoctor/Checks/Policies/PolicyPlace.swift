import GateForge
import GatePolicy

/// Where files of a policy lie: in the repository that it gates, or in one that several share.
struct PolicyPlace: Hashable {
    var repository: RepositoryName
    /// The branch, or another version; nil for the default branch.
    var version: String?

    /// - Parameter repository: the one whose policy has the file, its own, or one that others share with it.
    init(of file: String, in repository: RepositoryEvidence) {
        if let shared = Self.shared(file) {
            self.repository = shared.repository
            version = shared.version
        } else {
            self.repository = repository.name
            version = repository.isDefault ? nil : repository.base
        }
    }

    /// ``in `.countersign.yml` on `main` of `acme/widget`, line 3``.
    func line(_ span: SourceSpan, _ examination: Examination) -> String {
        "\(file(span.file, examination)), line \(span.line)"
    }

    /// ``in `.countersign.yml` on `main` of `acme/widget` ``.
    func file(_ file: String, _ examination: Examination) -> String {
        let known = examination.repositories.first { $0.name.isSame(as: repository) }
        let version = (version ?? known?.base).map { "`\($0)`" } ?? "the default branch"
        return "in `\(Self.shared(file)?.path ?? file)` on \(version) of `\(repository)`"
    }

    /// Whether a file is another repository's, as an `include` writes it.
    static func isShared(_ file: String) -> Bool { shared(file) != nil }

    /// A file of another repository: `acme/.countersign:base.yml@main`.
    private static func shared(_ file: String) -> (repository: RepositoryName, path: String, version: String?)? {
        guard let colon = file.firstIndex(of: ":"), let repository = RepositoryName(String(file[..<colon])) else {
            return nil
        }
        let parts = file[file.index(after: colon)...].split(separator: "@", maxSplits: 1).map(String.init)
        return (repository, parts.first ?? "", parts.count == 2 ? parts[1] : nil)
    }
}
