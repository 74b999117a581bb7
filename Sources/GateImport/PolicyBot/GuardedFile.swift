import CRE2

/// The file that holds the policy: policy-bot's, which a policy may guard, and ours, which takes its place.
enum GuardedFile {
    /// Where policies are here, as a pattern.
    static let pattern = #"re:^(\.|\.gitea/|\.forgejo/)?countersign\.yml$"#

    /// Whether expressions match policy-bot's file, or the one that an organisation shares, and do not match ours.
    static func isMeant(by paths: [String], _ ignore: [String]) -> Bool {
        if isMatched(".countersign.yml", by: paths, ignore) { return false }
        return isMatched(".policy.yml", by: paths, ignore) || isMatched("policy.yml", by: paths, ignore)
    }

    private static func isMatched(_ path: String, by paths: [String], _ ignore: [String]) -> Bool {
        paths.contains { finds($0, path) } && !ignore.contains { finds($0, path) }
    }

    /// Whether an expression occurs in a path; of one that RE2 refuses no policy is written anyway.
    private static func finds(_ expression: String, _ path: String) -> Bool {
        guard let pattern = cre2_pattern_new(expression, expression.utf8.count, 1 << 20, nil, 0) else { return false }
        defer { cre2_pattern_free(pattern) }
        return cre2_pattern_search(pattern, path, path.utf8.count) == CRE2_YES
    }
}
