/// The file that holds the policy: policy-bot's, which a policy may guard, and ours, which takes its place.
enum PolicyFile {
    /// Where policies are here, as a pattern.
    static let pattern = #"re:^(\.|\.gitea/|\.forgejo/)?countersign\.yml$"#

    /// Whether expressions match policy-bot's file, or the one that an organisation shares, and do not match ours.
    static func isMeant(by paths: [String], _ ignore: [String]) -> Bool {
        if isMatched(".countersign.yml", by: paths, ignore, inDoubt: false) { return false }
        return isMatched(".policy.yml", by: paths, ignore, inDoubt: true)
            || isMatched("policy.yml", by: paths, ignore, inDoubt: true)
    }

    private static func isMatched(_ path: String, by paths: [String], _ ignore: [String], inDoubt: Bool) -> Bool {
        paths.contains { finds($0, path) ?? inDoubt } && !ignore.contains { finds($0, path) ?? !inDoubt }
    }

    /// Whether an expression occurs in a path; nil where that cannot be told.
    private static func finds(_ expression: String, _ path: String) -> Bool? {
        // Of nested repetitions the search may take too long.
        let nested = expression.matches(of: /\)[*+{]/).count
        if nested > 1 || expression.utf8.count > 400 { return nil }
        guard let regex = try? Regex(expression) else { return nil }
        return try? regex.firstMatch(in: path) != nil
    }
}
