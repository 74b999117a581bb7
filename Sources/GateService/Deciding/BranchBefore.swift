import GatePolicy

/// The branch that a pull request went into, at the commit where the two parted.
struct BranchBefore: Sendable {
    var repository: RepositoryName
    var branch: String
    var commit: CommitID

    /// What takes the place of a branch's present commit; nil for every other branch.
    func commit(of branch: String, in repository: RepositoryName) -> CommitID? {
        repository.isSame(as: self.repository) && branch.isExactly(self.branch) ? commit : nil
    }
}
