import GateDoctor
import GateService

/// `refire` by a running service: it decides, never twice at once, and this waits and tells.
struct RefireDoor {
    /// How long nothing may turn before it is given up, in pauses of so long.
    private static let patience = (looks: 480, pause: Duration.milliseconds(250))

    let socket: String
    let context: CommandContext

    /// What the service made of an order; nil when no service runs.
    func run(
        _ order: RefireOrder, progress: (Int, Int, Refiring.Turned) -> Void
    ) async throws -> Refiring.Report? {
        let client = ControlClient(path: socket)
        guard let text = try? JSONText.pretty(order), let answer = try await client.ask(.refire, text, within: 600)
        else {
            return nil
        }
        guard answer.isDone, let begun = JSONText.read(RefireOrder.Begun.self, answer.text) else {
            context.talk("countersign: the service did not take it: \(answer.text)")
            throw ExitStatus.undecided.code
        }
        var report = Refiring.Report(unread: begun.unread)
        var idle = 0
        while report.turned.count < begun.chosen.count, idle < Self.patience.looks {
            guard let answer = try await client.ask(.refired, "\(begun.round)"), answer.isDone,
                let turned = JSONText.read([Refiring.Turned].self, answer.text)
            else {
                context.talk("countersign: the service ended before everything was decided: run this again")
                throw ExitStatus.undecided.code
            }
            let new = turned.filter { !report.turned.contains($0) }
            for one in new {
                report.turned.append(one)
                progress(report.turned.count, begun.chosen.count, one)
            }
            idle = new.isEmpty ? idle + 1 : 0
            if report.turned.count < begun.chosen.count { try await context.sleep(Self.patience.pause) }
        }
        let told = Set(report.turned.map(\.subject))
        for one in begun.chosen where !told.contains(one.subject) {
            report.turned.append(
                Refiring.Turned(
                    subject: one.subject, before: one.before, after: one.before, isDecided: false,
                    obstacle: "the service has not come to it: see `countersign status`"))
        }
        report.turned.sort { ($0.subject.description, $0.subject.number) < ($1.subject.description, $1.subject.number) }
        return report
    }
}
