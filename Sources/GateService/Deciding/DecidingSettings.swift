import GatePolicy

/// What an administrator lets policies do, and where else a policy may be.
public struct DecidingSettings: Hashable, Sendable {
    /// A context of a policy's own choice that is allowed.
    public struct AllowedContext: Hashable, Sendable {
        /// The context.
        public var context: String
        /// The one branch it is for; nil only where the context has `{base}` in it.
        public var branch: String?

        /// A context for one branch, or one with `{base}` in it.
        public init(context: String, branch: String?) {
            self.context = context
            self.branch = branch
        }

        private func name(for branch: String) -> ContextName {
            ContextName(context.replacing("{base}", with: branch))
        }

        /// Whether a status that one allows for a branch can be what the other allows for another branch.
        public func canOpenAnotherBase(_ other: AllowedContext) -> Bool {
            switch (branch, other.branch) {
            case (let one?, let two?): !one.isExactly(two) && name(for: one).canEqual(other.name(for: two))
            case (nil, nil): ContextName(context).canEqualForAnotherBase(ContextName(other.context))
            case (nil, _?): other.canOpenAnotherBase(self)
            case (let one?, nil):
                // Where it is the other's name for the same branch it is that of no other one.
                name(for: one).text != other.name(for: one).text && name(for: one).canEqual(ContextName(other.context))
            }
        }
    }

    /// Whether `<org>/.countersign` is looked at: for its policy, and for what it requires of every repository.
    public var usesOrganizationPolicy: Bool
    /// Contexts besides `countersign…` that policies may use.
    public var allowedContexts: [AllowedContext]
    /// Repositories whose files policies may include, besides their own and the organisation's.
    public var allowedIncludes: [RepositoryName]
    /// How often the facts are read again when the pull request changes meanwhile.
    public var maximumAttempts: Int
    /// Whether verdicts say who could still sign, which asks for the members of teams that nobody has signed for yet.
    public var asksWhoCanSign: Bool

    /// Settings.
    public init(
        usesOrganizationPolicy: Bool = true, allowedContexts: [AllowedContext] = [],
        allowedIncludes: [RepositoryName] = [], maximumAttempts: Int = 3, asksWhoCanSign: Bool = true
    ) {
        self.usesOrganizationPolicy = usesOrganizationPolicy
        self.allowedContexts = allowedContexts
        self.allowedIncludes = allowedIncludes
        self.maximumAttempts = maximumAttempts
        self.asksWhoCanSign = asksWhoCanSign
    }

    /// Whether policies of a repository may include files of another: of itself and the organisation's own always.
    func allowsIncludes(of other: RepositoryName, in repository: RepositoryName) -> Bool {
        let shared = RepositoryName(owner: repository.owner, name: OrganizationFile.repository)
        return ([repository, shared] + allowedIncludes).contains { $0.isSame(as: other) }
    }
}
