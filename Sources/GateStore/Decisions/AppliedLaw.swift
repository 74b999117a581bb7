/// By what a pull request was decided, as far as a push can change it.
public struct AppliedLaw: Hashable, Sendable {
    /// Tells the policy from others, also that there was none; nil when it is not known.
    public var policyMark: String?
    /// The branch that the policy is of; nil when it is not known.
    public var branch: String?
    /// Tells what else was read of the default branch from other contents; nil where nothing was.
    public var filesMark: String?
    /// Whether the commit was made to show that it may go in.
    public var isShownToPass: Bool

    /// Marks of what was read.
    public init(
        policyMark: String? = nil, branch: String? = nil, filesMark: String? = nil, isShownToPass: Bool = false
    ) {
        self.policyMark = policyMark
        self.branch = branch
        self.filesMark = filesMark
        self.isShownToPass = isShownToPass
    }
}
