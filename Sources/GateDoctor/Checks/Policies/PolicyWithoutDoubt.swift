import GateForge
import GatePolicy

/// Policies mean what their authors meant.
enum PolicyWithoutDoubt: Check {
    static let id = "policy.doubt"
    static let area = Area.policies
    static let promise = "no policy was read with a warning"
    static let needs = Prerequisite.service

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        var doubts: [Doubt] = []
        for repository in examination.repositories.flatMap({ [$0] + $0.others }) {
            guard let policy = repository.validPolicy else { continue }
            outcome.add(nil)
            for item in policy.warnings {
                let doubt = Doubt(place: PolicyPlace(of: item.span.file, in: repository), item: item)
                let index = doubts.firstIndex { $0.place == doubt.place && $0.item == item } ?? doubts.endIndex
                if index == doubts.endIndex { doubts.append(doubt) }
                if !doubts[index].repositories.contains(repository.name) {
                    doubts[index].repositories.append(repository.name)
                }
            }
        }
        outcome.findings = doubts.map { $0.finding(examination) }
        return outcome
    }

    /// A warning about one place, told once for all whose policy it is part of.
    private struct Doubt {
        var place: PolicyPlace
        var item: Diagnostic
        var repositories: [RepositoryName] = []

        func finding(_ examination: Examination) -> Finding {
            let users = repositories == [place.repository] ? [] : repositories.map { Blocked("\($0)") }
            return Finding(
                .warning, "\(place.repository)", asked: ["the policy"],
                answer: "\(item.span.file):\(item.span.line):\(item.span.column): \(item.message)",
                meaning: "the policy is used as it stands, and may not say what was meant", blocks: users,
                cure: Cure(.tell("\(place.line(item.span, examination)): \(item.hint ?? "change it, or leave it")")))
        }
    }
}
