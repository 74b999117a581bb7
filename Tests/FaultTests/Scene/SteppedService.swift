import Foundation
import GateForge
import GatePolicy
import GateStore
import GiteaSimulator
import Logging
import Synchronization

@testable import GateService

/// A service on a scene: the same steps that its loops take, taken one by one, on the scene's clock.
struct SteppedService: Sendable {
    let gate: Gatekeeper
    let store: Store
    let scene: Scene
    /// Told of everything that was worked off; nil for a step of the reconciler.
    var afterwards: @Sendable (Claim?) -> Void = { _ in }
    private let secrets: WebhookSecrets

    init(
        _ scene: Scene, store: Store? = nil, settings: GateSettings? = nil, token: String? = nil,
        deadline: Duration = .seconds(20), limits: ForgeLimits = ForgeLimits(),
        address: String? = nil, logger: Logger? = nil
    ) throws {
        let now: @Sendable () -> Moment = {
            let seconds = scene.clock.now.timeIntervalSince1970 + scene.skew.withLock { $0 }
            return Moment(milliseconds: Int64((seconds * 1000).rounded()))
        }
        let settings = try settings ?? GateSettings(repositories: RepositorySelection(["acme/*"]))
        let forge = try ForgeSettings(
            address: address ?? scene.simulator.baseAddress, token: Token(token ?? scene.token("gate")),
            directoryToken: Token(scene.directoryToken), deadline: deadline, limits: limits,
            retry: RetryPolicy(sleep: { _ in }))
        self.scene = scene
        self.store = try store ?? Store.inMemory()
        secrets = try WebhookSecrets([Scene.secret])
        var silent = Logger(label: "countersign")
        silent.logLevel = .critical
        gate = Gatekeeper(
            self.store,
            try ForgeClient(forge, keeping: AnswerKeeping(seconds: settings.peopleSeconds) { now().timestamp }),
            settings,
            clock: GateClock(
                now: now, uptime: { .milliseconds(Int64(scene.clock.now.timeIntervalSince1970 * 1000)) },
                sleep: { _ in }, random: { 1 }), logger: logger ?? silent)
    }

    /// A service for the time of the body.
    static func with<Value: Sendable>(
        _ scene: Scene, store: Store? = nil, settings: GateSettings? = nil,
        _ body: (SteppedService) async throws -> Value
    ) async throws -> Value {
        let service = try SteppedService(scene, store: store, settings: settings)
        do {
            let value = try await body(service)
            await service.gate.forge.shutdown()
            return value
        } catch {
            await service.gate.forge.shutdown()
            throw error
        }
    }

    /// Takes deliveries, as the hook route does.
    func hear(_ deliveries: [PendingDelivery]) async throws {
        for delivery in deliveries {
            let values = { (name: String) in delivery.headers.filter { $0.name == name }.map(\.value) }
            let signed = try WebhookDelivery(
                values, body: Data(delivery.body.utf8), signature: WebhookSignature(values), secrets: secrets)
            if case .hint(let hint) = signed.content() {
                try await gate.accept(hint, delivery: signed.id)
            }
        }
    }

    /// What the lanes for events do: everything that is due.
    @discardableResult
    func events(limit: Int = 100) async throws -> Int {
        for count in 0..<limit {
            guard let claim = try await gate.processNext(only: .event) else { return count }
            afterwards(claim)
        }
        return limit
    }

    /// What the lane for the schedule does: within its budget.
    func background(limit: Int = 100) async throws {
        for _ in 0..<limit {
            guard gate.budget.delay(gate.now()) == .zero,
                let claim = try await gate.processNext(only: .background)
            else { return }
            afterwards(claim)
        }
    }

    /// One round of all loops.
    func turn() async throws {
        try await events()
        await gate.reconcile()
        afterwards(nil)
        try await background()
        try await events()
    }

    /// Lets time pass while the loops run.
    func pass(_ seconds: Int, step: Int = 5) async throws {
        var left = seconds
        while left > 0 {
            let next = min(left, step)
            scene.clock.advance(by: TimeInterval(next))
            try await turn()
            left -= next
        }
    }

    /// Everything is looked at once more, whatever was heard.
    func lookAgain() async throws {
        guard let name = RepositoryName(Scene.repository) else { return }
        try await gate.refire(name, .repository)
        try await events()
    }
}
