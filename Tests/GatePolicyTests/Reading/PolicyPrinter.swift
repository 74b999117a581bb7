@testable import GatePolicy

/// Prints what a policy came to mean, for golden files.
enum PolicyPrinter {
    static func print(_ policy: Policy) -> String {
        var lines: [String] = []
        for gate in policy.gates {
            lines.append("gate \(gate.name) at \(gate.span.line):\(gate.span.column)")
            if let summary = gate.summary { lines.append("  description: \(summary)") }
            lines.append("  context: \(gate.context)")
            lines.append("  when: \(gate.when)")
            lines.append("  require: \(gate.require)")
            if gate.isDistinct { lines.append("  distinct: true") }
            lines.append("  block: \(describe(gate.block))")
            if let waive = gate.waive {
                lines.append("  waive: \(waive.by), reason \(waive.reasonRequired ? "required" : "optional")")
            }
            lines.append("  mode: \(describe(gate.mode))")
            lines.append("  approvals: \(describe(gate.approvals))")
        }
        for part in policy.parts {
            lines.append("part \(part.name) at \(part.span.line):\(part.span.column)")
            lines.append("  when: \(part.when)")
            lines.append("  require: \(part.require)")
            lines.append("  approvals: \(describe(part.approvals))")
        }
        for list in policy.distinct { lines.append("distinct: \(list.joined(separator: ", "))") }
        lines.append("block: \(describe(policy.block))")
        let change = policy.change.require.map { "\($0)" } ?? "nobody"
        if change != "writers" { lines.append("policy: \(change)") }
        let warnings = policy.warnings.rendered
        return lines.joined(separator: "\n") + "\n" + (warnings.isEmpty ? "" : "\n\(warnings)")
    }

    private static func describe(_ block: Block) -> String {
        var text = "\(block.by.map { "\($0)" } ?? "none")\(block.endsWithHead ? ", ends with the head" : "")"
        text += describe(block.reviews, block.comments)
        if let revoke = block.revoke { text += ", taken back" + describe(revoke.reviews, revoke.comments) }
        return text
    }

    private static func describe(_ reviews: ReviewRule, _ comments: TextPatterns?) -> String {
        let words = comments.map { ", by comments \($0)" } ?? ""
        switch reviews {
        case .all: return words
        case .none: return ", not by reviews" + words
        case .matching(let patterns): return ", by reviews \(patterns)" + words
        }
    }

    private static func describe(_ mode: Gate.Mode) -> String {
        switch mode {
        case .enforce: "enforce"
        case .advisory(let condition): "advisory while \(condition.map { "\($0)" } ?? "true")"
        case .off: "off"
        }
    }

    private static func describe(_ rules: ApprovalRules) -> String {
        "\(rules.stale.rawValue), author \(rules.author), committers \(rules.committers)"
            + describe(rules.reviews, rules.comments)
    }
}
