/// Whose request for changes blocks.
public struct Block: Hashable, Sendable {
    /// Whose; nil for nobody's (`none`).
    public var by: People?
    /// Whether a request for changes ends when the head moves (`stale: exact-head`).
    public var endsWithHead: Bool

    /// The default of the language: everybody who may write the code.
    public static let standard = Block(by: .writers, endsWithHead: false)

    /// A blocker rule.
    public init(by people: People?, endsWithHead: Bool = false) {
        self.by = people
        self.endsWithHead = endsWithHead
    }
}
