/// People in tests who are nearly called as somebody else: what such a case shows is shown of nobody.
///
/// Whoever is called otherwise is a stranger: that his word counts for nothing is worth a test.
enum PolicyTestNames {
    /// Names that may be compared: a file of absurd size is not looked at to its end.
    private static let comparisons = 200_000

    /// What is said by somebody whom neither the policy nor the tests put anywhere, and whose name is nearly another's.
    static func mistakes(in tests: PolicyTestFile, _ policy: Policy) -> [Diagnostic] {
        var left = comparisons
        var found: [Diagnostic] = []
        let named = Set(policy.accounts.map { $0.lowercased() })
        for test in tests.cases where !test.scene.speakers.isEmpty {
            let known = named.union(test.scene.everybody)
            for (login, span) in test.scene.speakers where !known.contains(login.lowercased()) && login != "ghost" {
                left -= known.count
                if left < 0 { return found }
                guard let near = Suggestion.nearest(to: login.lowercased(), among: known),
                    !isNumbered(login.lowercased(), near)
                else { continue }
                found.append(
                    Diagnostic(
                        span: span,
                        message: "\(Quotation.inline(login)) is nobody whom the policy or the tests put anywhere",
                        hint: "did you mean `\(near)`? give a stranger a name that is less like it"))
            }
        }
        return found
    }

    /// Whether only the numbers of two names differ: `dev1`, `dev2`.
    private static func isNumbered(_ name: String, _ other: String) -> Bool {
        name.filter { !$0.isNumber } == other.filter { !$0.isNumber }
    }
}

extension TestScene {
    /// Everybody who is somewhere without having said anything: in a team, in the repository, in the pull request.
    fileprivate var everybody: Set<String> {
        var names = Set(teams.values.joined()).union(inactive)
        names.formUnion(place.writers + place.admins + place.members + [pull.author])
        names.formUnion([place.serviceAccount, pull.forkOwner].compactMap { $0 })
        names.formUnion(commits.flatMap { [$0.author, $0.committer] + [$0.pusher, $0.signer].compactMap { $0 } })
        names.formUnion(pull.labels.flatMap { [$0.actor, $0.remover].compactMap { $0 } })
        names.formUnion(statuses.compactMap(\.creator))
        return Set(names.map { $0.lowercased() })
    }
}
