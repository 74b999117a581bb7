extension Policy {
    /// Whether a gate, or the summary, may look at what comments say: a waiver, a checklist, an approval or an objection.
    public var readsComments: Bool {
        block.readsComments
            || gates.contains {
                $0.waive != nil || $0.require.checklist != nil || $0.approvals.comments != nil || $0.block.readsComments
            }
            || parts.contains { $0.require.checklist != nil || $0.approvals.comments != nil }
    }
}

extension Block {
    fileprivate var readsComments: Bool { comments != nil || revoke?.comments != nil }
}
