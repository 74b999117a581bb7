/// An organisation.
struct OrganizationJSON: Decodable, Sendable {
    var id: Int64
    /// Its name; newer servers have `name`, all have `username`.
    var username: String
}
