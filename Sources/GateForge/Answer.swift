import NIOCore

/// What came back from the forge, whole.
struct Answer: Sendable {
    var status: Int
    var fields: [(name: String, value: String)]
    var body: ByteBuffer

    /// The first field of that name, in lower case.
    func field(_ name: String) -> String? { fields.first { $0.name.lowercased() == name }?.value }

    /// The number of rows the forge says the whole list has.
    var total: Int? { field("x-total-count").flatMap { Int($0) } }

    /// Whether the forge says that there are further pages.
    var hasMore: Bool {
        field("x-hasmore") == "true"
            || fields.contains { $0.name.lowercased() == "link" && $0.value.contains("rel=\"next\"") }
    }

    /// The media type without parameters, in lower case.
    var mediaType: String {
        (field("content-type") ?? "").prefix { $0 != ";" }.lowercased().filter { $0 != " " }
    }

    /// What the server calls itself, short and of harmless characters.
    var server: String {
        String(
            (field("server") ?? "").unicodeScalars.filter(Self.isHarmless).prefix(64).map(Character.init))
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        (0x20...0x7e).contains(scalar.value) && scalar != "`" && scalar != "<" && scalar != ">"
    }

    /// Seconds from `Retry-After`; a date there counts as not said.
    var retryAfter: Int? {
        field("retry-after").flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
    }
}
