/// What people must confirm, item by item.
public struct Checklist: Sendable {
    /// The items, in the policy's order; never empty.
    public var items: [Item]

    /// One item.
    public struct Item: Sendable {
        /// Its name, unique among gates, parts and items.
        public var name: String
        /// Its number, unique among the policy's items; commands may use it in place of the name.
        public var number: Int?
        /// What the description must answer; nil where the acknowledgement alone counts.
        public var ask: Ask?
        /// Who acknowledges it.
        public var by: Requirement
        /// When it is asked for.
        public var when: Condition
        /// Where it stands.
        public var span: SourceSpan
    }
}
