import ArgumentParser
import Foundation
import GiteaSimulator
import Subprocess
import SystemPackage

/// Counts the calls of a doctor who looks at a large organisation, on a forge that takes its time.
struct DoctorCalls: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Count the calls and the time of `countersign doctor` on a large organisation.")

    @Option(help: "The countersign program to run.")
    var countersign: String

    @Option(help: "Milliseconds that every call takes.")
    var latency = 30

    @Option(help: "Repositories of the organisation.")
    var repositories = 200

    @Option(help: "Teams that policies name.")
    var teams = 40

    @Option(help: "Seconds that it may take; more is a failure.")
    var seconds = 60

    @Option(help: "Calls that it may make for one repository, probes of the tokens apart; more is a failure.")
    var calls = 8

    @Option(help: "One of so many repositories lets those sign who may write, which takes two calls more.")
    var writers = 3

    func run() async throws {
        let clock = SimulatorClock()
        var options = GiteaSimulator.Options()
        options.version = ServerVersion("1.22.0")
        options.now = { clock.now }
        try await GiteaSimulator.run(options) { simulator in
            let story = try await story(simulator, clock)
            simulator.faults.latency = .milliseconds(latency)
            simulator.requests.reset()
            let start = ContinuousClock.now
            let file = FilePath(FileManager.default.temporaryDirectory.path + "/doctor-calls-\(UUID().uuidString)")
            try Data(story.keeper.utf8).write(to: URL(filePath: file.string))
            defer { try? FileManager.default.removeItem(atPath: file.string) }
            let record = try await Subprocess.run(
                .path(FilePath(countersign)),
                arguments: [
                    "doctor", "acme", "--administrator-token-file", file.string, "--hook-url",
                    "https://gate.example.org/x",
                ],
                environment: .custom([
                    "COUNTERSIGN_FORGE_URL": simulator.baseAddress, "COUNTERSIGN_FORGE_TOKEN": story.gate,
                    "COUNTERSIGN_FORGE_DIRECTORY_TOKEN": story.directory,
                ]),
                output: .string(limit: 16 * 1024 * 1024), error: .string(limit: 1024 * 1024))
            let took = start.duration(to: .now)
            FileHandle.standardError.write(Data(record.standardError.utf8))
            let most = report(simulator.requests.all, took)
            print(record.standardOutput.split(separator: "\n").last.map { String($0) } ?? "")
            guard took <= .seconds(seconds), most <= calls else {
                print("too much: \(seconds) s and \(calls) calls for a repository are allowed")
                throw ExitCode.failure
            }
        }
    }

    /// - Returns: how many calls were made for the repository with the most.
    private func report(_ records: [RequestRecord], _ took: Duration) -> Int {
        var ofRepository: [String: [String]] = [:]
        var ofWriters: [String: Int] = [:]
        for record in records {
            let parts = record.path.split(separator: "/").map(String.init)
            // Probes of the tokens go to one repository, once.
            guard parts.count >= 3, parts[0] == "repos", record.method == "GET" else { continue }
            let rest = parts.dropFirst(3).first ?? ""
            guard rest != "teams", rest != "assignees" else {
                ofWriters["\(parts[1])/\(parts[2])", default: 0] += 1
                continue
            }
            ofRepository["\(parts[1])/\(parts[2])", default: []].append("\(record.method) …/\(rest)")
        }
        let most = ofRepository.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }
        if let most {
            print("\(most.value.count) calls at most for a repository, as for \(most.key):")
            for call in most.value { print("    \(call)") }
        }
        print("\(ofWriters.values.max() ?? 0) calls more at most for one of \(ofWriters.count) that ask who may write")
        let members = records.count { $0.path.hasPrefix("/teams/") && $0.path.hasSuffix("/members") }
        print("\(members) calls for who is in teams, whatever the repositories")
        let people = records.count { $0.path.hasPrefix("/users/") }
        print("\(people) calls for people whom policies name, one for each, whatever the repositories")
        print("\(records.count) calls for \(repositories) repositories and \(teams) teams in \(took)")
        let isTooMuch = (ofWriters.values.max() ?? 0) > 2
        return isTooMuch ? Int.max : most?.value.count ?? 0
    }

    private func story(
        _ simulator: GiteaSimulator, _ clock: SimulatorClock
    ) async throws -> (gate: String, directory: String, keeper: String) {
        let forge = StoryForge(
            baseAddress: simulator.baseAddress, adminLogin: "root1", adminToken: simulator.options.adminToken,
            tick: { clock.advance(by: 1) })
        let keeper = try await forge.person("keeper", scopes: StoryForge.ownerScopes)
        let alice = try await forge.person("alice")
        let bob = try await forge.person("bob")
        _ = try await forge.person("carol")
        let gate = try await forge.person("countersign", scopes: ["write:repository", "write:issue", "read:user"])
        let directory = try await forge.token(keeper, named: "directory", scopes: StoryForge.directoryScopes)
        try await forge.organization("acme", owner: keeper)
        try await forge.team("gates", of: "acme", owner: keeper, [gate])
        try await forge.team("engineers", of: "acme", owner: keeper, [alice])
        for number in 1...max(teams, 1) { try await forge.team("team-\(number)", of: "acme", owner: keeper, [bob]) }
        for number in 1...max(repositories, 1) {
            let name = "acme/repository-\(number)"
            let isForWriters = writers > 0 && number % writers == 0
            let people = isForWriters ? "writers" : "team-\(number % max(teams, 1) + 1) | @carol"
            let policy = "version: 1\ngates:\n  review: { require: \"\(people)\" }\n"
            try await forge.repository("repository-\(number)", of: "acme", as: keeper)
            try await forge.commit([.create(".countersign.yml", policy)], to: name, branch: "main", as: keeper)
            try await forge.commit(
                [.create("a", "a\n")], to: name, branch: "main", newBranch: "change", as: alice)
            _ = try await forge.pull("Change", from: "change", of: name, as: alice)
            try await forge.protect("main", of: name, contexts: ["countersign: main"], as: keeper)
        }
        return (gate.token, directory, keeper.token)
    }
}
