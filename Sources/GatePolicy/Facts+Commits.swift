extension Facts {
    /// The commits, where the list is this head's.
    ///
    /// A list without the head is another head's, or was cut: nobody knows from it who wrote what the head brings. Only
    /// a head that its base has already brings nothing.
    public var commitsOfHead: Known<[Commit]>? {
        guard case .known(let list)? = commits else { return commits }
        let head = pullRequest.head
        // The forge's lists begin with it.
        let isOfHead = list.isEmpty ? pullRequest.mergeBase == head : list.contains { $0.id == head }
        if isOfHead { return commits }
        return .unknown(
            Unknown(
                cause: .moving, subject: "which commits it has",
                reason: "the list of them does not hold the head `\(head.short)`", cure: "run the check again"))
    }
}
