/// Whom the commits of a pull request make a committer.
public struct CommitterRule: Hashable, Sendable {
    /// Whether a commit with an address that no account has makes everybody a possible committer.
    public var isStrict: Bool
    /// Commits that are wholly of these people make nobody a committer.
    public var ignoring: People?

    /// The rule of the word `committers`, and of gates that say nothing.
    public static let plain = CommitterRule(isStrict: false, ignoring: nil)

    /// A rule.
    public init(isStrict: Bool, ignoring: People?) {
        self.isStrict = isStrict
        self.ignoring = ignoring
    }
}
