/// Something the import could not carry over as it was, or did in another way.
public struct ImportNotice: Hashable, Sendable, Codable {
    /// How much it matters.
    public enum Severity: String, Hashable, Sendable, Codable, CaseIterable {
        /// There is no safe form, so no policy was written.
        case error
        /// The written policy means something else here; somebody must look.
        case warning
        /// Worth knowing; what is decided is the same or stricter.
        case note
    }

    /// How much it matters.
    public var severity: Severity
    /// The rule, item or label it is about; nil for the whole file.
    public var rule: String?
    /// The key it is about.
    public var key: String
    /// What is different: lower case, one line, no final full stop, input in backticks.
    public var message: String
    /// What to do.
    public var hint: String?
    /// The line in the imported file, from 1.
    public var line: Int?

    /// A notice.
    public init(
        severity: Severity, rule: String? = nil, key: String, message: String, hint: String? = nil, line: Int? = nil
    ) {
        self.severity = severity
        self.rule = rule
        self.key = key
        self.message = message
        self.hint = hint
        self.line = line
    }

    /// As a terminal shows it.
    public func rendered(file: String) -> String {
        let place = line.map { "\(Writing.visible(file, limit: 200)):\($0)" } ?? Writing.visible(file, limit: 200)
        let owner = rule.map { "rule \(Writing.inline($0)): " } ?? ""
        let first = "\(place): \(severity.rawValue): \(owner)`\(key)`: \(message)\n"
        return hint.map { "\(first)    hint: \($0)\n" } ?? first
    }
}

extension [ImportNotice] {
    /// As a terminal shows them, one after the other.
    public func rendered(file: String) -> String { map { $0.rendered(file: file) }.joined() }
}
