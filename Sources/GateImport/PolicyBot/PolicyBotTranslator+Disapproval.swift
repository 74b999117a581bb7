extension PolicyBotTranslator {
    /// `block`, which is what `policy.disapproval` becomes.
    mutating func block(_ draft: inout PolicyDraft) {
        guard let disapproval = document.disapproval, disapproval.actors.isGiven else {
            log.warning(
                key: "policy.disapproval",
                "without a disapproval policy a request for changes does not block, so the policy says `block: none`",
                hint: "take `block: none` away, and those of all writers block", line: document.disapproval?.line)
            draft.block = ("none", "policy-bot: without a disapproval policy a request for changes does not block")
            return
        }
        mention(disapproval.actors)
        var people = disapproval.actors.members.joined(separator: " | ")
        if people.isEmpty {
            log.warning(
                key: "policy.disapproval", "nobody of those who could disapprove can exist here",
                hint: "`block: writers` was written: name the right people", line: disapproval.line)
            people = "writers"
        }
        explainMethods(disapproval)
        guard disapproval.disapprove.isOpen else {
            draft.block = ("none", "policy-bot: `policy.disapproval` has no method of disapproving")
            return
        }
        let keys = methods(of: disapproval)
        let text =
            keys.isEmpty
            ? Writing.yaml(people)
            : PolicyDraft.braces([("by", Writing.yaml(people, isInFlow: true))] + keys)
        draft.block = (text, "policy-bot: `policy.disapproval`")
    }

    /// The keys of `block` besides the people.
    private func methods(of disapproval: Disapproval) -> [(key: String, value: String)] {
        let (disapprove, revoke) = (disapproval.disapprove, disapproval.revoke)
        var keys: [(key: String, value: String)] = []
        if disapprove.reviewValue != "true" { keys.append(("reviews", disapprove.reviewValue)) }
        if !disapprove.comments.isEmpty { keys.append(("comments", Methods.list(disapprove.comments))) }
        guard revoke.isOpen else { return keys }
        var inner = [(key: "reviews", value: revoke.reviewValue)]
        if !revoke.comments.isEmpty { inner.append(("comments", Methods.list(revoke.comments))) }
        keys.append(("revoke", PolicyDraft.braces(inner)))
        return keys
    }

    private mutating func explainMethods(_ disapproval: Disapproval) {
        let (disapprove, revoke, line) = (disapproval.disapprove, disapproval.revoke, disapproval.line)
        if !disapprove.isOpen {
            if !disapprove.bodyPatterns.isEmpty { return }
            log.note(
                key: "policy.disapproval", "nothing is a disapproval here, as in policy-bot",
                hint: "name a method in `options.methods.disapprove`", line: line)
            return
        }
        if let pattern = (disapprove.comments + disapprove.reviewPatterns).first {
            log.warning(
                key: "policy.disapproval",
                "quotes, code, list marks, commands and outer white space are left out here before patterns are "
                    + "compared, so what needs them does not block",
                hint: "tell them to write \(Writing.inline(Pattern.source(of: pattern))) as plain text", line: line)
        }
        if disapproval.actors.members.contains(where: { $0.contains("/") }) {
            log.warning(
                key: "policy.disapproval", "members of child teams cannot block here, for a team is its own members",
                hint: "add them to the team, or name the child teams in `block`", line: line)
        }
        mentions.insert(.disapprovals)
        log.warning(
            key: "policy.disapproval",
            "its author's later approving review ends a disapproval here, even one that was dismissed since"
                + (revoke.reviewValue == "true" ? "" : ", and policy-bot's `revoke` does not say so"),
            hint: "approve only what you would let in; whoever still disapproves after that says so again", line: line)
        if revoke.isOpen {
            log.note(
                key: "policy.disapproval",
                "the opener, committers and edited comments take nobody else's disapproval back here",
                hint: "this is stricter; dismiss the review of somebody who is away", line: line)
        }
        if !revoke.bodyPatterns.isEmpty {
            log.note(
                key: "policy.disapproval", "a description takes nothing back here",
                hint: "in policy-bot it is older than every disapproval, so it does not either", line: line)
        }
    }

    /// Gates that never pass: where a condition of the disapproval policy holds, and where the description disapproves.
    func disapprovalGates(_ when: Clause, _ people: String?) -> [(name: String, gate: PolicyDraft.Entry)] {
        guard let disapproval = document.disapproval else { return [] }
        var gates: [(String, PolicyDraft.Entry)] = []
        if when != .constant(false) {
            gates.append(
                (
                    "disapproval",
                    .init(
                        name: "", comments: ["line \(disapproval.line): `if` of `policy.disapproval`"], when: when,
                        require: .never("a condition of the disapproval policy holds"))
                ))
        }
        if let people, !disapproval.disapprove.bodyPatterns.isEmpty {
            gates.append(
                (
                    "disapproval-by-description",
                    .init(
                        name: "", comments: ["policy-bot: `body_patterns` of `disapprove`"],
                        when: .every([.test(disapproval.disapprove.body), .test("author(\(people))")]),
                        require: .never("the description disapproves"))
                ))
        }
        return gates
    }
}
