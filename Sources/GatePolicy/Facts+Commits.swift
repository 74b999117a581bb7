extension Facts {
    /// The commits, where the list is this head's.
    ///
    /// A list without the head is another head's, or was cut: nobody knows from it who wrote what the head brings. Only
    /// a head that its base has already brings nothing.
    public var commitsOfHead: Known<[Commit]>? {
        guard case .known(let list)? = commits, !isOfHead(list, { $0.id }) else { return commits }
        return .unknown(withoutHead("which commits it has"))
    }

    /// How each commit is signed, where the list is this head's.
    public var verificationsOfHead: Known<[CommitVerification]>? {
        guard case .known(let list)? = verifications, !isOfHead(list, { $0.commit }) else { return verifications }
        return .unknown(withoutHead("how its commits are signed"))
    }

    private func isOfHead<Row>(_ list: [Row], _ commit: (Row) -> CommitID) -> Bool {
        let head = pullRequest.head
        // The forge's lists begin with it.
        return list.isEmpty ? pullRequest.mergeBase == head : list.contains { commit($0) == head }
    }

    private func withoutHead(_ subject: String) -> Unknown {
        Unknown(
            cause: .moving, subject: subject,
            reason: "the list of them does not hold the head `\(pullRequest.head.short)`", cure: "run the check again")
    }
}
