import ArgumentParser
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

    /// Runs `countersign check` as the service account.
    /// - Parameters:
    ///   - directory: the directory token; nil for the keeper's.
    ///   - token: the service account's token; nil for the usual one.
    func check(
        _ number: Int, directory: String? = nil, token: String? = nil, _ arguments: [String] = [],
        environment more: [String: String] = [:], files: [String: String] = [:]
    ) async throws -> Checked {
        var environment = [
            "COUNTERSIGN_FORGE_URL": forge.baseAddress, "COUNTERSIGN_FORGE_TOKEN": token ?? gate.token,
            "COUNTERSIGN_FORGE_DIRECTORY_TOKEN": directory ?? directoryToken,
        ]
        for (name, value) in more { environment[name] = value }
        let output = Mutex("")
        let talk = Mutex("")
        let context = CommandContext(
            environment: environment.filter { !$0.value.isEmpty || $0.key == "COUNTERSIGN_FORGE_TOKEN" },
            output: { text in output.withLock { $0 += text } }, talk: { text in talk.withLock { $0 += text + "\n" } },
            readFile: { path in
                guard let text = files[path] else { throw SettingsError("`\(path)` does not exist") }
                return Array(text.utf8)
            },
            now: { [clock] in Timestamp(seconds: Int64(clock.now.timeIntervalSince1970)) })
        let command = try Check.parse(["\(repository)#\(number)"] + arguments)
        var status: Int32 = 0
        do {
            try await command.run(context)
        } catch {
            status = Check.exitCode(for: error).rawValue
        }
        let head = try await forge.head(of: number, repository)
        var shas: [String] = []
        func told(_ text: String) -> String { Self.numbered(forge.told(text), &shas) }
        let found = try await forge.statuses(on: head, of: repository)
        let printed = output.withLock { $0 } + talk.withLock { $0 }
        for secret in [gate.token, directoryToken, token, directory].compactMap({ $0 }) where !secret.isEmpty {
            #expect(!printed.contains(secret), "a token was printed")
        }
        return Checked(
            exitStatus: status, output: told(output.withLock { $0 }), talk: told(talk.withLock { $0 }),
            statuses: found.mapValues { (state: $0.0, text: told($0.1)) })
    }

    /// Commits by the order of their appearance: they vary from run to run.
    private static func numbered(_ text: String, _ shas: inout [String]) -> String {
        var result = ""
        var rest = Substring(text)
        let pattern = /[0-9a-f]{40}|[0-9a-f]{10}/
        while let match = rest.firstMatch(of: pattern) {
            result += rest[..<match.range.lowerBound]
            let short = String(match.output.prefix(10))
            if !shas.contains(short) { shas.append(short) }
            result += "<commit \((shas.firstIndex(of: short) ?? 0) + 1)>"
            rest = rest[match.range.upperBound...]
        }
        return result + rest
    }
}
