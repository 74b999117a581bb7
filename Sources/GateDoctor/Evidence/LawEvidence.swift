import GateForge
import GatePolicy

/// A branch that policies of others are read from: whoever changes it changes their gates.
public struct LawEvidence: Sendable {
    /// The branch, and what protects it; its policy is what gates it itself.
    public var branch: RepositoryEvidence
    /// The files that are read from it.
    public var files: [ExactText]
    /// The repositories whose gates they are.
    public var readers: [RepositoryName]

    /// A branch that policies are read from.
    public init(_ branch: RepositoryEvidence, files: [ExactText], readers: [RepositoryName]) {
        self.branch = branch
        self.files = files
        self.readers = readers
    }

    /// What it lets past when somebody changes it alone.
    var blocks: [Blocked] { readers.map { Blocked("\($0)") } }

    /// What is read from it, as a sentence.
    var isRead: String {
        files.map { "`\($0)`" }.joined(separator: ", ") + " \(files.count == 1 ? "is" : "are") read from it for others"
    }

    /// Whether it is a branch of a repository.
    func isBranch(_ base: String?, of repository: RepositoryName) -> Bool {
        branch.name.isSame(as: repository) && base != nil && branch.base?.isExactly(base ?? "") == true
    }
}

extension Examination {
    /// What is read from a branch for others; nil where nothing is.
    func law(of repository: RepositoryEvidence) -> LawEvidence? {
        laws.first { $0.isBranch(repository.base, of: repository.name) }
    }

    /// Whether a branch that policies are read from is one of those that are looked at for their own gates.
    func isGated(_ law: LawEvidence) -> Bool {
        repositories.flatMap { [$0] + $0.others }.contains { $0.hasGates && law.isBranch($0.base, of: $0.name) }
    }
}
