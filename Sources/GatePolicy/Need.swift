/// A fact that an evaluation looked for and that was not read yet; nothing else is fetched.
public enum Need: Hashable, Sendable {
    case reviews, files, commits, timeline, statuses, comments
    /// The templates of new pull requests' descriptions.
    case templates
    /// The teams of an organisation (lower-case name).
    case directory(String)
    /// The members of a team.
    case teamMembers(id: Int64, reference: TeamReference)
    /// The account behind a login (lower case).
    case user(String)
    case organizationMembers, writers, admins
    /// How the commits are signed.
    case verifications
    /// The CODEOWNERS file of the default branch.
    case codeOwners
    /// What a head changes against a base branch.
    case effectiveChange(EffectiveChange.Key)
    /// Whether a branch is protected or the default one.
    case protection(branch: ExactText)
    /// Whether there is a branch.
    case branch(ExactText)
    /// Whether head and base differ at these paths.
    case watchedFiles(Set<ExactText>)
    /// What stands at a policy path of a commit.
    case policyFile(PolicyFile.Key)
}
