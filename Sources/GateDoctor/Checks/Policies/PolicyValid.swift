import GateForge
import GatePolicy
import GateService

/// Every policy can be read.
enum PolicyValid: Check {
    static let id = "policy.invalid"
    static let area = Area.policies
    static let promise = "every policy is valid"
    static let needs = Prerequisite.service
    static let readsGates = false

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        var faults: [Fault] = []
        for repository in examination.repositories.flatMap({ [$0] + $0.others }) {
            switch repository.policy {
            case .policy?: outcome.add(nil)
            case .absent?, nil: continue
            case .unknown(let unknown)?:
                outcome.skip("\(repository.name): \(repository.base ?? ""): \(unknown.reason)")
            case .broken(let diagnostics)?:
                if diagnostics.isEmpty {
                    outcome.skip("\(repository.name): its policy cannot be used, and no reason is given")
                }
                outcome.examined += 1
                for item in diagnostics {
                    let place = PolicyPlace(of: item.span.file, in: repository)
                    let index = faults.firstIndex { $0.place == place } ?? faults.endIndex
                    if index == faults.endIndex { faults.append(Fault(place: place)) }
                    faults[index].add(item, blocking: repository)
                }
            }
        }
        outcome.findings = faults.map { $0.finding(examination) }
        return outcome
    }

    /// What is wrong in one place, told once for all whose policy it is part of.
    private struct Fault {
        var place: PolicyPlace
        var items: [Diagnostic] = []
        var blocked: [RepositoryName] = []

        init(place: PolicyPlace) { self.place = place }

        mutating func add(_ item: Diagnostic, blocking repository: RepositoryEvidence) {
            if let index = items.firstIndex(where: { $0.span == item.span && $0.message == item.message }) {
                // Whoever only includes the file may be told less of it.
                if items[index].hint == nil { items[index] = item }
            } else {
                items.append(item)
            }
            if !blocked.contains(repository.name) { blocked.append(repository.name) }
        }

        func finding(_ examination: Examination) -> Finding {
            let steps = items.map { item in
                Cure.Step.tell(
                    "\(place.line(item.span, examination)): \(item.message)" + (item.hint.map { "; \($0)" } ?? ""))
            }
            return Finding(
                .blocking, "\(place.repository)" + (place.version.map { ": \($0)" } ?? ""),
                asked: ["`GET /repos/\(place.repository)/contents/…` with `forge.token`"],
                answer: items.map { "\($0.span.file):\($0.span.line):\($0.span.column): \($0.message)" }
                    .joined(separator: "\n"),
                meaning: blocked.count == 1
                    ? "no gate of \(blocked[0] == place.repository ? "this repository" : "`\(blocked[0])`") can be "
                        + "decided; its summary is `error`"
                    : "no gate of \(blocked.count) repositories can be decided; their summaries are `error`",
                blocks: blocked.map { Blocked("\($0)") }, cure: Cure(steps))
        }
    }
}
