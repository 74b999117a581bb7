import Foundation
import GiteaSimulator
import NIOHTTP1
import Synchronization

/// The forge that is gated: an organisation with two teams that sign, and as many pull requests as are asked for.
final class BenchForge: Sendable {
    /// A pull request and its head.
    struct Pull: Sendable {
        var repository: String
        var number: Int
        var head: String
    }

    static let hookSecret = String(repeating: "0123456789abcdef", count: 4)
    static let policy = """
        version: 1
        gates:
          qa-review:
            when: not changes_only("docs/**")
            require: qa
            waive: { by: security, reason: required }
          security-review:
            when: not changes_only("docs/**")
            require: security

        """

    let story: StoryForge
    let alice: StoryForge.Person
    let bob: StoryForge.Person
    let carol: StoryForge.Person
    let dave: StoryForge.Person
    let keeper: StoryForge.Person
    let gate: StoryForge.Person
    let directoryToken: String
    private let opened = Mutex<[Pull]>([])
    private let signed = Mutex<[Pull]>([])

    init(_ simulator: GiteaSimulator) async throws {
        story = StoryForge(
            baseAddress: simulator.baseAddress, adminLogin: simulator.options.adminLogin,
            adminToken: simulator.options.adminToken, tick: {})
        keeper = try await story.person("keeper", scopes: StoryForge.ownerScopes)
        alice = try await story.person("alice")
        bob = try await story.person("bob")
        carol = try await story.person("carol")
        dave = try await story.person("dave")
        gate = try await story.person("countersign", scopes: ["write:repository", "write:issue", "read:user"])
        directoryToken = try await story.token(keeper, named: "directory", scopes: StoryForge.directoryScopes)
        try await story.organization("acme", owner: keeper)
        try await story.team("qa", of: "acme", owner: keeper, [bob])
        try await story.team("security", of: "acme", owner: keeper, [carol])
        try await story.team("engineers", of: "acme", owner: keeper, [alice, dave])
        try await story.team("gates", of: "acme", owner: keeper, [gate])
    }

    /// The pull requests so far.
    var pulls: [Pull] { opened.withLock { $0 } }

    /// The pull requests that everybody has signed.
    var signedPulls: [Pull] { signed.withLock { $0 } }

    /// A new repository with a policy and so many open pull requests, one in so many of them signed by everybody.
    func open(_ count: Int, in name: String, signedEvery share: Int? = nil) async throws {
        try await story.repository(name, of: "acme", as: keeper)
        let repository = "acme/\(name)"
        try await story.commit([.create(".countersign.yml", Self.policy)], to: repository, branch: "main", as: keeper)
        try await story.protect("main", of: repository, contexts: ["countersign: main"], as: keeper)
        for number in 0..<count {
            let pull = try await open(number, repository)
            guard let share, number % share == 0 else { continue }
            for person in [bob, carol] { try await approve(pull, as: person) }
            signed.withLock { $0.append(pull) }
        }
    }

    @discardableResult
    func open(_ serial: Int, _ repository: String) async throws -> Pull {
        let branch = "alice/\(serial)"
        try await story.commit(
            [.create("src/file-\(serial).swift", "\(serial)\n")], to: repository, branch: "main", newBranch: branch,
            as: alice)
        let pull = try await story.must(
            .POST, "/repos/\(repository)/pulls", as: alice,
            ["title": .string("Change \(serial)"), "head": .string(branch), "base": "main"])
        let made = Pull(
            repository: repository, number: pull["number"]?.int ?? 0, head: pull["head"]?["sha"]?.string ?? "")
        opened.withLock { $0.append(made) }
        return made
    }

    func approve(_ pull: Pull, as person: StoryForge.Person) async throws {
        try await story.review("APPROVED", pull.number, of: pull.repository, as: person)
    }

    /// Whether a context stands on a head in a state.
    func shows(_ state: String, _ context: String, on pull: Pull) async throws -> Bool {
        try await story.statuses(on: pull.head, of: pull.repository)[context]?.0 == state
    }

    /// The organisation's only webhook, for everything.
    func hook(to address: String) async throws {
        let events = ["pull_request", "issue_comment", "push", "status", "repository"]
        let sub = [
            "pull_request_assign", "pull_request_label", "pull_request_comment", "pull_request_review_approved",
            "pull_request_review_rejected", "pull_request_review_comment", "pull_request_sync",
        ]
        for old in try await story.must(.GET, "/orgs/acme/hooks", as: keeper).array ?? [] {
            try await story.must(.DELETE, "/orgs/acme/hooks/\(old["id"]?.int ?? 0)", as: keeper)
        }
        try await story.must(
            .POST, "/orgs/acme/hooks", as: keeper,
            [
                "type": "gitea", "active": true, "events": .strings(events + sub),
                "config": [
                    "url": .string(address), "content_type": "json", "secret": .string(Self.hookSecret),
                ],
            ])
    }
}
