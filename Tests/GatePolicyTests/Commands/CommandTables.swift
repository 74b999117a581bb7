import GatePolicy

/// The names that the tables use.
let vocabulary = CommandVocabulary(
    gates: ["qa-review", "security", "docs_team", "v1.2", "docs"],
    items: [
        .init(name: "comprehensive-testing", number: 1), .init(name: "testing", number: 2),
        .init(name: "Rollback_plan", number: 3), .init(name: "same-name"), .init(name: "same_name"),
    ],
    aliases: [
        "sop-n/a": "waive", "qa-recheck": "recheck qa-review", "/SOP-Ack": "ack", "why": "waive", "loop": "sop-n/a",
        "two words": "ack",
    ])

extension Command.Action {
    var text: String {
        switch self {
        case .recheck(let gate): "recheck \(gate ?? "*")"
        case .why(let gate): "why \(gate ?? "*")"
        case .waive(let gate, let head, let reason): "waive \(gate)\(head.map { " @\($0)" } ?? "") [\(reason)]"
        case .acknowledge(let item, let head, let note): "ack \(item)\(head.map { " @\($0)" } ?? "") [\(note)]"
        case .revoke(let target, let reason): "revoke \(target.name) [\(reason)]"
        case .notUnderstood(let problem): "? \(problem.wording)"
        }
    }
}

func read(_ body: String) -> [String] {
    CommandParser.commands(in: body, knowing: vocabulary).map(\.action.text)
}
