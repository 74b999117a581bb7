/// A mistake or a doubt in a policy, with its place and what to do.
public struct Diagnostic: Error, Hashable, Sendable, Codable {
    /// How bad it is.
    public enum Severity: String, Hashable, Sendable, Codable {
        /// The policy cannot be used.
        case error
        /// The policy means what it says, but perhaps not what its author meant.
        case warning
    }

    /// How bad it is.
    public var severity: Severity
    /// Where.
    public var span: SourceSpan
    /// What is wrong and what was expected: lower case, one line, no final full stop, input in backticks.
    public var message: String
    /// What to write instead, or what to do.
    public var hint: String?
    /// The source line the place is on; nil where it must not be quoted.
    public var sourceLine: String?

    /// A diagnostic.
    public init(
        severity: Severity = .error, span: SourceSpan, message: String, hint: String? = nil, sourceLine: String? = nil
    ) {
        self.severity = severity
        self.span = span
        self.message = message
        self.hint = hint
        self.sourceLine = sourceLine
    }
}
