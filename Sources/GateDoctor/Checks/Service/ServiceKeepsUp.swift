import GatePolicy

/// The service looks at everything in time.
enum ServiceKeepsUp: Check {
    static let id = "service.lag"
    static let area = Area.service
    static let promise = "the service keeps up"
    static let needs = Prerequisite.nothing

    /// Seconds that people may wait for the answer to an event.
    private static let patience: Int64 = 60

    static func follows(_ finding: Finding, from cause: any Check.Type) -> Bool {
        cause.area == .reach || CredentialObstacle.checks.contains(cause.id)
    }

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        guard let running = examination.running(&outcome) else { return outcome }
        var late: [String] = []
        if running.lagSeconds > 2 * running.periodSeconds {
            late.append(
                "an open pull request was last confirmed \(running.lagSeconds) s ago, and \(promised(running))")
        }
        if running.oldestEventSeconds > patience {
            late.append("an event has been waiting for \(running.oldestEventSeconds) s")
        }
        outcome.told = [
            "the least fresh open pull request was confirmed \(running.lagSeconds) s ago; \(promised(running))"
        ]
        guard !late.isEmpty else {
            outcome.add(nil)
            return outcome
        }
        outcome.add(
            Finding(
                .warning, "the running service", asked: Examination.askedService,
                answer: late.joined(separator: "; "),
                meaning: "what the forge tells nobody is noticed late, and a green may be out of date for so long",
                cure: Cure(
                    .tell("raise `reconcile.calls_per_second` in the service's settings"),
                    .tell("then send the service SIGHUP; a forge that answers slowly has the same effect"),
                    .tell("where events still wait: raise `work.concurrency` too, and restart the service"))))
        return outcome
    }

    private static func promised(_ running: ServiceEvidence) -> String {
        let promise = "every \(running.periodSeconds) s is promised"
        guard let wanted = running.wantedSeconds, wanted != running.periodSeconds else { return promise }
        return "\(promise) at present (\(wanted) s where `reconcile.calls_per_second` suffices)"
    }
}
