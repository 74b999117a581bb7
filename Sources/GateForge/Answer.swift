import NIOCore
import NIOHTTP1

/// What came back from the forge, whole.
struct Answer: Sendable {
    var status: Int
    var headers: HTTPHeaders
    var body: ByteBuffer

    /// The number of rows the forge says the whole list has.
    var total: Int? { headers.first(name: "X-Total-Count").flatMap { Int($0) } }

    /// Whether the forge says that there are further pages.
    var hasMore: Bool {
        headers.first(name: "X-HasMore") == "true" || headers["Link"].contains { $0.contains("rel=\"next\"") }
    }

    /// The media type without parameters, in lower case.
    var mediaType: String {
        (headers.first(name: "Content-Type") ?? "").prefix { $0 != ";" }.lowercased().filter { $0 != " " }
    }

    /// What the server calls itself, short and of harmless characters.
    var server: String {
        String(
            (headers.first(name: "Server") ?? "").unicodeScalars.filter(Self.isHarmless).prefix(64).map(Character.init))
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        (0x20...0x7e).contains(scalar.value) && scalar != "`" && scalar != "<" && scalar != ">"
    }

    /// Seconds from `Retry-After`; a date there counts as not said.
    var retryAfter: Int? {
        headers.first(name: "Retry-After").flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
    }
}
