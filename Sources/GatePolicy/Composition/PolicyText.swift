/// What a file of a policy holds.
public struct PolicyText: Sendable {
    /// The bytes.
    public var bytes: [UInt8]
    /// The name that diagnostics give it.
    public var file: String
    /// Its repository, commit and path: two places of one identity are one file.
    public var identity: String
    /// The SHA-256 of the bytes in hexadecimal.
    public var digest: String

    /// A text.
    public init(_ bytes: [UInt8], file: String, identity: String, digest: String) {
        self.bytes = bytes
        self.file = file
        self.identity = identity
        self.digest = digest
    }
}

/// What looking for an included file came to.
public enum PolicyFileAnswer: Sendable {
    /// It is there.
    case text(PolicyText)
    /// It is proven that it may not be used, or is not there: why, in the words of a diagnostic.
    case refused(String, hint: String?)
    /// It could not be read.
    case unknown(Unknown)
    /// Nobody looked: there is no forge to ask.
    case unchecked
}
