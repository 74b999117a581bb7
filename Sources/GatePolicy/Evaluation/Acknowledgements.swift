/// What the acknowledgements of one item come to before anybody asks who may give them.
struct Acknowledgements {
    /// Those that may count.
    var given: [(word: Acknowledgement, signature: Signature)] = []
    /// Those that do not, and why.
    var refused: [AcknowledgementFate] = []
    /// Why there is no list of them at all.
    var missing: Unknown?

    /// The signatures they give.
    func signatures(_ rules: ApprovalRules, asksCandidates: Bool) -> Signatures {
        Signatures(given.map(\.signature), rules: rules, asksCandidates: asksCandidates, missing: missing)
    }
}
