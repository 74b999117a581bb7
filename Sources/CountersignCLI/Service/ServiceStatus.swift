import GateForge
import GatePolicy
import GateService
import GateStore

/// What an operator wants to know first.
struct ServiceStatus: Sendable {
    let text: String

    init(_ gate: Gatekeeper, _ pulse: ForgePulse, _ refused: RefusedSettings) async throws {
        let backlog = try await gate.store.backlog(gate.now())
        let freshness = try await gate.freshness()
        let pace = gate.pace
        let outcomes = try await gate.store.outcomes()
        let repositories = try await gate.store.repositories()
        let failing = try await gate.store.failing(limit: 20)
        var lines = [
            "forge        \(gate.forge.settings.address)",
            "account      \(gate.forge.knownUser?.login ?? "not asked yet")",
            "repositories \(repositories.count(where: \.isGated)) managed, \(repositories.count) known",
            "open         \(freshness.openPulls) pull requests; the least fresh was confirmed "
                + "\(freshness.age.components.seconds) s ago",
            "looked at    every \(pace.green.components.seconds) s where it passes, "
                + "\(pace.active.components.seconds) s where something happened within a day, "
                + "\(pace.all.components.seconds) s elsewhere",
            "waiting      \(backlog.events) for people, \(backlog.background) for the schedule; "
                + "\(backlog.failing) failed and are tried again, \(backlog.poisoned) of them keep failing",
        ]
        for outcome in Outcome.allCases {
            if let count = outcomes[outcome] {
                lines.append("             \(count) \(outcome.wording)")
            }
        }
        for one in try await gate.store.undecided(limit: 5) {
            let others = one.count == 1 ? "" : " and \(one.count - 1) more"
            lines.append("undecided    \(one.example)\(others): \(one.summary.oneLine)")
        }
        lines += refused.sentences.map { "problem      \($0)" }
        lines += pulse.refusals.map { "problem      \($0)" }
        if let problem = pulse.problem { lines.append("problem      \(problem)") }
        if let problem = gate.store.problem {
            lines.append("problem      \(problem); nothing is looked at, and nothing stays green")
        }
        for one in failing {
            lines.append("failing      \(one.repository) \(one.target) (\(one.attempts) times): \(one.problem)")
        }
        for one in repositories {
            if let problem = one.problem { lines.append("problem      \(one.name): \(problem)") }
            if one.state == .lost { lines.append("problem      \(one.name): its policy is gone") }
        }
        for one in try await gate.store.bypasses(limit: 5) {
            lines.append(
                "bypass       \(one.repository)\(one.number.map { "#\($0)" } ?? "@\(one.branch)"): \(one.summary)")
        }
        text = lines.joined(separator: "\n") + "\n"
    }
}
