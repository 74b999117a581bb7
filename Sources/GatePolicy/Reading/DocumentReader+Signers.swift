extension DocumentReader {
    /// People who may not sign by the gate's own rules.
    mutating func checkSigners(_ requirement: Requirement, _ rules: ApprovalRules, _ entry: DocumentNode.Entry?) {
        guard let entry else { return }
        switch requirement {
        case .quota(let quota):
            let key: String
            switch quota.people.ungrouped {
            case .author where !rules.author: key = "author"
            case .committers where !rules.committers: key = "committers"
            default: return
            }
            error(
                entry.value.span, "a signature of `\(key)` does not count, so this could never be met",
                hint: "write `approvals: { \(key): true }` if it should, or name other people")
        case .all(let parts), .any(let parts):
            for part in parts { checkSigners(part, rules, entry) }
        case .condition, .never, .reference, .ownersOfEachFile: break
        }
    }
}
