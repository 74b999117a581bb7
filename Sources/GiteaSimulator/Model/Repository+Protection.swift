/// Which rule is in force: the first that matches, by priority, then plain names, then by age.
extension Repository {
    /// The rules in the order in which the server tries them.
    var orderedProtections: [BranchProtection] {
        protections.enumerated().sorted { one, other in
            let (left, right) = (one.element, other.element)
            if left.priority != right.priority { return left.priority < right.priority }
            if left.isPlainName != right.isPlainName { return left.isPlainName }
            return left.created == right.created ? one.offset < other.offset : left.created < right.created
        }.map(\.element)
    }
}

extension BranchProtection {
    var isPlainName: Bool { !rule.contains { "*?\\[]{}".contains($0) } }

    /// A plain name whatever its case; a glob ends its `*` at `/`.
    func matches(_ branch: String) -> Bool {
        isPlainName ? rule.lowercased() == branch.lowercased() : Glob(rule, separator: "/").matches(branch)
    }
}

extension WorldState {
    /// The branch protection that applies to a branch, if any.
    func protection(for branch: String, in repository: Repository) -> BranchProtection? {
        repository.orderedProtections.first { $0.matches(branch) }
    }
}
