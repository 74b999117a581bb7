import GatePolicy

/// A part of the tree of reasons.
struct ExplanationNode: Sendable {
    var nodeSign: String
    var nodeStyle: String
    var expression: String
    var details: [Prose]
    var hasChildren: Bool
    var children: [ExplanationNode]

    init(_ explanation: Explanation) {
        switch explanation.mark {
        case .met: (nodeSign, nodeStyle) = ("✓", "good")
        case .unmet: (nodeSign, nodeStyle) = ("✗", "bad")
        case .unknown: (nodeSign, nodeStyle) = ("?", "doubt")
        }
        expression = explanation.expression.oneLine
        let signers = explanation.signers.map(\.login).joined(separator: ", ")
        let detail = explanation.detail
        details = detail.isEmpty ? [] : [Prose(signers.isEmpty ? detail : "\(detail): \(signers)")]
        children = explanation.children.map(ExplanationNode.init)
        hasChildren = !children.isEmpty
    }
}
