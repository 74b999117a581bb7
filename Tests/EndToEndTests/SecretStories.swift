import Foundation
import NIOHTTP1
import Synchronization
import Testing

@testable import GiteaSimulator

/// `provision`, `doctor` and `refire` as processes: no secret in what they print, in what they log, in what `ps` shows.
@Suite(.simulatorOnly) struct SecretStories {
    private static let password = "secret123"
    private static let code = "918273"

    /// The command lines of all processes.
    private static func commandLines() -> Set<String> {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return Set(
            processes.filter { Int32($0) != nil }.compactMap { process in
                FileManager.default.contents(atPath: "/proc/\(process)/cmdline").map {
                    String(decoding: $0, as: UTF8.self)
                }
            })
    }

    private func run(_ arguments: [String], in folder: URL, _ story: Story) async throws -> CountersignProgram.Ended {
        try await CountersignProgram.run(
            CountersignProgram.path, arguments,
            environment: ["COUNTERSIGN_FORGE_URL": story.forge.baseAddress, "PATH": "/usr/bin:/bin"],
            in: folder.path, input: Self.password + "\n")
    }

    @Test func nothingShowsASecret() async throws {
        try await Story.tell { story in
            let folder = FileManager.default.temporaryDirectory
                .appending(path: "countersign-\(UInt32.random(in: 0 ... .max))")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            _ = try await story.pull()
            story.simulator?.world.update { state in
                if let id = state.person(named: "root1")?.id { state.accounts[id]?.passcode = Self.code }
            }
            try Data("\(Self.code)\n".utf8).write(to: folder.appending(path: "code"))
            let seen = Mutex<Set<String>>([])
            // At each of their calls, so that no moment between two of them is missed.
            story.simulator?.beforeResponse = { _, _ in seen.withLock { $0.formUnion(Self.commandLines()) } }
            let provision = [
                "provision", "acme", "--administrator", "root1", "--administrator-password-file", "-",
                "--administrator-code-file", "code", "--directory-owner", "keeper", "--folder", "secrets", "--hook-url",
                "https://gate.example.org/hooks/gitea", "--actions-secret", "GATE_TOKEN",
            ]
            let tokens = [
                "--token-file", "secrets/forge-token", "--directory-token-file", "secrets/forge-directory-token",
            ]
            var printed = ""
            var secrets: Set<String> = [Self.password, Self.code]
            let commands = [
                provision, provision + ["--yes"], ["refire", "acme/widget"] + tokens, provision + ["--yes"],
                provision + ["--rotate", "--yes"], ["doctor", "acme", "--format", "json"] + tokens,
                provision + ["--undo", "--yes"],
            ]
            for (index, arguments) in commands.enumerated() {
                let ended = try await run(arguments, in: folder, story)
                #expect([0, 1].contains(ended.exitStatus), "\(index): \(ended)")
                printed += ended.output + ended.talk
                for file in ["forge-token", "forge-directory-token", "hook-secret"] {
                    let path = folder.appending(path: "secrets/\(file)")
                    guard let text = try? String(contentsOf: path, encoding: .utf8) else { continue }
                    secrets.insert(text.trimmingCharacters(in: .whitespacesAndNewlines))
                    let mode = try FileManager.default.attributesOfItem(atPath: path.path)[.posixPermissions] as? Int
                    #expect(mode == 0o600, "\(file)")
                }
                let ledger = try? String(contentsOf: folder.appending(path: "secrets/provision.json"), encoding: .utf8)
                printed += ledger ?? ""
            }
            // Two of each token and of the webhook's secret, the password and the code.
            #expect(secrets.count == 8)
            let shown = seen.withLock { $0 }
            #expect(shown.contains { $0.contains("provision\u{0}acme") }, "no process was seen")
            for secret in secrets {
                #expect(!printed.contains(secret), "a secret was printed")
                #expect(!shown.contains { $0.contains(secret) }, "a secret is in the list of processes")
                let encoded = Data("root1:\(secret)".utf8).base64EncodedString()
                #expect(!printed.contains(encoded) && !shown.contains { $0.contains(encoded) })
            }
        }
    }
}
