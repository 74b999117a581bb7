import AsyncHTTPClient
import CoreMetrics
import Foundation
import GateForge
import GatePolicy
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import NIOHTTP1
import PrometheusMetrics
import Synchronization
import Testing

@testable import GateWeb

/// Deliveries: what is taken, what is refused, and what the forge is told.
struct HookTests {
    static let body =
        #"{"action":"opened","number":12,"repository":{"id":7,"full_name":"acme/widget"},"sender":{"id":3}}"#

    @Test(arguments: ["/hooks/gitea", "/hooks/forgejo"])
    func aSignedDeliveryIsTaken(_ path: String) async throws {
        let web = try Web()
        let answer = try await web.deliver(Self.body, to: path)
        #expect(answer.status == .accepted)
        let hint = WebhookHint(
            repositoryID: 7, repository: Scene.repository, target: .pullRequest(12), cause: "pull_request",
            senderID: 3)
        #expect(
            web.taken.withLock { $0 } == [
                .init(hint: hint, delivery: "11111111-2222-3333-4444-555555555555")
            ])
    }

    @Test func whatIsNotSignedIsNot() async throws {
        let web = try Web()
        let unsigned = try await web.deliver(Self.body, secret: nil)
        #expect(unsigned.status == .unauthorized)
        #expect(try await web.deliver(Self.body, signature: "").status == .unauthorized)
        #expect(try await web.deliver(Self.body, secret: "another secret than ours").status == .forbidden)
        #expect(try await web.deliver(Self.body, signature: "abc").status == .forbidden)
        #expect(web.taken.withLock { $0.isEmpty })
        #expect(web.log.contains("without a signature") && web.log.contains("wrong signature"))
    }

    /// Anybody may have deliveries refused: each kind is told once a minute.
    @Test func refusalsDoNotFillTheLog() {
        let book = DeliveryBook(since: Scene.now)
        func tells(_ kind: WebInstruments.DeliveryResult, _ seconds: Int64) -> Bool {
            book.tells(kind, at: Timestamp(seconds: Scene.now.seconds + seconds))
        }
        #expect(tells(.unsigned, 0) && !tells(.unsigned, 59) && tells(.forged, 59) && tells(.unsigned, 60))
        #expect(tells(.unsigned, 30), "the clock was set back")
    }

    @Test func secretsAreExchangedWhileItRuns() async throws {
        let web = try Web()
        #expect(try await web.deliver(Self.body, secret: Web.olderHookSecret).status == .accepted)
        web.secrets.replace(with: .init(hook: try WebhookSecrets(["a wholly new secret of ours"])))
        #expect(try await web.deliver(Self.body).status == .forbidden)
        #expect(try await web.deliver(Self.body, secret: "a wholly new secret of ours").status == .accepted)
    }

    @Test func withoutASecretNothingIsTaken() async throws {
        let web = try Web(hook: false)
        #expect(try await web.deliver(Self.body).status == .forbidden)
        #expect(try await web.deliver(Self.body, signature: Web.sign(Self.body, "")).status == .forbidden)
        #expect(web.log.contains("`hook.secret` is not set"))
    }

    @Test func aStoreThatCannotTakeItIsSaidToBe() async throws {
        let web = try Web()
        web.storeFails.withLock { $0 = true }
        #expect(try await web.deliver(Self.body).status == .serviceUnavailable)
        #expect(web.log.contains("error a delivery was refused: the store cannot take it"))
        #expect(web.log.contains("the disk is full") && web.log.contains("11111111-2222"))
    }

    @Test func eventsOfNoInterestAreAcceptedAndCounted() async throws {
        let web = try Web()
        let statuses = try await withMetricsFactory(web.metrics) {
            [
                try await web.deliver("{}", event: "pull_request_teleported").status,
                try await web.deliver("{}", event: "wiki").status,
                try await web.deliver(Self.body).status,
                try await web.deliver(Self.body, secret: nil).status,
            ]
        }
        #expect(statuses == [.accepted, .accepted, .accepted, .unauthorized])
        #expect(web.taken.withLock { $0.count } == 1)
        let text = web.metrics.text()
        for line in [
            "countersign_hook_deliveries_total{event=\"other\",result=\"unknown\"} 1",
            "countersign_hook_deliveries_total{event=\"wiki\",result=\"ignored\"} 1",
            "countersign_hook_deliveries_total{event=\"pull_request\",result=\"accepted\"} 1",
            "countersign_hook_deliveries_total{event=\"pull_request\",result=\"unsigned\"} 1",
        ] { #expect(text.contains(line + "\n"), "\(text)") }
    }

    @Test(arguments: [
        "", "{", "[]", #"{"number":1}"#, String(repeating: "[", count: 200_000),
        #"{"repository":"# + String(repeating: #"{"a":"#, count: 100_000),
    ])
    func whatCannotBeReadHarmsNothing(_ body: String) async throws {
        let web = try Web()
        #expect(try await web.deliver(body).status == .badRequest)
        #expect(web.taken.withLock { $0.isEmpty })
    }

    /// Of a status only the gate knows whether it is its own: another process may have its token.
    @Test func ourOwnCommentsNeedNoSecondLook() async throws {
        let web = try Web()
        let own = Self.body.replacing(#""id":3"#, with: #""id":9"#)
        let comment = own.replacing(#""number":12"#, with: #""issue":{"number":12},"is_pull":true"#)
        let status = own.replacing(
            #""number":12"#, with: #""sha":"\#(Scene.head)","context":"countersign: main""#)
        #expect(try await web.deliver(comment, event: "issue_comment").status == .accepted)
        #expect(try await web.deliver(status, event: "status").status == .accepted)
        #expect(web.taken.withLock { $0.map(\.hint.cause) } == ["status"])
        let others = comment.replacing(#""id":9"#, with: #""id":3"#)
        #expect(try await web.deliver(others, event: "issue_comment").status == .accepted)
        #expect(try await web.deliver(own).status == .accepted)
        #expect(web.taken.withLock { $0.count } == 3)
    }

    @Test func aBodyHasALimit() async throws {
        let web = try Web()
        let large = String(repeating: "x", count: WebLimits.deliveryBytes + 1)
        let refused = try await web.deliver(large)
        #expect(refused.status == .contentTooLarge)
        #expect(web.log.contains("more than 4194304 bytes"))
    }

    @Test func aBodyThatNeverEndsIsGivenUp() async throws {
        let web = try Web(bodyDeadline: .milliseconds(200))
        try await web.server().application(.open).test(.live) { client in
            let (bytes, source) = AsyncStream<ByteBuffer>.makeStream()
            source.yield(ByteBuffer(string: "{"))
            var request = HTTPClientRequest(url: "http://127.0.0.1:\(client.port ?? 0)/hooks/gitea")
            request.method = .POST
            request.headers.add(name: "X-Gitea-Signature", value: Web.sign("{", Web.hookSecret))
            request.body = .stream(bytes, length: .known(Int64(1000)))
            let began = ContinuousClock.now
            let answer = try? await HTTPClient.shared.execute(request, timeout: .seconds(20))
            #expect(answer == nil || answer?.status == .requestTimeout)
            #expect(ContinuousClock.now - began < .seconds(15))
            source.finish()
        }
        #expect(web.taken.withLock { $0.isEmpty })
    }

    @Test func memoryForBodiesIsShared() {
        let budget = BodyBudget(100)
        #expect(budget.take(60) && !budget.take(60) && budget.take(40))
        budget.giveBack(60)
        #expect(budget.take(60) && !budget.take(1))
    }

    @Test func onlyPostIsTakenAndOnlyAtTheOpenDoor() async throws {
        let web = try Web()
        let got = try await web.ask("/hooks/gitea")
        #expect(got.status == .methodNotAllowed && got.headers[.allow] == "POST")
        #expect(try await web.ask("/hooks/gitea", at: .operators, method: .post).status == .methodNotAllowed)
    }
}
