/// A mistake in the settings: where, what, and what to do.
public struct SettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The sentence.
    public let description: String
    /// Whether a file is meant that is not there.
    let isOfMissingFile: Bool

    /// A mistake.
    public init(_ description: String) {
        self.description = description
        isOfMissingFile = false
    }

    /// A file that is not there.
    public init(missing path: String) {
        description = "`\(path)` does not exist"
        isOfMissingFile = true
    }
}
