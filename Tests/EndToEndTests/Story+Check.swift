import Foundation
import GatePolicy
import GiteaSimulator
import Synchronization
import Testing

@testable import CountersignCLI

extension Story {
    /// What a check printed and ended with, and what the head shows afterwards.
    struct Checked {
        var exitStatus: Int32
        /// As printed, names and addresses as the story tells them, commits numbered.
        var output: String
        var talk: String
        /// State and description by context.
        var statuses: [String: (state: String, text: String)]

        var summary: String? { statuses["countersign: main"]?.state }

        /// Everything a person reads of it, for a golden file.
        var told: String {
            var text = output
            if !talk.isEmpty { text += "--- stderr\n" + talk }
            text += "--- exit \(exitStatus)\n"
            for (context, status) in statuses.sorted(by: { $0.key < $1.key }) {
                text += "\(status.state) | \(context) | \(status.text)\n"
            }
            return text
        }
    }

    /// Runs `countersign check` on a pull request as the service account.
    /// - Parameters:
    ///   - directory: the directory token; nil for the keeper's, empty for none.
    ///   - token: the service account's token; nil for the usual one.
    func check(
        _ number: Int, directory: String? = nil, token: String? = nil, _ arguments: [String] = [],
        environment more: [String: String?] = [:], files: [String: String] = [:], of repository: String? = nil
    ) async throws -> Checked {
        let repository = repository ?? self.repository
        return try await run(
            ["check", "\(repository)#\(number)"] + arguments, directory: directory, token: token, environment: more,
            files: files, head: (number, repository))
    }

    /// Runs a command line as the service account.
    /// - Parameter head: the pull request whose head's statuses are looked at afterwards.
    func run(
        _ arguments: [String], directory: String? = nil, token: String? = nil,
        environment more: [String: String?] = [:], files: [String: String] = [:], head: (Int, String)? = nil
    ) async throws -> Checked {
        var environment: [String: String?] = [
            "COUNTERSIGN_FORGE_URL": forge.baseAddress, "COUNTERSIGN_FORGE_TOKEN": token ?? gate.token,
            "COUNTERSIGN_FORGE_DIRECTORY_TOKEN": (directory ?? directoryToken).isEmpty
                ? nil : directory ?? directoryToken,
        ]
        for (name, value) in more { environment[name] = value }
        let output = Mutex("")
        let talk = Mutex("")
        let context = CommandContext(
            environment: environment.compactMapValues { $0 },
            output: { text in output.withLock { $0 += text } }, talk: { text in talk.withLock { $0 += text + "\n" } },
            readFile: { path in
                guard let text = files[path] else { throw SettingsError("`\(path)` does not exist") }
                return Array(text.utf8)
            },
            now: { [clock] in Timestamp(seconds: Int64(clock.now.timeIntervalSince1970)) },
            // Calls are tried again at once: only the forge's answers matter here, not the waits between them.
            sleep: { _ in })
        let status = await Countersign.run(arguments, context)
        var statuses: [String: (String, String)] = [:]
        if let (number, repository) = head {
            let sha = try await forge.head(of: number, repository)
            statuses = try await forge.statuses(on: sha, of: repository)
        }
        let printed = output.withLock { $0 } + talk.withLock { $0 }
        for secret in [gate.token, directoryToken, token, directory].compactMap({ $0 }) where !secret.isEmpty {
            #expect(!printed.contains(secret), "a token was printed")
        }
        var shas: [String] = []
        func told(_ text: String) -> String { Self.numbered(forge.told(text), &shas) }
        return Checked(
            exitStatus: status, output: told(output.withLock { $0 }), talk: told(talk.withLock { $0 }),
            statuses: statuses.mapValues { (state: $0.0, text: told($0.1)) })
    }

    /// Commits by the order of their appearance: they vary from run to run.
    private static func numbered(_ text: String, _ shas: inout [String]) -> String {
        var result = ""
        var rest = Substring(text)
        let pattern = /\b([0-9a-f]{40}|[0-9a-f]{10})\b/
        while let match = rest.firstMatch(of: pattern) {
            result += rest[..<match.range.lowerBound]
            let short = String(match.output.1.prefix(10))
            if !shas.contains(short) { shas.append(short) }
            result += "<commit \((shas.firstIndex(of: short) ?? 0) + 1)>"
            rest = rest[match.range.upperBound...]
        }
        return result + rest
    }
}
