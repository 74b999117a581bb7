/// A label that pull requests can have.
struct LabelJSON: Decodable, Sendable, ListRow {
    var id: Int64
    var name: String

    var rowIdentity: String { "\(id)" }
}
