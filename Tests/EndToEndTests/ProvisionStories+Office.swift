import Foundation
import GatePolicy
import GateWeb
import NIOHTTP1
import Synchronization
import Testing

@testable import CountersignCLI
@testable import GiteaSimulator

extension ProvisionStories {
    /// A desk drawer and an administrator at it.
    final class Office: Sendable {
        let story: Story
        let files = Mutex<[String: String]>(["/password": "secret123\n"])
        let printed = Mutex("")
        /// What somebody at the terminal answers.
        let answers = Mutex<[String]>([])
        let environment = Mutex<[String: String]>([:])
        /// Where a service listens; nothing where none runs.
        let socket = Mutex("/nowhere")
        /// What happens while a command waits.
        let meanwhile = Mutex<@Sendable (Duration) async -> Void>({ _ in })

        init(_ story: Story) { self.story = story }

        static let usual = [
            "provision", "acme", "--administrator", "root1", "--administrator-password-file", "/password",
            "--directory-owner", "keeper", "--folder", "/secrets", "--hook-url", "https://gate.example.org/hooks/forge",
            "--actions-secret", "GATE_TOKEN",
        ]

        /// The same, for a service that runs here.
        static func usual(for running: RunningService) -> [String] {
            usual.map { $0.hasPrefix("https://gate") ? running.hookURL : $0 }
        }

        /// What a service is told that has its secrets from provisioning.
        static let variables: [String: String?] = [
            "COUNTERSIGN_FORGE_TOKEN": nil, "COUNTERSIGN_FORGE_DIRECTORY_TOKEN": nil,
            "COUNTERSIGN_HOOK_SECRET": nil, "COUNTERSIGN_FORGE_TOKEN_FILE": "/secrets/forge-token",
            "COUNTERSIGN_FORGE_DIRECTORY_TOKEN_FILE": "/secrets/forge-directory-token",
            "COUNTERSIGN_HOOK_SECRET_FILE": "/secrets/hook-secret",
        ]

        func read(_ path: String) throws -> [UInt8] {
            guard let content = files.withLock({ $0[path] }) else {
                throw SettingsError("`\(path)` does not exist")
            }
            return Array(content.utf8)
        }

        func run(_ arguments: [String]) async -> (status: Int32, text: String) {
            let text = Mutex("")
            var context = CommandContext(
                environment: [
                    "COUNTERSIGN_FORGE_URL": story.forge.baseAddress,
                    "COUNTERSIGN_CONTROL_SOCKET": socket.withLock { $0 },
                ],
                output: { said in text.withLock { $0 += said } }, talk: { said in text.withLock { $0 += said + "\n" } },
                readFile: { [self] path in try read(path) },
                now: { Timestamp(seconds: Int64(Date().timeIntervalSince1970)) },
                sleep: { [self] duration in await meanwhile.withLock { $0 }(duration) })
            context.environment.merge(environment.withLock { $0 }) { $1 }
            context.askSecret = { [self] _ in answers.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
            context.writePrivateFile = { [self] path, content in files.withLock { $0[path] = content } }
            context.removeFile = { [self] path in files.withLock { $0[path] = nil } }
            let status = await Countersign.run(arguments, context)
            let said = text.withLock { $0 }
            printed.withLock { $0 += said }
            return (status, said)
        }

        /// Nothing that is a secret was ever printed.
        func expectNoSecret(sourceLocation: SourceLocation = #_sourceLocation) {
            let printed = printed.withLock { $0 }
            for (path, content) in files.withLock({ $0 }) where !path.hasSuffix(".json") {
                let secret = content.trimmingCharacters(in: .whitespacesAndNewlines)
                #expect(!printed.contains(secret), "\(path) was printed", sourceLocation: sourceLocation)
            }
            let ledger = files.withLock { $0["/secrets/provision.json"] } ?? ""
            for (path, content) in files.withLock({ $0 }) where !path.hasSuffix(".json") {
                let secret = content.trimmingCharacters(in: .whitespacesAndNewlines)
                #expect(!ledger.contains(secret), "\(path) is in the ledger", sourceLocation: sourceLocation)
            }
        }
    }

    func inventory(_ story: Story) throws -> [String] { try #require(story.simulator?.world.inventory) }

    /// What the new account decided is posted by it: everything it needs is there.
    func refire(_ office: Office) async -> (status: Int32, text: String) {
        await office.run([
            "refire", office.story.repository, "--all", "--token-file", "/secrets/forge-token",
            "--directory-token-file", "/secrets/forge-directory-token",
        ])
    }

    /// What provisioning says when the summary has been posted once.
    func provision(_ office: Office) async -> (status: Int32, text: String) {
        _ = await office.run(Office.usual + ["--yes"])
        _ = await refire(office)
        return await office.run(Office.usual + ["--yes"])
    }

    func shown(_ number: Int, _ story: Story) async throws -> String? {
        let head = try await story.forge.head(of: number, story.repository)
        return try await story.forge.statuses(on: head, of: story.repository)["countersign: main"]?.0
    }

    /// What an Actions secret holds.
    func held(_ name: String, _ story: Story) throws -> String? {
        try #require(story.simulator?.world).update { state in
            state.secrets.values.compactMap { $0[name]?.text }.first
        }
    }
}
