extension DocumentReader {
    /// `policy:`, what a change of the policy itself needs.
    mutating func changeRule(_ node: DocumentNode) -> ChangeRule? {
        if role == .included {
            error(
                node.span, "what a change of the policy needs is not an included file's to say",
                hint: "write `policy` in the file that includes this one")
            return nil
        }
        if case .text = node.content {
            error(node.span, "`policy` holds `require`", hint: "`policy: { require: 2 of leads }`")
            return nil
        }
        guard let keys = entries(of: node, what: "`policy`", known: ["require"]) else { return nil }
        guard let entry = keys["require"] else {
            error(
                node.span, "`policy` needs `require`",
                hint: "for example `policy: { require: leads }`; `nobody` asks for a valid policy and no more")
            return nil
        }
        if case .text(let text, _) = entry.value.content, text.string == "nobody" { return ChangeRule(require: nil) }
        guard let requirement = requirement(entry.value, of: "require", open: false, references: false) else {
            return nil
        }
        checkSigners(requirement, ChangeRule.approvals, entry, isOfPolicy: true)
        if requirement.holdsWithoutSignature {
            error(
                entry.value.span, "this can be met without anybody's signature",
                hint: "every way of meeting it must name people; `nobody` asks for a valid policy and no more")
            return nil
        }
        if requirement.constantValue == false {
            warning(
                entry.value.span, "this can never be met: only a push around the gates could change the policy again",
                hint: "name who must sign; `nobody` asks for a valid policy and no more")
        }
        return ChangeRule(require: requirement)
    }
}
