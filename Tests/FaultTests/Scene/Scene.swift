import Foundation
import NIOHTTP1
import Synchronization

@testable import GiteaSimulator

/// A forge with people, teams and one repository that can be put back to where it began, as often as wanted.
final class Scene: Sendable {
    static let repository = "acme/widget"
    /// The secret that the webhook signs with.
    static let secret = "0123456789abcdef0123456789abcdef"
    /// Who reviews what; `alice` and `dave` write the code.
    static let teams = ["qa": ["bob", "bea"], "security": ["carol", "cody"], "engineers": ["alice", "dave"]]

    /// Servers that random runs are spread over; from 1.23 on they tell of statuses.
    private static let versions = ["1.22.0", "1.22.0", "1.24.0"].map { ServerVersion($0) }
    /// How many scenes random runs are played on side by side: one that waits for an answer leaves its core to others.
    ///
    /// As there are as many scenes for each server, a run's number also says what server it is played on.
    static let workers = 2 * versions.count

    static func version(of worker: Int) -> ServerVersion { versions[worker % versions.count] }

    let simulator: GiteaSimulator
    let clock: SimulatorClock
    /// By how many seconds the service's clock is wrong.
    let skew = Mutex<TimeInterval>(0)
    let people: [String: StoryForge.Person]
    let directoryToken: String
    private let start: Date
    private let beginning: WorldState

    /// Sets the scene, lets things happen, and leaves nothing behind.
    static func run<Value: Sendable>(
        version: ServerVersion = ServerVersion("1.22.0"), isPrivate: Bool = true, isRealTime: Bool = false,
        _ body: (Scene) async throws -> Value
    ) async throws -> Value {
        let clock = SimulatorClock()
        var options = GiteaSimulator.Options()
        options.version = version
        if !isRealTime { options.now = { clock.now } }
        return try await GiteaSimulator.run(options) { simulator in
            try await body(Scene(simulator, clock, isPrivate: isPrivate))
        }
    }

    private init(_ simulator: GiteaSimulator, _ clock: SimulatorClock, isPrivate: Bool) async throws {
        self.simulator = simulator
        self.clock = clock
        let forge = StoryForge(
            baseAddress: simulator.baseAddress, adminLogin: "root1", adminToken: simulator.options.adminToken,
            tick: { clock.advance(by: 1) })
        var people: [String: StoryForge.Person] = [:]
        for name in ["alice", "bob", "bea", "carol", "cody", "dave", "erin"] {
            people[name] = try await forge.person(name)
        }
        let keeper = try await forge.person("keeper", scopes: StoryForge.ownerScopes)
        people["keeper"] = keeper
        people["gate"] = try await forge.person("gate", scopes: ["write:repository", "write:issue", "read:user"])
        directoryToken = try await forge.token(keeper, named: "directory", scopes: StoryForge.directoryScopes)
        try await forge.organization("acme", owner: keeper, isPrivate: isPrivate)
        for (team, members) in Self.teams.sorted(by: { $0.key < $1.key }) {
            try await forge.team(team, of: "acme", owner: keeper, members.compactMap { people[$0] })
        }
        try await forge.team("gates", of: "acme", owner: keeper, [people["gate"]].compactMap { $0 })
        try await forge.repository("widget", of: "acme", isPrivate: isPrivate, as: keeper)
        try await forge.branch("release", from: "main", of: Self.repository, as: keeper)
        for base in ["main", "release"] {
            try await forge.protect(base, of: Self.repository, contexts: ["countersign: \(base)"], as: keeper)
        }
        try await forge.must(
            .POST, "/repos/\(Self.repository)/labels", as: keeper, ["name": "trivial", "color": "#00ff00"])
        try await forge.must(
            .POST, "/repos/\(Self.repository)/hooks", as: keeper,
            [
                "type": "gitea", "active": true,
                "config": [
                    "url": "http://127.0.0.1:1/hooks/gitea", "content_type": "json", "secret": .string(Self.secret),
                ],
                "events": .strings(Self.events),
            ])
        self.people = people
        start = clock.now
        beginning = simulator.world.update { state in
            state.outbox = []
            return state
        }
    }

    /// Everything that happened since the beginning is undone.
    func restore() {
        simulator.beforeResponse = nil
        simulator.faults.clear()
        simulator.requests.reset()
        clock.set(start)
        skew.withLock { $0 = 0 }
        simulator.world.update { state in state = beginning }
    }

    var world: World { simulator.world }

    func token(_ name: String) -> String { people[name]?.token ?? "" }

    /// What a call came to.
    struct Reply {
        let status: Int
        fileprivate let body: [UInt8]

        /// The body, read when it is asked for: most acts do not look.
        var json: JSON { JSON(parsing: Data(body)) ?? .null }

        fileprivate init(status: Int, body: some Sequence<UInt8>) {
            self.status = status
            self.body = Array(body)
        }
    }

    /// One call of the REST API as somebody, without the network.
    @discardableResult
    func call(
        _ method: String, _ path: String, as name: String, token: String? = nil, _ body: JSON = .null
    ) -> Reply {
        let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
        let request = APIRequest(
            method: method, path: parts[0],
            segments: parts[0].split(separator: "/").map { $0.removingPercentEncoding ?? String($0) },
            query: GiteaSimulator.query(parts.count > 1 ? parts[1] : ""), body: body,
            authorization: "token \(token ?? self.token(name))")
        let answer = world.respond(to: request)
        return Reply(status: answer.status, body: answer.body)
    }

    /// Opens a pull request of alice's into `main` for each number, from a branch `feature/NUMBER` with a file of its own.
    func open(_ numbers: ClosedRange<Int>) throws {
        for number in numbers {
            _ = try world.push(
                to: "feature/\(number)", of: Self.repository, as: "alice", files: ["src/\(number).txt": "one\n"])
            here(
                "POST", "/pulls", as: "alice",
                ["title": "Something", "head": .string("feature/\(number)"), "base": "main"])
        }
    }

    /// The same, below the repository.
    @discardableResult
    func here(
        _ method: String, _ path: String, as name: String, token: String? = nil, _ body: JSON = .null
    ) -> Reply {
        call(method, "/repos/\(Self.repository)\(path)", as: name, token: token, body)
    }

    private static let events = [
        "push", "create", "delete", "pull_request", "issue_comment", "status", "repository", "pull_request_sync",
        "pull_request_review_approved", "pull_request_review_rejected", "pull_request_review_comment",
        "pull_request_comment", "pull_request_label", "pull_request_review_request",
    ]
}
