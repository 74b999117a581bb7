import GatePolicy

/// The service answers where it should run.
enum ServiceRuns: Check {
    static let id = "service.running"
    static let area = Area.service
    static let promise = "the service answers"
    static let needs = Prerequisite.nothing

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        switch examination.service {
        case nil: break
        case .running: outcome.add(nil)
        case .absent(let socket):
            outcome.skip(
                "no service runs here, there is no socket at `\(socket)` (`control.socket`): start it with "
                    + "`countersign serve`, then run this on its machine")
        case .silent(let socket, let problem):
            outcome.add(
                Finding(
                    .blocking, socket, asked: ["the control socket `\(socket)`"], answer: problem,
                    meaning: "a service that ended without taking its socket away, or one of another user",
                    blocks: [Blocked(nil)],
                    cure: Cure(
                        .tell("start the service (`countersign serve`), and run this as the service's own user"))))
        }
        return outcome
    }
}

extension Examination {
    /// How the running service was asked.
    static let askedService = ["the running service, through its control socket"]
}
