import Foundation
import GateDoctor
import GateForge
import GatePolicy
import GateService
import Synchronization

@testable import GiteaSimulator

/// Provisioning that may die at any of its steps: the calls to the forge and the files it writes.
final class MortalProvisioner: Sendable {
    /// Where it dies.
    struct Death {
        /// The step, counted from 1.
        var step: Int
        /// Whether that step still takes effect.
        var isAfter: Bool
    }

    private struct Died: Error {}

    private struct State {
        var files: [String: String] = [:]
        var held: Set<String> = []
        var steps: [Bool] = []
        var death: Death?
        var isDead = false
        var gaps: [String] = []
        var secrets = 0
    }

    private let story: Story
    private let simulator: GiteaSimulator
    private let account: String
    private let state = Mutex(State())

    init(_ story: Story, _ simulator: GiteaSimulator, account: String = "countersign") {
        self.story = story
        self.simulator = simulator
        self.account = account
    }

    /// The files, by path.
    var files: [String: String] { state.withLock { $0.files } }
    /// Of each step of the last run: whether it changes something.
    var steps: [Bool] { state.withLock { $0.steps } }
    /// Moments at which the service or CI held a token that the forge does not know.
    var gaps: [String] { state.withLock { $0.gaps } }

    /// Whether a run ended before it was through.
    func run(rotates: Bool = false, death: Death? = nil) async throws -> Bool {
        try await act(rotates: rotates, death) { provisioning in
            let outcome = try await provisioning.carryOut(provisioning.plan()) { _ in }
            if let refused = outcome.refused.first { throw refused.error }
        }
    }

    /// Takes everything back.
    func undo() async throws { _ = try await act(rotates: false, nil) { _ = try await $0.undo { _ in } } }

    /// What a further run would change.
    func rest() async throws -> [String] {
        let rest = Mutex<[String]>([])
        _ = try await act(rotates: false, nil) { provisioning in
            let plan = try await provisioning.plan()
            rest.withLock { $0 = plan.changes.map(\.description) }
        }
        return rest.withLock { $0 }
    }

    /// What is wrong with what CI and the forge hold now: all of it is in the files.
    func discords() -> [String] {
        let files = files
        func text(_ name: String) -> String {
            (files["/secrets/\(name)"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        }
        return simulator.world.update { state in
            var discords: [String] = []
            for (name, secret) in state.secrets.values.flatMap({ $0 }) {
                let file = name.hasSuffix("_DIRECTORY") ? "forge-directory-token" : "forge-token"
                if secret.text != text(file) { discords.append("the secret \(name) is another than in \(file)") }
            }
            for hook in state.hooks.values where hook.secret != text("hook-secret") {
                discords.append("a webhook is signed with another secret")
            }
            for file in ["forge-token", "forge-directory-token"] {
                let isLive = state.tokens.contains { $0.value == text(file) }
                if !isLive { discords.append("\(file) is dead") }
            }
            return discords
        }
    }

    private func act(
        rotates: Bool, _ death: Death?, _ body: (Provisioning) async throws -> Void
    ) async throws -> Bool {
        state.withLock { state in
            state.steps = []
            state.death = death
            state.isDead = false
        }
        simulator.beforeResponse = { [self] record, world in called(record, world) }
        var settings = try ForgeSettings(
            address: simulator.baseAddress, token: Token("none"), retry: RetryPolicy(attempts: 1))
        let own = settings
        settings.administrator = try AdministratorCredential(login: "root1", password: "secret123")
        let client = try ForgeClient(settings)
        let request = ProvisioningRequest(
            organization: "acme", account: account, directoryOwner: "keeper", folder: "/secrets",
            hookURL: "https://gate.example.org/hooks/forge", actionsSecret: "GATE_TOKEN", rotates: rotates)
        let provisioning = Provisioning(
            client, request, desk,
            client: { token, directory in
                var settings = own
                settings.token = token
                settings.directoryToken = directory
                return try ForgeClient(settings)
            },
            standIn: { [settings] in
                var settings = settings
                settings.administratorStandsIn = true
                return try ForgeClient(settings)
            },
            decider: { Decider($0, DecidingSettings(), now: { Timestamp(seconds: 1_800_000_000) }) })
        let failure: (any Error)?
        do {
            try await body(provisioning)
            failure = nil
        } catch {
            failure = error
        }
        await client.shutdown()
        simulator.beforeResponse = nil
        simulator.faults.clear()
        let isDead = state.withLock { $0.isDead }
        if let failure, !isDead { throw failure }
        return isDead
    }

    private var desk: ProvisioningDesk {
        ProvisioningDesk(
            read: { [self] path in state.withLock { $0.files[path] } },
            write: { [self] path, text in try step { $0.files[path] = text } },
            remove: { [self] path in try step { $0.files[path] = nil } },
            secret: { [self] in
                state.withLock { state in
                    state.secrets += 1
                    return String(repeating: "s", count: 60) + "\(1000 + state.secrets)"
                }
            },
            reload: { [self] in
                try step { state in
                    state.held = Set(
                        state.files.filter { $0.key.hasSuffix("-token") }.values.map {
                            $0.trimmingCharacters(in: .newlines)
                        })
                }
                return true
            })
    }

    /// One of its own steps; the dead take none.
    private func step(_ body: (inout State) -> Void) throws {
        try state.withLock { state in
            if state.isDead { throw Died() }
            state.steps.append(true)
            if let death = state.death, death.step == state.steps.count {
                state.isDead = true
                if death.isAfter { body(&state) }
                throw Died()
            }
            body(&state)
        }
    }

    private func called(_ record: RequestRecord, _ world: World) {
        let (live, held) = world.update { state in
            (Set(state.tokens.map(\.value)), state.secrets.values.flatMap { $0.values.map(\.text) })
        }
        state.withLock { state in
            guard !state.isDead else { return }
            if !state.held.union(held).isSubset(of: live) { state.gaps.append("\(record.method) \(record.path)") }
            state.steps.append(record.method != "GET")
            guard let death = state.death, death.step == state.steps.count else { return }
            state.isDead = true
            if death.isAfter {
                simulator.faults.add(
                    Fault(
                        method: record.method, path: record.path, times: 1, kind: .status(500), takesEffect: true))
            }
            simulator.faults.add(Fault(kind: .status(500)))
        }
    }
}
