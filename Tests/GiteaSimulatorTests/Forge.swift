import AsyncHTTPClient
import Foundation
import GiteaSimulator
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// A simulator with an organisation `acme`, a repository `acme/widget`, some people and a client for all of them.
struct Forge: Sendable {
    struct Answer {
        var status: Int
        var headers: HTTPHeaders
        var text: String
        var json: JSON { JSON(parsing: Data(text.utf8)) ?? .null }
    }

    let simulator: GiteaSimulator

    static func run<Result: Sendable>(
        _ options: GiteaSimulator.Options = .init(), _ body: (Forge) async throws -> Result
    ) async throws -> Result {
        try await GiteaSimulator.run(options) { simulator in
            let forge = Forge(simulator: simulator)
            try await forge.setUp()
            return try await body(forge)
        }
    }

    private func setUp() async throws {
        try await root("POST", "/orgs", ["username": "acme", "visibility": "private"])
        try await root(
            "POST", "/orgs/acme/teams",
            ["name": "engineers", "permission": "write", "includes_all_repositories": true])
        for login in ["alice", "bob"] {
            let person: JSON = [
                "username": .string(login), "email": .string("\(login)@example.com"), "password": "secret",
                "must_change_password": false,
            ]
            try await root("POST", "/admin/users", person)
            try await root("PUT", "/teams/2/members/\(login)")
        }
        try await root(
            "POST", "/orgs/acme/repos",
            ["name": "widget", "auto_init": true, "private": true, "default_branch": "main"])
        simulator.requests.reset()
    }

    @discardableResult
    func root(_ method: String, _ path: String, _ body: JSON = .null) async throws -> Answer {
        try await send(method, path, body, authorization: "token \(simulator.options.adminToken)")
    }

    @discardableResult
    func call(_ login: String, _ method: String, _ path: String, _ body: JSON = .null) async throws -> Answer {
        let pair = Data("\(login):secret".utf8).base64EncodedString()
        return try await send(method, path, body, authorization: "Basic \(pair)")
    }

    func send(_ method: String, _ path: String, _ body: JSON, authorization: String) async throws -> Answer {
        var request = HTTPClientRequest(url: "\(simulator.baseAddress)/api/v1\(path)")
        request.method = .RAW(value: method)
        request.headers.add(name: "Authorization", value: authorization)
        if body != .null { request.body = .bytes(ByteBuffer(string: body.text)) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        let bytes = try await response.body.collect(upTo: 1 << 24)
        return Answer(status: Int(response.status.code), headers: response.headers, text: String(buffer: bytes))
    }

    /// Adds a file to a new branch or an existing one, and answers the new head.
    @discardableResult
    func write(_ path: String, _ text: String, to branch: String, as login: String = "alice") async throws -> String {
        let answer = try await call(
            login, "POST", "/repos/acme/widget/contents",
            [
                "files": [
                    [
                        "operation": "create", "path": .string(path),
                        "content": .string(Data(text.utf8).base64EncodedString()),
                    ]
                ], "branch": .string(branch), "message": "write",
            ])
        return answer.json["commit"]?["sha"]?.string ?? "status \(answer.status)"
    }

    func branch(_ name: String, from old: String = "main") async throws {
        try await root(
            "POST", "/repos/acme/widget/branches",
            ["new_branch_name": .string(name), "old_branch_name": .string(old)])
    }

    /// A branch with one file, and a pull request of alice's for it.
    @discardableResult
    func open(_ branch: String, file: String, into base: String = "main") async throws -> Int {
        try await self.branch(branch)
        try await write(file, "\(file)\n", to: branch)
        let answer = try await call(
            "alice", "POST", "/repos/acme/widget/pulls",
            ["head": .string(branch), "base": .string(base), "title": .string(branch)])
        return answer.json["number"]?.int ?? 0
    }
}
