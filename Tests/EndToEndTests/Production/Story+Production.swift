import AsyncHTTPClient
import Foundation
import GiteaSimulator
import NIOCore
import NIOHTTP1
import Testing

extension Story {
    /// The organisation's webhook, for everything, at an address.
    func hook(to address: String) async throws {
        try await forge.must(
            .POST, "/orgs/\(forge.name("acme"))/hooks", as: keeper,
            [
                "type": "gitea", "active": true, "events": ["pull_request", "pull_request_review", "push"],
                "config": ["url": .string(address), "content_type": "json", "secret": .string(Service.secret)],
            ])
    }

    /// The newest status in a context on a pull request's head, once there is one in that state or in any.
    func posted(_ context: String, on number: Int, state: String? = nil) async throws -> JSON {
        let head = try await forge.head(of: number, repository)
        for _ in 0..<400 {
            let rows = try await forge.must(.GET, "/repos/\(repository)/statuses/\(head)?limit=50").array ?? []
            let newest = rows.filter { $0["context"]?.string == context }.max {
                ($0["id"]?.int ?? 0) < ($1["id"]?.int ?? 0)
            }
            if let newest, state.map({ $0 == newest["status"]?.string }) ?? true { return newest }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw Unheard(description: "`\(context)` was not posted as \(state ?? "anything")")
    }
}

extension StoryForge {
    /// Whether anything answers at an address.
    static func reach(_ address: String) async throws -> Bool {
        let response = try await HTTPClient.shared.execute(HTTPClientRequest(url: address), timeout: .seconds(2))
        _ = try await response.body.collect(upTo: 1 << 20)
        return true
    }
}

extension ServiceProcess {
    /// A page, as a browser gets it.
    func page(_ address: String) async throws -> (status: Int, text: String) {
        var request = HTTPClientRequest(url: address)
        request.headers.add(name: "Accept", value: "text/html")
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        return (Int(response.status.code), String(buffer: try await response.body.collect(upTo: 1 << 22)))
    }
}

/// Something that should have happened by now.
struct Unheard: Error, CustomStringConvertible {
    var description: String
}
