import Foundation

/// A REST call, taken apart.
struct APIRequest: Sendable {
    var method: String
    /// The path as it was sent, below `/api/v1`.
    var path: String
    /// The decoded parts of the path.
    var segments: [String]
    var query: [(name: String, value: String)]
    var body: JSON
    var authorization: String?
    /// `X-Gitea-OTP`: the code of a second factor.
    var passcode: String?

    func query(_ name: String) -> String? { query.first { $0.name == name }?.value }
}

/// What a REST call answers.
struct APIResponse: Sendable {
    var status: Int
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
    var contentType: String?

    static func json(_ status: Int, _ value: JSON) -> APIResponse {
        APIResponse(status: status, body: Array(value.text.utf8), contentType: "application/json;charset=utf-8")
    }

    static func text(_ status: Int, _ text: String) -> APIResponse {
        APIResponse(status: status, body: Array(text.utf8), contentType: "text/plain; charset=utf-8")
    }

    static func empty(_ status: Int) -> APIResponse { APIResponse(status: status) }

    func with(total: Int) -> APIResponse {
        var copy = self
        copy.headers.append(("X-Total-Count", String(total)))
        return copy
    }
}

/// An answer that ends a call early.
struct APIFailure: Error {
    /// What is answered; the link to the API's description is added later.
    var response: @Sendable (WorldState) -> APIResponse

    static func message(_ status: Int, _ text: String) -> APIFailure {
        APIFailure { world in
            .json(status, ["message": .string(text), "url": .string("\(world.address)/api/swagger")])
        }
    }

    static func notFound(_ message: String = "The target couldn't be found.", errors: [String]? = nil) -> APIFailure {
        APIFailure { world in
            let list = errors.map { JSON.strings($0) } ?? .null
            return .json(
                404, ["errors": list, "message": .string(message), "url": .string("\(world.address)/api/swagger")])
        }
    }

    static func empty(_ status: Int) -> APIFailure { APIFailure { _ in .empty(status) } }

    static func noUser(_ name: String) -> APIFailure {
        .notFound("GetUserByName", errors: ["user does not exist [uid: 0, name: \(name), keyid: 0]"])
    }
}

/// One endpoint.
struct Route: Sendable {
    typealias Handler = @Sendable (inout WorldState, Call) throws -> APIResponse

    var method: String
    var pattern: [String]
    var areas: [Scope.Area]
    var handler: Handler

    /// `{name}` takes one part of the path, `{name*}` all that is left.
    init(_ method: String, _ pattern: String, _ areas: Scope.Area..., handler: @escaping Handler) {
        self.method = method
        self.pattern = pattern.split(separator: "/").map(String.init)
        self.areas = areas
        self.handler = handler
    }

    func parameters(of segments: [String]) -> [String: String]? {
        guard isMatch(segments) else { return nil }
        var found: [String: String] = [:]
        for (index, part) in pattern.enumerated() {
            if part.hasSuffix("*}") {
                found[String(part.dropFirst().dropLast(2))] = segments[index...].joined(separator: "/")
                return found
            }
            if part.hasPrefix("{") { found[String(part.dropFirst().dropLast())] = segments[index] }
        }
        return found
    }

    private func isMatch(_ segments: [String]) -> Bool {
        let takesAll = pattern.last?.hasSuffix("*}") ?? false
        guard takesAll ? segments.count >= pattern.count : segments.count == pattern.count else { return false }
        return zip(pattern, segments).allSatisfy { part, segment in part.hasPrefix("{") || part == segment }
    }
}

/// A call that found its endpoint, with who makes it.
struct Call: Sendable {
    var request: APIRequest
    var parameters: [String: String]
    /// The account that calls, nil for nobody.
    var caller: Int?
    var scopes: [String]?
    var isBasic: Bool

    subscript(name: String) -> String { parameters[name] ?? "" }
    var body: JSON { request.body }
    var isPublicOnly: Bool { scopes?.contains("public-only") ?? false }
    func query(_ name: String) -> String? { request.query(name) }
    func number(_ name: String) throws -> Int {
        guard let number = Int(self[name]) else { throw APIFailure.notFound() }
        return number
    }

    func requireCaller() throws -> Int {
        guard let caller else { throw APIFailure.message(401, "token is required") }
        return caller
    }

    func requireSiteAdmin(_ world: WorldState) throws {
        guard world.accounts[try requireCaller()]?.isAdmin == true else {
            throw APIFailure.message(403, "user should be the site admin")
        }
    }
}

/// A page of a list.
struct Page: Sendable {
    static let maximum = 50
    static let standard = 30

    var number: Int
    var size: Int

    init(_ call: Call) {
        number = max(1, call.query("page").flatMap { Int($0) } ?? 1)
        let asked = call.query("limit").flatMap { Int($0) } ?? 0
        size = asked <= 0 ? Self.standard : min(asked, Self.maximum)
    }

    func slice<Element>(_ all: [Element]) -> [Element] { Array(all.dropFirst((number - 1) * size).prefix(size)) }

    /// The `Link` header, when there is more than one page.
    func link(_ call: Call, total: Int, address: String) -> (name: String, value: String)? {
        guard total > size else { return nil }
        let last = (total + size - 1) / size
        func url(_ page: Int) -> String {
            var query = call.request.query.filter { $0.name != "page" }
            query.append(("page", String(page)))
            query.sort { $0.name < $1.name }
            let text = query.map { "\($0.name)=\(WorldState.queryEscaped($0.value))" }.joined(separator: "&")
            return "<\(address)/api/v1\(call.request.path)?\(text)>"
        }
        var links: [String] = []
        let current = min(number, last)
        if current < last { links += ["\(url(current + 1)); rel=\"next\"", "\(url(last)); rel=\"last\""] }
        if current > 1 { links += ["\(url(1)); rel=\"first\"", "\(url(current - 1)); rel=\"prev\""] }
        return ("Link", links.joined(separator: ","))
    }
}
