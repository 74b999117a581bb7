import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// A forge as people use it: only its REST API, so that a story runs against the simulator and any real server alike.
public struct StoryForge: Sendable {
    /// Somebody with an account, a password and a token.
    public struct Person: Sendable, Hashable {
        /// The name in the story.
        public var name: String
        /// The login on this forge: on a server that is not ours alone it has a suffix.
        public var login: String
        /// The account's id.
        public var id: Int
        /// The access token.
        public var token: String
        var password: String
    }

    /// A call that a story relies on went wrong.
    public struct Refused: Error, CustomStringConvertible {
        /// What was called, and what came back.
        public var description: String
    }

    /// What came back.
    public struct Answer: Sendable {
        /// The HTTP status.
        public var status: Int
        /// The body.
        public var json: JSON
    }

    /// The forge's address.
    public let baseAddress: String
    /// Follows every name in the story, so that several stories fit on one server.
    public let suffix: String
    /// Lets the forge's clock move on by a second.
    public let tick: @Sendable () async throws -> Void
    let admin: Person

    /// A forge and its administrator.
    public init(
        baseAddress: String, adminLogin: String, adminToken: String, suffix: String = "",
        tick: @escaping @Sendable () async throws -> Void
    ) {
        self.baseAddress = baseAddress
        self.suffix = suffix
        self.tick = tick
        admin = Person(name: adminLogin, login: adminLogin, id: 0, token: adminToken, password: "")
    }

    /// A name of the story as it is on this forge.
    public func name(_ name: String) -> String { name + suffix }

    /// A text of this forge as the story tells it.
    public func told(_ text: String) -> String {
        (suffix.isEmpty ? text : text.replacing(suffix, with: "")).replacing(baseAddress, with: "<forge>")
    }

    /// One call; any status is an answer.
    public func call(
        _ method: HTTPMethod, _ path: String, as person: Person? = nil, _ body: JSON? = nil, basic: Bool = false
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: "\(baseAddress)/api/v1\(path)")
        request.method = method
        let person = person ?? admin
        let authorization =
            basic
            ? "Basic " + Data("\(person.login):\(person.password)".utf8).base64EncodedString()
            : "token \(person.token)"
        request.headers.add(name: "Authorization", value: authorization)
        // A call of its own for each act: a connection that ends while another act begins would look like a failure.
        request.headers.add(name: "Connection", value: "close")
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: body.text))
        }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        let data = Data(buffer: try await response.body.collect(upTo: 32 * 1024 * 1024))
        return Answer(status: Int(response.status.code), json: JSON(parsing: data) ?? .null)
    }

    /// One call that must succeed.
    @discardableResult
    public func must(
        _ method: HTTPMethod, _ path: String, as person: Person? = nil, _ body: JSON? = nil, basic: Bool = false
    ) async throws -> JSON {
        let answer = try await call(method, path, as: person, body, basic: basic)
        guard (200..<300).contains(answer.status) else {
            throw Refused(description: "\(method) \(path): \(answer.status) \(answer.json.text)")
        }
        return answer.json
    }
}
