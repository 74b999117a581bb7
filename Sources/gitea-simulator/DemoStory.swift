import GiteaSimulator
import NIOHTTP1

/// The forge of the demo: an organisation, its people, and six pull requests in six states.
struct DemoStory: Sendable {
    struct Pull: Sendable {
        var number: Int
        var title: String
        /// Whether it is checked with a token that cannot see the teams.
        var isBlind = false
    }

    static let policy = """
        version: 1
        gates:
          qa-review:
            description: Somebody from QA has looked at it
            when: not changes_only("docs/**")
            require: qa
          security-review:
            when: not changes_only("docs/**")
            require: security

        """

    let forge: StoryForge
    let repository = "acme/widget"
    let gate: StoryForge.Person
    let directoryToken: String
    /// The directory token of somebody outside the organisation.
    let blindToken: String
    let pulls: [Pull]
    let carol: StoryForge.Person
    private let dave: StoryForge.Person
    private let keeper: StoryForge.Person

    init(_ simulator: GiteaSimulator, tick: @escaping @Sendable () -> Void) async throws {
        forge = StoryForge(
            baseAddress: simulator.baseAddress, adminLogin: "root1", adminToken: GiteaSimulator.Options().adminToken,
            tick: tick)
        keeper = try await forge.person("keeper", scopes: StoryForge.ownerScopes)
        let alice = try await forge.person("alice")
        let bob = try await forge.person("bob")
        carol = try await forge.person("carol")
        let erin = try await forge.person("erin")
        dave = try await forge.person("dave")
        gate = try await forge.person("countersign", scopes: ["write:repository", "write:issue", "read:user"])
        directoryToken = try await forge.token(keeper, named: "directory", scopes: StoryForge.directoryScopes)
        blindToken = try await forge.token(erin, named: "directory", scopes: StoryForge.directoryScopes)
        try await forge.organization("acme", owner: keeper)
        try await forge.team("qa", of: "acme", owner: keeper, [bob])
        try await forge.team("security", of: "acme", owner: keeper, [carol])
        try await forge.team("engineers", of: "acme", owner: keeper, [alice, dave])
        try await forge.team("gates", of: "acme", owner: keeper, [gate])
        try await forge.repository("widget", of: "acme", as: keeper)
        try await forge.commit([.create(".countersign.yml", Self.policy)], to: repository, branch: "main", as: keeper)
        try await forge.protect("main", of: repository, contexts: ["countersign: main"], as: keeper)
        pulls = try await Self.pulls(forge, repository, alice: alice, bob: bob, carol: carol, dave: dave)
    }

    private static func pulls(
        _ forge: StoryForge, _ repository: String, alice: StoryForge.Person, bob: StoryForge.Person,
        carol: StoryForge.Person, dave: StoryForge.Person
    ) async throws -> [Pull] {
        func open(_ title: String, _ file: String) async throws -> Int {
            let branch =
                "alice/" + (file.split(separator: "/").last?.split(separator: ".").first.map(String.init) ?? "")
            try await forge.commit(
                [.create(file, "\(title)\n")], to: repository, branch: "main", newBranch: branch, as: alice)
            return try await forge.pull(title, from: branch, of: repository, as: alice)
        }
        func review(_ event: String, _ number: Int, _ people: StoryForge.Person...) async throws {
            for person in people { try await forge.review(event, number, of: repository, as: person) }
        }
        var pulls: [Pull] = []
        let both = try await open("Add a search box", "src/search.swift")
        try await review("APPROVED", both, bob, carol)
        pulls.append(Pull(number: both, title: "Add a search box"))

        let half = try await open("Speed the parser up", "src/parser.swift")
        try await review("APPROVED", half, bob)
        pulls.append(Pull(number: half, title: "Speed the parser up"))

        let docs = try await open("Mend a typo in the guide", "docs/guide.md")
        pulls.append(Pull(number: docs, title: "Mend a typo in the guide"))

        let blocked = try await open("Rotate the keys", "src/keys.swift")
        try await review("APPROVED", blocked, bob, carol)
        try await review("REQUEST_CHANGES", blocked, dave)
        pulls.append(Pull(number: blocked, title: "Rotate the keys"))

        let stale = try await open("Try again on errors", "src/retries.swift")
        try await review("APPROVED", stale, bob, carol)
        try await forge.commit(
            [.create("src/backdoor.swift", "surprise\n")], to: repository, branch: "alice/retries", as: alice)
        pulls.append(Pull(number: stale, title: "Try again on errors"))

        let blind = try await open("Upgrade the crypto library", "src/crypto.swift")
        try await review("APPROVED", blind, bob, carol)
        pulls.append(Pull(number: blind, title: "Upgrade the crypto library", isBlind: true))
        return pulls
    }

    /// The one that lacks a single approval.
    var half: Pull { pulls[1] }
    /// Those that are still open when all has been tried.
    var open: [Pull] { [pulls[1], pulls[3], pulls[4]] }

    /// Lets the organisation tell a service what happens.
    func hook(_ address: String, secret: String) async throws {
        try await forge.must(
            .POST, "/orgs/acme/hooks", as: keeper,
            [
                "type": "gitea", "active": .bool(true),
                "config": ["url": .string(address), "content_type": "json", "secret": .string(secret)],
                "events": [
                    "push", "pull_request", "pull_request_sync", "pull_request_review", "issue_comment", "status",
                ],
            ])
    }

    /// Tries to merge as somebody who may write.
    /// - Returns: the HTTP status: 200 when it went in, 405 when the forge refused.
    func merge(_ pull: Pull) async throws -> Int {
        try await forge.merge(pull.number, of: repository, as: dave).status
    }
}
