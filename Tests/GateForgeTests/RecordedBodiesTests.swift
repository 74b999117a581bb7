import Foundation
import Hummingbird
import Testing

@testable import GateForge

/// Every body that a real Gitea sent can be read.
struct RecordedBodiesTests {
    /// Which wire model reads which route; `nil` marks routes that the client does not use.
    static let models: [(pattern: String, model: (any (Decodable & Sendable).Type)?)] = [
        ("GET /repos/issues/search", nil), ("GET /version", VersionJSON.self),
        ("GET /settings/api", ServerLimitsJSON.self),
        ("GET /user", UserJSON.self), ("GET /users/*", UserJSON.self),
        ("GET /orgs/*", OrganizationJSON.self), ("GET /orgs/*/teams", [TeamJSON].self),
        ("GET /orgs/*/repos", [RepositoryJSON].self), ("POST /orgs", OrganizationJSON.self),
        ("POST /orgs/*/teams", TeamJSON.self), ("GET /teams/*", TeamJSON.self), ("PATCH /teams/*", TeamJSON.self),
        ("GET /teams/*/members", [UserJSON].self), ("GET /teams/*/members/*", UserJSON.self),
        ("POST /admin/users", UserJSON.self), ("PATCH /admin/users/*", UserJSON.self),
        ("GET /repos/*/*", RepositoryJSON.self), ("PATCH /repos/*/*", RepositoryJSON.self),
        ("POST /user/repos", RepositoryJSON.self), ("POST /orgs/*/repos", RepositoryJSON.self),
        ("POST /repos/*/*/forks", RepositoryJSON.self),
        ("GET /repos/*/*/teams", [TeamJSON].self), ("GET /repos/*/*/assignees", [UserJSON].self),
        ("GET /repos/*/*/reviewers", [UserJSON].self), ("GET /repos/*/*/collaborators", [UserJSON].self),
        ("GET /repos/*/*/pulls", [PullJSON].self), ("POST /repos/*/*/pulls", PullJSON.self),
        ("GET /repos/*/*/pulls/*", PullJSON.self), ("PATCH /repos/*/*/pulls/*", PullJSON.self),
        ("GET /repos/*/*/pulls/*/reviews", [ReviewJSON].self), ("POST /repos/*/*/pulls/*/reviews", ReviewJSON.self),
        ("POST /repos/*/*/pulls/*/reviews/*", ReviewJSON.self),
        ("POST /repos/*/*/pulls/*/reviews/*/dismissals", ReviewJSON.self),
        ("POST /repos/*/*/pulls/*/reviews/*/undismissals", ReviewJSON.self),
        ("POST /repos/*/*/pulls/*/requested_reviewers", [ReviewJSON].self),
        ("GET /repos/*/*/pulls/*/files", [FileJSON].self), ("GET /repos/*/*/pulls/*/commits", [CommitJSON].self),
        ("GET /repos/*/*/commits", [CommitJSON].self), ("GET /repos/*/*/git/commits/*", CommitJSON.self),
        ("GET /repos/*/*/git/trees/*", TreeJSON.self),
        ("GET /repos/*/*/issues/*/timeline", [TimelineJSON].self),
        ("GET /repos/*/*/issues/*/comments", [CommentJSON].self),
        ("POST /repos/*/*/issues/*/comments", CommentJSON.self),
        ("PATCH /repos/*/*/issues/comments/*", CommentJSON.self),
        ("GET /repos/*/*/issues/*/labels", [PullJSON.Label].self),
        ("POST /repos/*/*/issues/*/labels", [PullJSON.Label].self),
        ("GET /repos/*/*/labels", [PullJSON.Label].self), ("POST /repos/*/*/labels", PullJSON.Label.self),
        ("POST /repos/*/*/statuses/*", StatusJSON.self), ("GET /repos/*/*/statuses/*", [StatusJSON].self),
        ("GET /repos/*/*/commits/*/status", CombinedStatusJSON.self),
        ("GET /repos/*/*/branches/*", BranchJSON.self), ("POST /repos/*/*/branches", BranchJSON.self),
        ("GET /repos/*/*/contents/**", ContentsJSON.self),
    ]

    static func model(of exchange: Recordings.Exchange) -> (any (Decodable & Sendable).Type)? {
        let asked = "\(exchange.method) \(exchange.route)".split(separator: "/")
        return models.first { entry in
            let wanted = entry.pattern.split(separator: "/")
            let isOpen = wanted.last == "**"
            guard isOpen ? asked.count >= wanted.count : asked.count == wanted.count else { return false }
            return zip(asked, wanted).allSatisfy { $1 == "*" || $1 == "**" || $0 == $1 }
        }?.model
    }

    @Test func everyAnswerIsRead() throws {
        var read = 0
        var used: Set<String> = []
        for exchange in Recordings.exchanges
        where (200..<300).contains(exchange.status)
            && exchange.headers["content-type"]?.hasPrefix("application/json") == true
            && !exchange.body.isEmpty
        {
            guard let model = Self.model(of: exchange) else { continue }
            do {
                _ = try Wire.decoder().decode(model, from: exchange.body)
                read += 1
                used.insert("\(model)")
            } catch {
                Issue.record("\(exchange): \(error)")
            }
        }
        #expect(read > 270)
        #expect(used.count >= 20)
    }

    @Test func everyCallTheClientMakesWasRecordedOrIsKnownNotToBe() {
        let recorded = Set(Recordings.exchanges.compactMap { Self.model(of: $0).map { "\($0)" } })
        let unrecorded = Self.models.compactMap { $0.model.map { "\($0)" } }.filter { !recorded.contains($0) }
        #expect(unrecorded.isEmpty)
    }

    @Test func everyRefusalIsTheForgesOwn() async throws {
        let settings = try ForgeSettings(address: "http://forge", token: Token("x"))
        var seen: [String: Int] = [:]
        let client = try ForgeClient(settings)
        for exchange in Recordings.exchanges where exchange.status >= 400 {
            let answer = Answer(
                status: exchange.status, fields: exchange.headers.map { ($0.key, $0.value) },
                body: ByteBuffer(bytes: exchange.body))
            let kind = try #require(client.verdict(on: answer, to: exchange.method))
            if case .proxyPage = kind { Issue.record("\(exchange) is taken for a proxy's") }
            seen[String("\(kind)".prefix { $0 != "(" }), default: 0] += 1
        }
        #expect(
            Set(seen.keys) == [
                "unauthorized", "forbidden", "missingScope", "notFound", "methodNotAllowed", "conflict", "rejected",
                "serverError",
            ])
        await client.shutdown()
    }
}
