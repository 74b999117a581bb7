/// The forge's refusal.
struct ErrorJSON: Decodable, Sendable {
    var message: String
    var errors: [String]?
    /// Where the forge's API is described; whatever stands in front of it does not know that.
    var url: String?
}
