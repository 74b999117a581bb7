/// What the forge says of a commit's signature: it holds the keys, so its word is taken.
public struct CommitVerification: Hashable, Sendable, Codable {
    /// The commit.
    public var commit: CommitID
    /// Whether it is signed with a key that the forge knows, and the signature is right.
    public var isVerified: Bool
    /// The login of the key's owner; nil when the forge names nobody.
    public var signer: String?
    /// The key: the id of a GPG key, or the fingerprint (`SHA256:…`) of an SSH key; nil when the forge does not say.
    public var key: String?

    /// A verification.
    public init(commit: CommitID, isVerified: Bool, signer: String? = nil, key: String? = nil) {
        self.commit = commit
        self.isVerified = isVerified
        self.signer = signer
        self.key = key
    }
}
