import GatePolicy

/// A commit with what the forge says of its signature.
struct VerificationJSON: Decodable, Sendable, ListRow {
    /// What git holds.
    struct Inner: Decodable, Sendable {
        var verification: Verification?
    }

    /// The forge's word.
    struct Verification: Decodable, Sendable {
        var verified: Bool
        /// `login / KEY` of a verified signature, else why it is not one.
        var reason: String?
        var signer: Signer?
    }

    /// The key's owner.
    struct Signer: Decodable, Sendable {
        /// The login on older servers; a free text on newer ones, which have `username`.
        var name: String?
        var username: String?
    }

    var sha: String
    var commit: Inner
    var parents: [CommitJSON.Parent]?

    var rowIdentity: String { sha }

    /// The verification; nil when the answer has none, or no full object id.
    var verification: CommitVerification? {
        guard let id = CommitID(sha), let verification = commit.verification else { return nil }
        let name = [verification.signer?.username, verification.signer?.name].compactMap { $0 }.first { !$0.isEmpty }
        return CommitVerification(
            commit: id, isVerified: verification.verified, signer: verification.verified ? name : nil,
            key: verification.verified ? verification.key : nil)
    }
}

extension VerificationJSON.Verification {
    /// What stands after the last ` / `: the login before it cannot hold one.
    fileprivate var key: String? {
        guard let reason, let cut = reason.ranges(of: " / ").last else { return nil }
        let key = reason[cut.upperBound...]
        return key.isEmpty ? nil : String(key)
    }
}
