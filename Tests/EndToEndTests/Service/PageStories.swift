import Foundation
import GateForge
import GatePolicy
import GateService
import GateStore
import GiteaSimulator
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import NIOHTTP1
import PrometheusMetrics
import Testing

@testable import GateWeb

/// From the forge's delivery over HTTP to the page that the status links to.
@Suite(.simulatorOnly) struct PageStories {
    static let address = "https://gate.example.org/below"

    /// A service with pages, and the web server that shows them.
    static func tell(
        settings: GateSettings = GateSettings(), version: ServerVersion = .promised,
        _ body: (Story, Service, WebServer) async throws -> Void
    ) async throws {
        let keys = try #require(PageKeys(secrets: [String(repeating: "k", count: 32)]))
        let address = try #require(PublicAddress(Self.address))
        var settings = settings
        settings.targetURL = { repository, subject in
            address.page(
                of: subject.repository, subject.number,
                key: keys.key(repositoryID: repository, number: subject.number))
        }
        try await Service.tell(version: version, settings: settings) { story, service in
            let local = try #require(ListenAddress("127.0.0.1:0"))
            var logger = Logger(label: "web")
            logger.logLevel = .critical
            let web = try WebServer(
                settings: WebSettings(
                    listen: local, operatorsListen: local, publicAddress: address,
                    forgeAddress: story.forge.baseAddress),
                secrets: WebSecrets(.init(hook: try WebhookSecrets([Service.secret]), pages: keys)),
                intake: Intake { hint, delivery in
                    try await service.gate.accept(hint, delivery: delivery)
                } isOurs: {
                    $0 == Int64(story.gate.id)
                },
                source: PageSource(service.store), readiness: Readiness([]), metrics: PrometheusFactory(),
                logger: logger,
                now: { [clock = story.clock] in Timestamp(seconds: Int64(clock.now.timeIntervalSince1970)) })
            try await body(story, service, web)
        }
    }

    /// Hands the waiting deliveries to the hook route, and works off what they mark.
    static func settle(_ story: Story, _ service: Service, _ web: WebServer) async throws {
        for _ in 0..<10 {
            let deliveries = story.simulator?.world.takeDeliveries() ?? []
            try await web.application(.open).test(.router) { client in
                for delivery in deliveries {
                    var headers: HTTPFields = [:]
                    for (name, value) in delivery.headers {
                        if let name = HTTPField.Name(name) { headers[name] = value }
                    }
                    let answer = try await client.execute(
                        uri: "/hooks/gitea", method: .post, headers: headers, body: ByteBuffer(string: delivery.body))
                    #expect(answer.status == .accepted, "\(String(buffer: answer.body))")
                }
            }
            if try await service.work().isEmpty, deliveries.isEmpty { return }
        }
        Issue.record("the service does not come to rest")
    }

    static func page(_ path: String, _ web: WebServer, json: Bool = false) async throws -> (Int, String) {
        try await web.application(.open).test(.router) { client in
            let answer = try await client.execute(
                uri: path, method: .get, headers: json ? [.accept: "application/json"] : [:])
            return (answer.status.code, String(buffer: answer.body))
        }
    }

    /// Also one that says that nobody could look, and one that takes a green back.
    @Test func everyStatusLinksToItsPage() async throws {
        try await Self.tell { story, service, web in
            let number = try await story.pull()
            for person in [story.bob, story.carol] { try await story.approve(number, as: person) }
            try await Self.settle(story, service, web)
            let simulator = try #require(story.simulator)
            simulator.faults.add(Fault(path: "*/pulls/\(number)", as: story.gate.login, kind: .status(502)))
            try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
            for _ in 0..<4 {
                try await service.work()
                story.clock.advance(by: 60)
            }
            #expect(try await service.summary(number).hasPrefix("error: cannot be read"))
            simulator.faults.clear()
            try await service.work()
            #expect(try await service.summary(number).hasPrefix("success"))
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)/pulls/\(number)", as: story.alice, ["state": "closed"])
            try await Self.settle(story, service, web)
            #expect(try await service.summary(number) == "pending: not the head of an open pull request into main")
            let head = try await story.forge.head(of: number, story.repository)
            let rows =
                try await story.forge.must(.GET, "/repos/\(story.repository)/statuses/\(head)?limit=50").array ?? []
            let page = "\(Self.address)/\(story.repository)/pulls/\(number)?"
            #expect(rows.count > 9 && rows.allSatisfy { $0["target_url"]?.string?.hasPrefix(page) == true }, "\(rows)")
        }
    }

    @Test func aStatusLeadsToThePageThatExplainsIt() async throws {
        try await Self.tell { story, service, web in
            let number = try await story.pull()
            try await Self.settle(story, service, web)
            let head = try await story.forge.head(of: number, story.repository)
            let rows = try await story.forge.must(.GET, "/repos/\(story.repository)/statuses/\(head)").array ?? []
            #expect(rows.count >= 3)
            let targets = Set(rows.compactMap { $0["target_url"]?.string })
            #expect(targets.count == 1)
            let target = try #require(targets.first)
            #expect(target.hasPrefix("\(Self.address)/\(story.repository)/pulls/\(number)?key="))
            let path = String(target.dropFirst(Self.address.count))

            let (status, waiting) = try await Self.page(path, web)
            #expect(status == 200 && waiting.contains("Not yet"))
            #expect(waiting.contains("1 more of qa (bob)") && waiting.contains("1 more of security (carol)"))
            #expect(waiting.contains("/src/commit/") && waiting.contains("/.countersign.yml#L"))

            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            try await Self.settle(story, service, web)
            let (_, passed) = try await Self.page(path, web)
            #expect(passed.contains("passed: qa-review, security-review") && passed.contains("</span> Yes</p>"))
            let (_, document) = try await Self.page(path, web, json: true)
            #expect(document.contains("\"mayMerge\" : \"yes\""))

            let other = try await story.pull("Add two", file: "src/two.swift", branch: "feature/two")
            try await Self.settle(story, service, web)
            let (refused, _) = try await Self.page(
                path.replacing("/pulls/\(number)?", with: "/pulls/\(other)?"), web)
            #expect(refused == 404)
        }
    }

    /// A check in CI has our token and knows less: the hook route believes no status because of whom it is by.
    @Test func aGreenInOurNameIsPostedOver() async throws {
        try await Self.tell(version: ServerVersion("1.24.0")) { story, service, web in
            let number = try await story.pull()
            try await Self.settle(story, service, web)
            let waits = try await service.summary(number)
            #expect(waits.hasPrefix("pending"))
            try await story.post("success", "countersign: main", on: number, as: story.gate)
            try await Self.settle(story, service, web)
            #expect(try await service.summary(number) == waits)
        }
    }

    /// A push after the approvals: the page must not say yes for a head that nobody looked at.
    @Test func aPushTakesTheYesAway() async throws {
        try await Self.tell { story, service, web in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            try await Self.settle(story, service, web)
            let record = try await service.record(number)
            let source = PageSource(service.store)
            #expect(MergeAnswer(try #require(try await source.pull(record.repository, record.number))) == .yes)
            try await story.forge.commit(
                [.create("src/more.swift", "more\n")], to: story.repository, branch: "feature/one", as: story.alice)
            try await Self.settle(story, service, web)
            let view = try #require(try await source.pull(record.repository, record.number))
            #expect(MergeAnswer(view) == .notYet && view.history.count >= 2)
        }
    }
}
