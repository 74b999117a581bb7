import GateImport
import GatePolicy
import Testing

/// Made-up policies, decided by a model of policy-bot and by our engine with the imported policy.
@Suite struct EquivalenceTests {
    /// What policy-bot says of a rule or of a place in `policy.approval`.
    enum Status { case skipped, pending, approved }

    /// A place in `policy.approval`.
    indirect enum Tree {
        case rule(Int)
        case or([Tree])
        case and([Tree])

        /// policy-bot's rule of combining.
        func status(_ rules: [Status]) -> Status {
            switch self {
            case .rule(let index): return rules[index]
            case .or(let trees):
                let all = trees.map { $0.status(rules) }
                return all.contains(.approved) ? .approved : all.contains(.pending) ? .pending : .skipped
            case .and(let trees):
                let all = trees.map { $0.status(rules) }
                return all.contains(.pending) ? .pending : all.contains(.approved) ? .approved : .skipped
            }
        }

        var text: String {
            switch self {
            case .rule(let index): "r\(index)"
            case .or(let trees): "{ or: [\(trees.map(\.text).joined(separator: ", "))] }"
            case .and(let trees): "{ and: [\(trees.map(\.text).joined(separator: ", "))] }"
            }
        }

        static func random(depth: Int, rules: Int, _ random: inout HostileTests.Random) -> Tree {
            let kind = depth == 0 ? 0 : Int.random(in: 0..<4, using: &random)
            if kind < 2 { return .rule(Int.random(in: 0..<rules, using: &random)) }
            let trees = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                Tree.random(depth: depth - 1, rules: rules, &random)
            }
            return kind == 2 ? .or(trees) : .and(trees)
        }
    }

    /// A rule: when it applies, and what it asks for.
    enum Shape: CaseIterable {
        case always, whenFile, whenSize

        func condition(_ index: Int) -> String {
            switch self {
            case .always: ""
            case .whenFile: "if: { changed_files: { paths: ['^if\(index)$'] } }, "
            // A size means something else where it helps, and so takes the other form.
            case .whenSize: "if: { modified_lines: { total: '> \(index + 2)' } }, "
            }
        }
    }

    private static let head = CommitID(String(repeating: "a", count: 40))

    static func facts(_ files: [String]) throws -> Facts {
        let owner = Account(id: 1, login: "acme")
        let repository = Repository(
            id: 1, name: RepositoryName(owner: "acme", name: "app"), owner: owner, ownerIsOrganization: .known(true),
            isPrivate: true, defaultBranch: "main")
        let request = PullRequest(
            number: 1, title: "x", author: Account(id: 2, login: "alice"), head: try #require(head), headBranch: "x",
            baseBranch: "main")
        var facts = Facts(now: Timestamp(seconds: 0), repository: repository, pullRequest: request)
        facts.files = .known(files.map { ChangedFile(path: $0, additions: 1) })
        facts.reviews = .known([])
        facts.commits = .known([Commit(id: request.head, author: nil, committer: nil)])
        facts.timeline = .known([])
        facts.statuses = .known([])
        facts.watchedFiles = .known(WatchedFiles(same: Set(PolicyPath.inOrder)))
        return facts
    }

    @Test(arguments: 1...40) func passesWherePolicyBotPasses(_ seed: Int) throws {
        var random = HostileTests.Random(state: UInt64(seed))
        let shapes = (0..<4).map { _ in Shape.allCases.randomElement(using: &random) ?? .always }
        let asksNobody = (0..<4).map { _ in Int.random(in: 0..<5, using: &random) == 0 }
        let trees = (0..<Int.random(in: 1...3, using: &random)).map { _ in Tree.random(depth: 3, rules: 4, &random) }
        let rules = (0..<4).map { index in
            let asked = asksNobody[index] ? "" : ", conditions: { changed_files: { paths: ['^ok\(index)$'] } }"
            return "  - { name: r\(index), \(shapes[index].condition(index))requires: { count: 0\(asked) } }\n"
        }
        let text =
            "policy: { approval: [\(trees.map(\.text).joined(separator: ", "))] }\napproval_rules:\n"
            + rules.joined()
        let imported = try #require(Import.policyBot(text, file: "p").policy, "\(text)")
        let (policy, diagnostics) = PolicyReader.read(imported, file: "p", digest: "")
        let read = try #require(policy, "\(text)\n\(imported)\n\(diagnostics.rendered)")
        for _ in 0..<40 {
            let names = (0..<4).flatMap { ["if\($0)", "ok\($0)"] }
            let files = names.filter { _ in Bool.random(using: &random) }
            let statuses = (0..<4).map { index -> Status in
                let applies =
                    switch shapes[index] {
                    case .always: true
                    case .whenFile: files.contains("if\(index)")
                    case .whenSize: files.count > index + 2
                    }
                if !applies { return .skipped }
                return asksNobody[index] || files.contains("ok\(index)") ? .approved : .pending
            }
            // All skipped was an error.
            let expected = Tree.and(trees).status(statuses) == .approved
            let verdict = read.evaluate(try Self.facts(files), asksWhoCanSign: false)
            let passes = verdict.gates.allSatisfy { $0.outcome.status == .success }
            #expect(passes == expected, "seed \(seed), files \(files)\n\(text)\n\(imported)")
        }
    }
}
