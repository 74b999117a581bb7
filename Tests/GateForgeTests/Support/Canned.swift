/// An answer that a test has ready.
struct Canned: Sendable {
    /// How the answer goes wrong on its way.
    enum Fault: Sendable {
        case none, breaksOff, never
        /// The answer begins, and never ends.
        case stalls
    }

    var status = 200
    var headers: [String: String] = ["content-type": "application/json;charset=utf-8"]
    var body = ""
    var fault = Fault.none

    static func json(_ body: String, status: Int = 200, _ headers: [String: String] = [:]) -> Canned {
        Canned(
            status: status,
            headers: headers.merging(["content-type": "application/json;charset=utf-8"]) { own, _ in own }, body: body)
    }

    static func page(_ status: Int, server: String = "nginx/1.25.3") -> Canned {
        Canned(
            status: status, headers: ["content-type": "text/html", "server": server],
            body: "<html><body><h1>\(status)</h1></body></html>")
    }

    static func redirect(_ status: Int, to location: String) -> Canned {
        Canned(status: status, headers: ["location": location, "content-type": "text/html"], body: "<a>moved</a>")
    }

    static func refusal(_ status: Int, _ message: String) -> Canned {
        json(#"{"message":"\#(message)","url":"http://127.0.0.1/api/swagger"}"#, status: status)
    }

    static let notFound = json(
        #"{"errors":null,"message":"The target couldn't be found.","url":"http://127.0.0.1/api/swagger"}"#, status: 404)
    static let limits = json(#"{"max_response_items":50,"default_paging_num":30}"#)
    static let never = Canned(fault: .never)
}

/// What the client asked.
struct Asked: Sendable {
    var method: String
    /// The path below the base address, with the query.
    var uri: String
    var headers: [String: String]
    var body: String

    /// The path below `/api/v1`, without the query.
    var route: String {
        let path = uri.prefix { $0 != "?" }
        guard let api = path.firstRange(of: "/api/v1") else { return String(path) }
        return String(path[api.upperBound...])
    }

    func query(_ name: String) -> String? {
        uri.split(separator: "?").dropFirst().first?.split(separator: "&")
            .first { $0.hasPrefix("\(name)=") }.map { String($0.dropFirst(name.count + 1)) }
    }
}
