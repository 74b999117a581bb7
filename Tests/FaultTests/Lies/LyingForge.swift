import AsyncHTTPClient
import Foundation
import GatePolicy
import GateService
import NIOCore
import NIOHTTP1
import Synchronization

@testable import CountersignCLI
@testable import GateForge
@testable import GiteaSimulator

/// A check on a scene's pull request, by way of somebody who may lie: the same code as `countersign check --dry-run`,
/// from the bytes and header fields of each answer on.
final class LyingForge: Sendable {
    /// What a check came to.
    struct Outcome: Sendable {
        var isGreen: Bool
        var text: String
        /// Whether a token was sent to somebody else.
        var hasLeaked: Bool
    }

    private struct State {
        var exchanges: [Exchange.Question: Exchange] = [:]
        var asked: [Exchange.Question: Int] = [:]
    }

    private let scene: Scene
    private let gate: String
    private let state = Mutex(State())

    /// - Parameter gate: the gate that must not be green.
    init(_ scene: Scene, gate: String) {
        self.scene = scene
        self.gate = gate
    }

    /// What was asked so far, and what the honest forge answers.
    var exchanges: [Exchange] { state.withLock { $0.exchanges.values.sorted { $0.question < $1.question } } }

    /// One check without a lie; what it asks is remembered.
    func honest() async throws -> Outcome {
        let outcome = try await check(nil)
        state.withLock { state in
            for (question, times) in state.asked { state.exchanges[question]?.times = times }
        }
        return outcome
    }

    /// One check.
    func check(_ lie: Lie?) async throws -> Outcome {
        let hasLeaked = Mutex(false)
        let hasLied = Mutex(false)
        let settings = try ForgeSettings(
            address: scene.simulator.baseAddress, token: Token(scene.token("gate")),
            directoryToken: Token(scene.directoryToken), retry: RetryPolicy(sleep: { _ in }))
        let carrier = Carrier(carry: { [self] request in
            guard request.url.hasPrefix(settings.address.description + "/api/v1/") else {
                hasLeaked.withLock { $0 = $0 || !request.headers["Authorization"].isEmpty }
                return GateForge.Answer(status: 200, fields: [], body: ByteBuffer(string: "{}"))
            }
            let exchange = exchange(request, below: settings.address.description + "/api/v1")
            guard let lie, lie.question == exchange.question else { return exchange.answer.onTheWire }
            let isFirst = hasLied.withLock { hasLied in
                defer { hasLied = true }
                return !hasLied
            }
            guard isFirst || !lie.isFirstOnly else { return exchange.answer.onTheWire }
            return lie.told(of: exchange, among: state.withLock { $0.exchanges }).onTheWire
        })
        let client = ForgeClient(settings, carrier: carrier)
        let deciding = DecidingSettings()
        let decider = Decider(
            client, deciding,
            now: { [scene] in
                Timestamp(seconds: Int64(scene.clock.now.timeIntervalSince1970))
            })
        do {
            let subject = Subject(repository: RepositoryName(owner: "acme", name: "widget"), number: 1)
            let report = try await CheckRun(client, decider, deciding).run(subject, posts: false)
            let shown = report.statuses.filter { status in
                status.state.passes
                    && ["countersign: ", "countersign/\(gate): "].contains { status.context.hasPrefix($0) }
            }
            let told = CheckReport(report, requiresPolicy: false)
            return Outcome(
                isGreen: !shown.isEmpty || told.status == ExitStatus.passed, text: told.text,
                hasLeaked: hasLeaked.withLock { $0 })
        } catch {
            return Outcome(isGreen: false, text: "\(error)", hasLeaked: hasLeaked.withLock { $0 })
        }
    }

    private func exchange(_ request: HTTPClientRequest, below api: String) -> Exchange {
        let parts = request.url.dropFirst(api.count).split(separator: "?", maxSplits: 1).map(String.init)
        let authorization = request.headers["Authorization"].first
        let question = Exchange.Question(
            login: authorization?.hasSuffix(scene.directoryToken) == true ? "directory" : "gate",
            method: request.method.rawValue, path: parts[0], query: parts.count > 1 ? parts[1] : "")
        if let known = state.withLock({ state in
            state.asked[question, default: 0] += 1
            return state.exchanges[question]
        }) {
            return known
        }
        let answer = scene.world.respond(
            to: APIRequest(
                method: question.method, path: question.path,
                segments: question.path.split(separator: "/").map { $0.removingPercentEncoding ?? String($0) },
                query: GiteaSimulator.query(question.query), body: .null, authorization: authorization))
        let exchange = Exchange(question, answer)
        state.withLock { $0.exchanges[question] = exchange }
        return exchange
    }
}

extension APIResponse {
    fileprivate var onTheWire: GateForge.Answer {
        let type = contentType.map { [("Content-Type", $0)] } ?? []
        return GateForge.Answer(
            status: status, fields: type + headers.map { ($0.name, $0.value) }, body: ByteBuffer(bytes: body))
    }
}
