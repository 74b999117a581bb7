/// A policy that was read without a mistake.
public struct Policy: Sendable {
    /// The file it came from, as shown.
    public var file: String
    /// The SHA-256 of what was read, in hexadecimal: a verdict belongs to it.
    public var digest: String
    /// The gates, in the file's order.
    public var gates: [Gate]
    /// The parts, in the file's order.
    public var parts: [Part]
    /// The blocker rule of the file, which holds the summary back.
    public var block: Block
    /// Doubts found when it was read.
    public var warnings: [Diagnostic]
}
