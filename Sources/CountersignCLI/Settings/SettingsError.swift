/// A mistake in the settings: where, what, and what to do.
public struct SettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The sentence.
    public let description: String

    /// A mistake.
    public init(_ description: String) {
        self.description = description
    }
}
