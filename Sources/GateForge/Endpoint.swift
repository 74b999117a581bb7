import NIOCore

/// A call that can be made: the pattern of its path, what stands in the braces, the query and the body.
struct Endpoint: Sendable {
    var method = "GET"
    /// `{name}` takes one segment; `{name*}` takes a path and keeps its slashes.
    var pattern: String
    var arguments: [String]
    var query: [(name: String, value: String)] = []
    var body: ByteBuffer?
    /// Whether making the call twice does no harm.
    var mayRepeat = true

    init(_ pattern: String, _ arguments: String..., query: [(name: String, value: String)] = []) {
        self.pattern = pattern
        self.arguments = arguments
        self.query = query
    }

    func with(_ name: String, _ value: String) -> Endpoint {
        var copy = self
        copy.query.removeAll { $0.name == name }
        copy.query.append((name, value))
        return copy
    }

    func page(_ page: Int) -> Endpoint {
        with("page", "\(page)").with("limit", "\(ForgeClient.wantedPageSize)")
    }

    func call(_ credential: Credential) -> ForgeCall {
        ForgeCall(method: method, path: pattern.replacing("*}", with: "}"), credential: credential)
    }

    /// The path and query below `/api/v1`; nil when an argument is empty or is `.` or `..`, which proxies would resolve.
    var relativeAddress: String? {
        var remaining = arguments[...]
        var segments: [String] = []
        for segment in pattern.split(separator: "/") {
            guard segment.hasPrefix("{") else {
                segments.append(String(segment))
                continue
            }
            guard let argument = remaining.popFirst() else { return nil }
            let parts = segment.hasSuffix("*}") ? Self.pathSegments(argument) : [argument]
            guard !parts.isEmpty, !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) else { return nil }
            segments += parts.map(Self.percentEncoded)
        }
        let encoded = query.map { "\(Self.percentEncoded($0.name))=\(Self.percentEncoded($0.value))" }
        return "/" + segments.joined(separator: "/") + (encoded.isEmpty ? "" : "?" + encoded.joined(separator: "&"))
    }

    private static func pathSegments(_ path: String) -> [String] {
        path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { String(Substring($0)) }
    }

    /// Everything but letters, digits and `-._~` as `%XX`.
    static func percentEncoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
