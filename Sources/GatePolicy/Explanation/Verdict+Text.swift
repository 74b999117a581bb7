extension Verdict {
    /// The whole explanation for a terminal, one gate after another; plain text, no colours.
    public var text: String {
        var lines = ["\(repository)#\(number) \(title)"]
        let opener = author.map { "opened by \($0.login), " } ?? ""
        lines.append("\(opener)head \(head.short), base \(baseBranch)")
        lines.append("")
        lines.append("\(summary.outcome.sign) \(summary.context): \(statusDescription)")
        if let repairs {
            lines.append(
                "    the policy of \(baseBranch) cannot be used, and the pull request mends it: the built-in gate decides"
            )
            for mistake in repairs.prefix(10) {
                lines.append("    \(mistake.span.file):\(mistake.span.line): \(mistake.message)")
            }
        }
        for gate in gates {
            lines.append("")
            lines.append(contentsOf: gate.lines(names: mayNamePeople))
        }
        if !commands.isEmpty || unheard != nil { lines.append("") }
        for command in commands {
            lines.append("comment #\(command.comment): \(command.author?.login ?? "somebody") \(command.line)")
        }
        for command in unheard ?? [] {
            lines.append("a review: \(command.author?.login ?? "somebody") \(command.line)")
        }
        if let unrememberedLine { lines += ["", unrememberedLine] }
        // Titles, reasons and names are other people's: none of them may move the cursor or begin a line.
        return lines.map(\.oneLine).joined(separator: "\n") + "\n"
    }
}

extension CommandFate {
    /// The command and what became of it.
    public var line: String { "\(command.action.wording): \(fate.wording)" }
}

extension Verdict {
    /// The explanation of one gate for a terminal; nil when there is no such gate.
    public func text(ofGate name: String) -> String? {
        gates.first { $0.name == name }.map { gate in
            let end = unrememberedLine.map { ["", $0] } ?? []
            return (gate.lines(names: mayNamePeople) + end).map(\.oneLine).joined(separator: "\n") + "\n"
        }
    }

    /// What only the service can know of it; nil for nothing.
    private var unrememberedLine: String? {
        guard let unremembered else { return nil }
        let last = unremembered.count - 1
        let words = unremembered.enumerated().map { ($0 == last && last > 0 ? "and " : "") + $1.wording }
        return "only the service can know \(words.joined(separator: ", "))"
    }
}

extension Outcome {
    /// A mark that reads without colours.
    public var sign: String {
        switch self {
        case .rejected: "✗"
        case .undecided: "?"
        case .waiting: "…"
        case .approved, .waived: "✓"
        case .notNeeded, .off: "–"
        }
    }
}

extension GateVerdict {
    /// What else would do while it waits; nil for nothing.
    public var alternative: String? {
        guard let waivableBy, outcome == .waiting else { return nil }
        return "`/waive \(name) REASON` in a comment, by \(missingWaivers ?? waivableBy)"
    }

    /// Who else must waive it, where some did; nil where nobody did yet.
    public var missingWaivers: String? {
        // What is still asked for names nobody who has not acted.
        waiverSteps.map { $0.map { $0.wording(names: false) }.joined(separator: " and ") }
    }

    /// How people sign, where somebody still could and that is not by any review alone.
    public var shownMethods: String? { outcome == .waiting || outcome == .undecided ? methods : nil }

    /// What became of a waiver, in words that follow its author's name.
    public func wording(of waiver: WaiverFate) -> String {
        guard waiver.fate == .counts else { return waiver.fate.wording }
        if outcome == .rejected { return "asks to waive it; no waiver helps where a gate is rejected" }
        return waiverSteps == nil ? waiver.fate.wording : "\(waiver.fate.wording), and others must, too"
    }

    func lines(names: Bool) -> [String] {
        let mark = isEnforced || outcome == .off ? "" : " [\(advisoryMark)]"
        var lines = ["\(outcome.sign) \(name)\(mark): \(phrase(names: names))"]
        if let summary { lines.append("    \(summary.oneLine)") }
        if let change { lines.append(contentsOf: change.lines.map { "    \($0)" }) }
        if let when, change == nil, when.expression != "true" { lines.append(contentsOf: when.lines("when", depth: 1)) }
        if let advisory { lines.append(contentsOf: advisory.lines("advisory", depth: 1)) }
        if let requirement { lines.append(contentsOf: requirement.lines("require", depth: 1)) }
        if let distinct { lines.append(contentsOf: distinct.lines("", depth: 1)) }
        for item in items {
            for word in item.acknowledgements {
                lines.append("    \(item.name): \(word.acknowledgement.author.login) \(word.fate.wording)")
            }
        }
        if items.contains(where: { !$0.isRemembered }) {
            lines.append("    whether an answer changed since it was acknowledged only the service can know")
        }
        let drafts = reviews.count { $0.fate == .draft }
        if drafts > 0 {
            let number = drafts == 1 ? "a draft review" : "\(drafts) draft reviews"
            lines.append("    \(number): \(Fate.draft.wording)")
        }
        for review in reviews where review.fate != .draft {
            let who = review.account?.login ?? "somebody"
            lines.append("    review #\(review.review): \(who) \(review.fate.wording)")
        }
        for comment in comments {
            let who = comment.account?.login ?? "somebody"
            lines.append("    comment #\(comment.comment): \(who) \(comment.fate.wording)")
        }
        for waiver in waivers {
            lines.append("    waiver: \(waiver.waiver.author.login) \(wording(of: waiver))")
        }
        for step in steps where outcome.status != .success {
            lines.append("    next: \(step.wording(names: names))")
        }
        if let shownMethods { lines.append("    sign: \(shownMethods)") }
        if let alternative { lines.append("    or: \(alternative)") }
        for unknown in unknowns {
            lines.append("    not known: \(unknown.subject): \(unknown.reason)")
            lines.append("    cure: \(unknown.cure)")
        }
        return lines
    }
}

extension Explanation {
    fileprivate func lines(_ label: String, depth: Int) -> [String] {
        let indent = String(repeating: "    ", count: depth)
        let sign =
            switch mark {
            case .met: "✓"
            case .unmet: "✗"
            case .unknown: "?"
            }
        let signed = signers.isEmpty ? "" : ": \(signers.listed)"
        let found = detail.isEmpty ? "" : " (\(detail)\(signed))"
        let prefix = label.isEmpty ? "" : "\(label) "
        return ["\(indent)\(prefix)\(sign) \(expression)\(found)"]
            + children.flatMap { $0.lines("", depth: depth + 1) }
    }
}

extension String {
    /// The text with line breaks and what cannot be seen as blanks: titles and names are hostile.
    public var oneLine: String {
        String(String.UnicodeScalarView(unicodeScalars.map { Quotation.isVisible($0) ? $0 : " " }))
    }
}
