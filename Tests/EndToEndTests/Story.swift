import AsyncHTTPClient
import Foundation
import GatePolicy
import GiteaSimulator
import NIOHTTP1
import Testing

@testable import CountersignCLI

/// A forge with an organisation, its people and a repository, on which a story happens.
struct Story: Sendable {
    typealias Person = StoryForge.Person

    let forge: StoryForge
    /// The simulator; nil when the story runs against a real server.
    let simulator: GiteaSimulator?
    let clock: SimulatorClock
    /// Opens pull requests; of the team `engineers`.
    let alice: Person
    /// Of the team `qa`.
    let bob: Person
    /// Of the team `security`.
    let carol: Person
    /// Of the team `engineers`.
    let dave: Person
    /// Outside the organisation.
    let erin: Person
    /// Posts the statuses.
    let gate: Person
    /// Owns the organisation; the directory token is this account's.
    let keeper: Person
    let directoryToken: String
    let repository: String

    /// The policy that most stories use.
    static let policy = """
        version: 1
        gates:
          qa-review:
            description: Somebody from QA has looked at it
            when: not changes_only("docs/**")
            require: qa
            waive: { by: security, reason: required }
          security-review:
            require: security

        """

    /// Whether stories run against a real server, and which.
    static let live: (address: String, token: String)? = {
        let environment = ProcessInfo.processInfo.environment
        guard let address = environment["LIVE_GITEA"], let file = environment["LIVE_ADMIN_TOKEN_FILE"],
            let token = try? String(contentsOfFile: file, encoding: .utf8)
        else { return nil }
        return (address, token.trimmingCharacters(in: .whitespacesAndNewlines))
    }()

    /// Sets the scene, lets the story happen, and leaves nothing behind.
    static func tell(
        policy: String? = Story.policy, isPrivate: Bool = true, version: ServerVersion = .promised,
        _ body: (Story) async throws -> Void
    ) async throws {
        if let live {
            let suffix = "-" + String(UInt32.random(in: 0 ... .max), radix: 36)
            let forge = StoryForge(
                baseAddress: live.address, adminLogin: "", adminToken: live.token, suffix: suffix,
                // A real server's clock moves on by itself, one second at a time.
                tick: { try await Task.sleep(for: .milliseconds(1100)) })
            let story = try await Story(forge, nil, SimulatorClock(), policy: policy, isPrivate: isPrivate)
            do {
                try await body(story)
                try await story.cleanUp()
            } catch {
                try await story.cleanUp()
                throw error
            }
            return
        }
        var options = GiteaSimulator.Options()
        let clock = SimulatorClock()
        options.version = version
        options.now = { clock.now }
        try await GiteaSimulator.run(options) { simulator in
            let forge = StoryForge(
                baseAddress: simulator.baseAddress, adminLogin: "root1", adminToken: options.adminToken,
                tick: { clock.advance(by: 1) })
            try await body(Story(forge, simulator, clock, policy: policy, isPrivate: isPrivate))
        }
    }

    private init(
        _ forge: StoryForge, _ simulator: GiteaSimulator?, _ clock: SimulatorClock, policy: String?, isPrivate: Bool
    ) async throws {
        self.forge = forge
        self.simulator = simulator
        self.clock = clock
        alice = try await forge.person("alice")
        bob = try await forge.person("bob")
        carol = try await forge.person("carol")
        dave = try await forge.person("dave")
        erin = try await forge.person("erin")
        gate = try await forge.person("gate", scopes: ["write:repository", "write:issue", "read:user"])
        keeper = try await forge.person("keeper", scopes: StoryForge.ownerScopes)
        directoryToken = try await forge.token(keeper, named: "directory", scopes: StoryForge.directoryScopes)
        try await forge.organization("acme", owner: keeper, isPrivate: isPrivate)
        try await forge.team("qa", of: "acme", owner: keeper, [bob])
        try await forge.team("security", of: "acme", owner: keeper, [carol])
        try await forge.team("engineers", of: "acme", owner: keeper, [alice, dave])
        try await forge.team("gates", of: "acme", owner: keeper, [gate])
        try await forge.repository("widget", of: "acme", isPrivate: isPrivate, as: keeper)
        repository = forge.name("acme") + "/widget"
        if let policy {
            try await forge.commit(
                [.create(".countersign.yml", policy)], to: repository, branch: "main", as: keeper)
        }
    }

    private func cleanUp() async throws {
        _ = try await forge.call(.DELETE, "/repos/\(repository)")
        _ = try await forge.call(.DELETE, "/orgs/\(forge.name("acme"))")
        for person in [alice, bob, carol, dave, erin, gate, keeper] {
            _ = try await forge.call(.DELETE, "/admin/users/\(person.login)?purge=true")
        }
    }

    /// A pull request of alice's that changes one file.
    func pull(
        _ title: String = "Add one", file: String = "src/one.swift", branch: String = "feature/one",
        to base: String = "main", by person: Person? = nil
    ) async throws -> Int {
        let person = person ?? alice
        try await forge.commit(
            [.create(file, "one\n")], to: repository, branch: "main", newBranch: branch, as: person)
        return try await forge.pull(title, from: branch, to: base, of: repository, as: person)
    }

    func approve(_ number: Int, as person: Person) async throws {
        try await forge.review("APPROVED", number, of: repository, as: person)
    }
}

extension ServerVersion {
    /// What the product promises to work with.
    static let promised = ServerVersion("1.22.0")
}
