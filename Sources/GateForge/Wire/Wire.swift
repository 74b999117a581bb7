#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import GatePolicy

/// How the forge's JSON is read.
enum Wire {
    static func decoder() -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return decoder
    }

    /// Where reading went wrong.
    static func place(of error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context): "`\(path(context.codingPath + [key]))` is missing"
        case .valueNotFound(_, let context): "`\(path(context.codingPath))` is null"
        case .typeMismatch(_, let context): "`\(path(context.codingPath))` is of another type"
        case .dataCorrupted(let context) where context.codingPath.isEmpty: "it cannot be read as JSON"
        case .dataCorrupted(let context): "`\(path(context.codingPath))` cannot be read"
        @unknown default: "it cannot be read"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.isEmpty ? "the answer" : keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }

    /// The moment, or nil for the year 1 that the forge writes when there is none.
    static func timestamp(_ date: Date?) -> Timestamp? {
        guard let date, date.timeIntervalSince1970 > -62_000_000_000 else { return nil }
        return Timestamp(seconds: Int64(date.timeIntervalSince1970.rounded(.down)))
    }

    /// A list that the forge writes as null when it is empty.
    static func list<Element>(_ elements: [Element]?) -> [Element] { elements ?? [] }
}
