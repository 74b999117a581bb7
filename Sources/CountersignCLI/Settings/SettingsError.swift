/// A mistake in the settings: where, what, and what to do.
public struct SettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The sentence.
    public let description: String
    /// Whether a file is meant that is not there.
    let isOfMissingFile: Bool

    /// The single mistakes, where it is several.
    let parts: [SettingsError]

    /// A mistake.
    public init(_ description: String) {
        self.description = description
        isOfMissingFile = false
        parts = []
    }

    /// Several mistakes, a line each.
    init(all mistakes: [SettingsError]) {
        parts = mistakes.flatMap { $0.parts.isEmpty ? [$0] : $0.parts }
        description = parts.map(\.description).joined(separator: "\n")
        isOfMissingFile = false
    }

    /// A file that is not there.
    public init(missing path: String) {
        description = "`\(path)` does not exist"
        isOfMissingFile = true
        parts = []
    }
}
