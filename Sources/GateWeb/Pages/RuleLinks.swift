import GatePolicy

/// Leads from a place in the policy to its line on the forge, at the commit it was read at.
struct RuleLinks: Sendable {
    let origin: PolicyOrigin?
    let links: ForgeLinks

    /// A rule and where it stands.
    func rule(_ span: SourceSpan?, _ expression: String?) -> [PullPage.Rule] {
        guard span != nil || expression != nil else { return [] }
        return [
            PullPage.Rule(
                ruleExpressions: expression.map { [$0.oneLine] } ?? [],
                ruleText: span.map { "\($0.file):\($0.line)".oneLine } ?? "", ruleLinks: link(span).map { [$0] } ?? [])
        ]
    }

    private func link(_ span: SourceSpan?) -> String? {
        guard let span, let origin, span.file.isExactly(origin.shown) else { return nil }
        return links.line(origin.repository, origin.commit, origin.path, span.line)
    }
}
