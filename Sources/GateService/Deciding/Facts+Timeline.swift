import GatePolicy

extension Facts {
    /// Whether comments or reviews are known, each of which has a row in the timeline; migrated ones, which are nobody's,
    /// may have none.
    var standInTheTimeline: Bool {
        let comments = self.comments?.value ?? []
        let reviews = self.reviews?.value ?? []
        return comments.contains { $0.author?.isReal == true } || reviews.contains { $0.author?.isReal == true }
    }
}
