import GatePolicy

extension Need {
    /// Whether the fact is the same whatever head and base the pull request has.
    var isTimeless: Bool {
        switch self {
        case .directory, .teamMembers, .user, .organizationMembers, .writers, .admins, .protection, .statuses,
            .codeOwners, .templates:
            true
        // Of commits that the opening look or a review named: what a commit has never changes, and teams are of no head.
        case .watchedFiles, .policyFile, .branch, .effectiveChange: true
        case .reviews, .files, .commits, .verifications, .timeline, .comments: false
        }
    }

    /// Whether it may be read at any time after the opening look: it names its commits, or no head and no base matter.
    var isOfNoInstant: Bool {
        switch self {
        case .reviews, .comments: true
        default: isTimeless
        }
    }
}
