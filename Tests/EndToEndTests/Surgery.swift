import Foundation
import GatePolicy
import GiteaSimulator
import NIOHTTP1
import Synchronization
import Testing

@testable import CountersignCLI

/// A place where the doctor, the cures that it prints, and `refire` happen: what is set there can be changed.
final class Surgery: Sendable {
    /// What a diagnosis named.
    struct Diagnosed {
        var exitStatus: Int32
        var text: String
        /// The checks that found something, by severity.
        var blocking: [String]
        var warnings: [String]
        /// The checks that mention something.
        var notes: [String]
        /// The lines of the cures, in order.
        var cures: [(check: String, lines: [String])]
    }

    let story: Story
    /// The environment of the commands.
    let environment: Mutex<[String: String]>
    /// By how much our clock is wrong.
    let skew = Mutex<Int64>(0)
    /// What commands wrote.
    let files = Mutex<[String: String]>([:])
    /// Symbolic links, by what they lead to.
    let links = Mutex<[String: String]>([:])
    /// Whether somebody interrupts the command that runs.
    let isInterrupted = Mutex(false)
    /// Everything that any command printed.
    let printed = Mutex("")
    /// What the doctor looks at.
    let target: String
    /// Further arguments for the doctor.
    let arguments: [String]
    /// The file of the administrator's token that is lent: an owner's, or `/site-administrator`.
    let lent: String
    /// The service that runs, if one does.
    let running = Mutex<RunningService?>(nil)

    init(_ story: Story, target: String? = nil, arguments: [String] = [], lent: String = "/administrator") {
        self.lent = lent
        self.story = story
        self.target = target ?? story.repository
        self.arguments = arguments
        environment = Mutex([
            "COUNTERSIGN_FORGE_URL": story.forge.baseAddress, "COUNTERSIGN_FORGE_TOKEN": story.gate.token,
            "COUNTERSIGN_FORGE_DIRECTORY_TOKEN": story.directoryToken,
        ])
    }

    /// A service runs on this machine from now on; between two looks of a command it takes its steps.
    func listen(to service: RunningService?) {
        running.withLock { $0 = service }
        set("COUNTERSIGN_CONTROL_SOCKET", service?.socket)
    }

    /// Lets deliveries come in, and the service work.
    func step() async throws { try await running.withLock { $0 }?.step() }

    /// Where the running service takes webhooks.
    var hookURL: String { running.withLock { $0?.hookURL } ?? "" }

    func set(_ name: String, _ value: String?) { environment.withLock { $0[name] = value } }
    func value(_ name: String) -> String { environment.withLock { $0[name] ?? "" } }
    private func real(_ path: String) -> String { links.withLock { $0[path] ?? path } }

    /// Runs a command line and gives back how it ended and what it printed.
    func run(
        _ arguments: [String], at moment: Date = Date()
    ) async -> (status: Int32, output: String, talk: String) {
        let output = Mutex("")
        let talk = Mutex("")
        let keeper = story.keeper.token
        var context = CommandContext(
            environment: environment.withLock { $0 }, output: { text in output.withLock { $0 += text } },
            talk: { text in talk.withLock { $0 += text + "\n" } },
            readFile: { [self] path in
                if path == "/administrator" { return Array(keeper.utf8) }
                if path == "/site-administrator" { return Array((story.simulator?.options.adminToken ?? "").utf8) }
                guard let text = files.withLock({ $0[real(path)] }) else { throw SettingsError(missing: path) }
                return Array(text.utf8)
            },
            // The simulator's answers carry the real time, whatever its story's clock says.
            now: { [self] in Timestamp(seconds: Int64(moment.timeIntervalSince1970) + skew.withLock { $0 }) },
            sleep: { [self] _ in try await step() })
        context.untilInterrupted = { [self] in
            while !Task.isCancelled {
                if isInterrupted.withLock({ $0 }) { return true }
                try? await Task.sleep(for: .milliseconds(10))
            }
            return false
        }
        context.askSecret = { _ in "secret123" }
        context.realPath = { [self] in real($0) }
        context.writePrivateFile = { [self] path, text in files.withLock { $0[path] = text } }
        let status = await Countersign.run(arguments, context)
        let texts = (output.withLock { $0 }, talk.withLock { $0 })
        printed.withLock { $0 += texts.0 + texts.1 }
        return (status, texts.0, texts.1)
    }

    /// What the doctor names.
    /// - Parameter isRead: whether somebody reads the text too, who then sees the same steps.
    func doctor(isRead: Bool = false) async throws -> Diagnosed {
        var command = ["doctor", target, "--administrator-token-file", lent] + arguments
        if !hookURL.isEmpty { command += ["--hook-url", hookURL] }
        let moment = Date()
        let world = running.withLock { $0 } == nil ? story.simulator?.world : nil
        let before = world?.inventory
        let data = await run(command + ["--format", "json"], at: moment)
        #expect(world?.inventory == before, "it changed something")
        let json = try #require(JSON(parsing: Data(data.output.utf8)), "\(data)")
        var found = Diagnosed(
            exitStatus: data.status, text: data.output + data.talk, blocking: [], warnings: [], notes: [], cures: [])
        for check in json["checks"]?.array ?? [] {
            for finding in check["findings"]?.array ?? [] {
                let id = check["id"]?.string ?? ""
                switch finding["severity"]?.string {
                case "blocking": found.blocking.append(id)
                case "warning": found.warnings.append(id)
                default: found.notes.append(id)
                }
                found.cures.append((id, finding["cure"]?.strings ?? []))
            }
        }
        guard isRead else { return found }
        let text = await run(command, at: moment)
        #expect(text.status == data.status)
        found.text = text.output + text.talk
        for line in found.cures.flatMap(\.lines) { #expect(text.output.contains(line), "the text lacks `\(line)`") }
        return found
    }

    let hookSecret = RunningService.secret

    /// The summary that a pull request's head shows.
    func summary(_ number: Int) async throws -> String? {
        let head = try await story.forge.head(of: number, story.repository)
        return try await story.forge.statuses(on: head, of: story.repository)["countersign: main"]?.0
    }
}
