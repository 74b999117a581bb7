import GatePolicy

/// The service can do its work.
enum ServiceReady: Check {
    static let id = "service.ready"
    static let area = Area.service
    static let promise = "the service is ready"
    static let needs = Prerequisite.nothing

    private static let store = "store"

    /// Only what is wrong with a token for everybody; of its disk it alone can tell.
    static func follows(_ finding: Finding, from cause: any Check.Type) -> Bool {
        finding.subject != store && (cause.area == .reach || CredentialObstacle.checks.contains(cause.id))
    }

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        guard let running = examination.running(&outcome) else { return outcome }
        if running.obstacles.isEmpty { outcome.add(nil) }
        for obstacle in running.obstacles {
            let isStore = obstacle.name == store
            outcome.add(
                Finding(
                    .blocking, obstacle.name, asked: Examination.askedService, answer: obstacle.problem,
                    meaning: isStore
                        ? "it cannot write down what it is told, so it refuses deliveries"
                        : "the token that the service has is another one than here, or is refused to it alone",
                    blocks: [Blocked(nil)],
                    cure: isStore
                        ? Cure(.tell("make room on the disk of `store.path`, and let the service's user write there"))
                        : Cure(
                            .tell("put a token that works into the file that the service's settings name"),
                            .tell("then send the service SIGHUP: it reads its tokens anew"))))
        }
        return outcome
    }
}
