import GatePolicy

/// A predicate of policy-bot as written, and what it means.
struct ParityPredicate: Sendable {
    var text: String
    /// Whether our own condition means the same in both directions, and not only the stricter of them.
    var isExact: Bool
    var holds: @Sendable (ParityWorld) -> Bool

    /// Up to two, of different keys.
    static func random(_ random: inout HostileTests.Random) -> [ParityPredicate] {
        var chosen: [ParityPredicate] = []
        for _ in 0..<Int.random(in: 1...2, using: &random) {
            guard let next = all.randomElement(using: &random) else { continue }
            let key = next.text.prefix { $0 != ":" }
            if !chosen.contains(where: { $0.text.hasPrefix("\(key):") }) { chosen.append(next) }
        }
        return chosen
    }

    private static func people(_ world: ParityWorld) -> [String?] { world.commits.map(\.author) }

    static let all: [ParityPredicate] = [
        .init(text: "changed_files: { paths: ['^if0$', 'if1'] }", isExact: true) { world in
            world.files.contains { $0 == "if0" || $0 == "if1" }
        },
        .init(text: "changed_files: { paths: ['^if'], ignore: ['1$'] }", isExact: true) { world in
            world.files.contains { $0 == "if0" || $0 == "if2" }
        },
        .init(text: "no_changed_files: { paths: ['^ok'] }", isExact: true) { world in
            !world.files.contains { $0.hasPrefix("ok") }
        },
        .init(text: "only_changed_files: { paths: ['^if'] }", isExact: true) { world in
            !world.files.isEmpty && world.files.allSatisfy { $0.hasPrefix("if") }
        },
        .init(text: "changed_files: { paths: ['^.policy.yml$'] }", isExact: true) { $0.files.contains(".policy.yml") },
        .init(text: "no_changed_files: { paths: ['policy.yml'] }", isExact: true) {
            !$0.files.contains(".policy.yml")
        },
        .init(text: "has_author_in: { users: [alice] }", isExact: true) { _ in true },
        .init(text: "has_author_in: { teams: [acme/sec] }", isExact: true) { _ in false },
        .init(text: "has_contributor_in: { users: [bob] }", isExact: false) { people($0).contains("bob") },
        .init(text: "has_contributor_in: { teams: [acme/core] }", isExact: true) { _ in true },
        .init(text: "only_has_contributors_in: { teams: [acme/core] }", isExact: false) { world in
            people(world).allSatisfy { $0 == "alice" || $0 == "bob" }
        },
        .init(text: "author_is_only_contributor: true", isExact: false) { people($0).allSatisfy { $0 == "alice" } },
        .init(text: "author_is_only_contributor: false", isExact: false) { !people($0).allSatisfy { $0 == "alice" } },
        .init(text: "targets_branch: { pattern: '^(main|dev)$' }", isExact: true) { _ in true },
        .init(text: "targets_branch: { pattern: '^release' }", isExact: true) { _ in false },
        .init(text: "from_branch: { pattern: '^alice:' }", isExact: true) { $0.isFork },
        .init(text: "modified_lines: { additions: '> 25', deletions: '> 0' }", isExact: true) { $0.files.count > 2 },
        .init(text: "modified_lines: { total: '< 21' }", isExact: true) { $0.files.count <= 2 },
        .init(text: "has_status: { statuses: [ci, lint] }", isExact: false) {
            $0.has("ci", .success) && $0.has("lint", .success)
        },
        .init(text: "has_status: { statuses: [ci], conclusions: [success, skipped] }", isExact: false) {
            $0.has("ci", .success)
        },
        .init(text: "has_status: { statuses: [ci], conclusions: [failure, pending] }", isExact: false) {
            $0.has("ci", .failure, .pending)
        },
        .init(text: "has_successful_status: [lint]", isExact: false) { $0.has("lint", .success) },
        .init(text: "has_labels: [RISK]", isExact: false) { $0.labels.contains("risk") },
        .init(text: "has_labels: [risk, trivial]", isExact: false) { $0.labels.count == 2 },
        .init(text: "repository: { matches: ['^acme/'] }", isExact: true) { _ in true },
        .init(text: "repository: { not_matches: ['app$'] }", isExact: true) { _ in false },
        .init(text: "title: { matches: ['change$'], not_matches: ['^WIP'] }", isExact: true) { _ in true },
        .init(text: "title: { not_matches: ['^WIP'] }", isExact: true) { !$0.title.hasPrefix("WIP") },
        .init(text: "has_valid_signatures: true", isExact: true) { $0.commits.allSatisfy(\.isSigned) },
        .init(text: "has_valid_signatures: false", isExact: true) { !$0.commits.allSatisfy(\.isSigned) },
        .init(text: "has_valid_signatures_by_keys: { key_ids: [\(ParityWorld.keys[0])] }", isExact: true) { world in
            world.commits.allSatisfy { $0.isSigned && $0.key == ParityWorld.keys[0] }
        },
        .init(text: "has_author_in: { organizations: [acme] }", isExact: true) { _ in true },
        .init(text: "has_author_in: { permissions: [write] }", isExact: true) { _ in false },
        .init(text: "has_valid_signatures_by: { users: [alice, bob] }", isExact: true) { world in
            world.commits.allSatisfy { $0.isSigned && ($0.author == "alice" || $0.author == "bob") }
        },
    ]
}
