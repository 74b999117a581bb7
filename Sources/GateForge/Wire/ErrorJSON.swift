/// The forge's refusal.
struct ErrorJSON: Decodable, Sendable {
    var message: String
    var errors: [String]?
}
