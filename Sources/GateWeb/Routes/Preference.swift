import Hummingbird

/// Which of the two forms of a page a reader asks for.
enum Preference {
    case html, json

    /// What the `Accept` field prefers; HTML when it does not say.
    init(_ request: Request) {
        let field = request.headers[values: .accept].joined(separator: ",")
        self = Self.weight(of: "json", in: field) > Self.weight(of: "html", in: field) ? .json : .html
    }

    private static func weight(of kind: String, in field: String) -> Double {
        field.split(separator: ",").prefix(32).map { range in
            let parts = range.split(separator: ";").map { $0.filter { !$0.isWhitespace }.lowercased() }
            guard parts.first == "application/json" && kind == "json" || parts.first == "text/html" && kind == "html"
            else { return 0 }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) }
            return quality ?? 1
        }.max() ?? 0
    }
}
