import Hummingbird

/// Whether the process lives, and whether it can do its work.
struct HealthRoutes: Sendable {
    let readiness: Readiness
    let entrance: Entrance

    func add(to router: WebRouter) {
        router.page("health/live") { _, _ in .plain(.ok, "live") }
        router.page("health/ready") { request, _ in
            let failed = await readiness.results().filter { $0.problem != nil }
            if failed.isEmpty { return .plain(.ok, "ready") }
            // Outsiders learn what fails, not how.
            let tells = entrance.isOperator(request)
            let lines = failed.map { tells ? "not ready: \($0.name): \($0.problem ?? "")" : "not ready: \($0.name)" }
            return .plain(.serviceUnavailable, lines.joined(separator: "\n"))
        }
    }
}
