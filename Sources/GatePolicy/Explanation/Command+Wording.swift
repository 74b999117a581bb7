extension Command.Action {
    /// The command in its short form, without the reason.
    public var wording: String {
        switch self {
        case .recheck(let gate): "/recheck" + (gate.map { " \($0)" } ?? "")
        case .waive(let gate, _, _): "/waive \(gate)"
        case .acknowledge(let item, _, _): "/ack \(item)"
        case .revoke(let target, _): "/revoke \(target.name)"
        case .why(let gate): "/why" + (gate.map { " \($0)" } ?? "")
        case .notUnderstood: "wrote a command"
        }
    }
}
