import Foundation
import GateForge
import GatePolicy
import GateService
import GateStore
import GiteaSimulator
import Logging
import NIOHTTP1
import Testing

/// The service of a story: the same steps that the loops take, taken one by one.
struct Service: Sendable {
    let gate: Gatekeeper
    let store: Store
    let story: Story
    private let secrets: WebhookSecrets

    /// The secret that the story's hook signs with.
    static let secret = "0123456789abcdef0123456789abcdef"

    /// A service on a story's forge, with a webhook for everything.
    init(
        _ story: Story, store: Store? = nil, settings: GateSettings = GateSettings(), token: String? = nil,
        limits: ForgeLimits = ForgeLimits()
    ) async throws {
        let clock = story.clock
        let now: @Sendable () -> Moment = {
            Moment(milliseconds: Int64((clock.now.timeIntervalSince1970 * 1000).rounded()))
        }
        let forge = try ForgeSettings(
            address: story.forge.baseAddress, token: Token(token ?? story.gate.token),
            directoryToken: Token(story.directoryToken), deadline: .seconds(20), limits: limits,
            retry: RetryPolicy(sleep: { _ in }))
        let client = try ForgeClient(
            forge, keeping: AnswerKeeping(seconds: settings.peopleSeconds) { now().timestamp })
        self.story = story
        self.store = try store ?? Store.inMemory()
        secrets = try WebhookSecrets([Self.secret])
        var logger = Logger(label: "countersign")
        logger.logLevel = .critical
        gate = Gatekeeper(
            self.store, client, settings,
            clock: GateClock(
                now: now, uptime: { .milliseconds(now().milliseconds) }, sleep: { _ in }, random: { 1 }), logger: logger
        )
    }

    /// The same service with other settings, from now on.
    init(_ other: Service, settings: GateSettings) {
        gate = other.gate.with(other.gate.forge, settings)
        (store, story, secrets) = (other.store, other.story, other.secrets)
    }

    /// Lets a story happen with a service that listens to its webhooks.
    static func tell(
        policy: String? = Story.policy, version: ServerVersion = .promised, settings: GateSettings = GateSettings(),
        limits: ForgeLimits = ForgeLimits(),
        _ body: (Story, Service) async throws -> Void
    ) async throws {
        try await Story.tell(policy: policy, version: version) { story in
            let service = try await Service(story, settings: settings, limits: limits)
            try await service.listen(to: story.repository)
            _ = story.simulator?.world.takeDeliveries()
            do {
                try await body(story, service)
                await service.gate.forge.shutdown()
            } catch {
                await service.gate.forge.shutdown()
                throw error
            }
        }
    }

    /// Has a repository send webhooks of everything.
    func listen(to repository: String) async throws {
        try await story.forge.must(
            .POST, "/repos/\(repository)/hooks", as: story.keeper,
            [
                "type": "gitea", "active": .bool(true),
                "config": [
                    "url": "http://127.0.0.1:1/hooks/gitea", "content_type": "json", "secret": .string(Self.secret),
                ],
                "events": .array(Self.events.map { .string($0) }),
            ])
    }

    private static let events = [
        "push", "create", "delete", "pull_request", "issue_comment", "status", "repository", "pull_request_sync",
        "pull_request_review_approved", "pull_request_review_rejected", "pull_request_review_comment",
        "pull_request_comment", "pull_request_label", "pull_request_review_request",
    ]

    /// Takes the deliveries that wait, as the hook route does.
    @discardableResult
    func hear() async throws -> Int { try await hear(story.simulator?.world.takeDeliveries() ?? []) }

    /// Takes some deliveries, as the hook route does.
    @discardableResult
    func hear(_ deliveries: [PendingDelivery]) async throws -> Int {
        for delivery in deliveries {
            let values = { (name: String) in delivery.headers.filter { $0.name == name }.map(\.value) }
            let signed = try WebhookDelivery(
                values, body: Data(delivery.body.utf8), signature: WebhookSignature(values), secrets: secrets)
            if case .hint(let hint) = signed.content() {
                try await gate.accept(hint, delivery: signed.id)
            }
        }
        return deliveries.count
    }

    /// Works off everything that is due.
    /// - Returns: what was worked off, in order.
    @discardableResult
    func work(limit: Int = 200) async throws -> [Claim] {
        var done: [Claim] = []
        while done.count < limit, let claim = try await gate.processNext() { done.append(claim) }
        return done
    }

    /// A pull request whose last approval is heard, and not yet worked off.
    func lastApprovalHeard() async throws -> Int {
        let number = try await story.pull()
        try await story.approve(number, as: story.bob)
        try await settle()
        try await story.approve(number, as: story.carol)
        try await hear()
        return number
    }

    /// Hears and works until nothing more comes.
    func settle() async throws {
        for _ in 0..<20 {
            let heard = try await hear()
            let worked = try await work()
            if heard == 0, worked.isEmpty { return }
        }
        Issue.record("the service does not come to rest")
    }

    /// Lets time pass, and lets the reconciler and what it marks have their turns; nothing is heard.
    func reconcile(after seconds: Double = 61) async throws {
        story.clock.advance(by: seconds)
        for _ in 0..<5 {
            await gate.reconcile()
            try await work()
            story.clock.advance(by: 3)
        }
    }

    /// Loses every delivery that waits.
    func loseDeliveries() { _ = story.simulator?.world.takeDeliveries() }

    /// What the head of a pull request shows: state and text by context.
    func statuses(_ number: Int) async throws -> [String: (String, String)] {
        let head = try await story.forge.head(of: number, story.repository)
        return try await story.forge.statuses(on: head, of: story.repository)
    }

    /// The state and text of a pull request's summary, as `state: text`.
    func summary(_ number: Int, base: String = "main") async throws -> String {
        let shown = try await statuses(number)["countersign: \(base)"]
        return shown.map { "\($0.0): \($0.1)" } ?? "nothing"
    }

    /// What the store knows of a pull request.
    func record(_ number: Int) async throws -> PullRecord {
        let name = try #require(RepositoryName(story.repository))
        let repository = try #require(try await store.repository(named: name))
        return try #require(try await store.pull(repository.id, Int64(number)))
    }
}
