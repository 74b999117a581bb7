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
        /// The lines of the cures of both, in order.
        var cure: [String]
    }

    let story: Story
    /// The environment of the commands.
    let environment: Mutex<[String: String]>
    /// By how much our clock is wrong.
    let skew = Mutex<Int64>(0)
    /// Everything that any command printed.
    let printed = Mutex("")
    /// What the doctor looks at.
    let target: String
    /// Further arguments for the doctor.
    let arguments: [String]

    init(_ story: Story, target: String? = nil, arguments: [String] = []) {
        self.story = story
        self.target = target ?? story.repository
        self.arguments = arguments
        environment = Mutex([
            "COUNTERSIGN_FORGE_URL": story.forge.baseAddress, "COUNTERSIGN_FORGE_TOKEN": story.gate.token,
            "COUNTERSIGN_FORGE_DIRECTORY_TOKEN": story.directoryToken,
        ])
    }

    func set(_ name: String, _ value: String?) { environment.withLock { $0[name] = value } }
    func value(_ name: String) -> String { environment.withLock { $0[name] ?? "" } }

    /// Runs a command line and gives back how it ended and what it printed.
    func run(
        _ arguments: [String], at moment: Date = Date()
    ) async -> (status: Int32, output: String, talk: String) {
        let output = Mutex("")
        let talk = Mutex("")
        let keeper = story.keeper.token
        let context = CommandContext(
            environment: environment.withLock { $0 }, output: { text in output.withLock { $0 += text } },
            talk: { text in talk.withLock { $0 += text + "\n" } },
            readFile: { path in
                guard path == "/administrator" else { throw SettingsError("`\(path)` does not exist") }
                return Array(keeper.utf8)
            },
            // The simulator's answers carry the real time, whatever its story's clock says.
            now: { [self] in Timestamp(seconds: Int64(moment.timeIntervalSince1970) + skew.withLock { $0 }) },
            sleep: { _ in })
        let status = await Countersign.run(arguments, context)
        let texts = (output.withLock { $0 }, talk.withLock { $0 })
        printed.withLock { $0 += texts.0 + texts.1 }
        return (status, texts.0, texts.1)
    }

    /// What the doctor names.
    func doctor() async throws -> Diagnosed {
        let command = ["doctor", target, "--administrator-token-file", "/administrator"] + arguments
        let moment = Date()
        let text = await run(command, at: moment)
        let data = await run(command + ["--format", "json"], at: moment)
        let json = try #require(JSON(parsing: Data(data.output.utf8)), "\(text)")
        var found = Diagnosed(
            exitStatus: text.status, text: text.output + text.talk, blocking: [], warnings: [], cure: [])
        for check in json["checks"]?.array ?? [] {
            for finding in check["findings"]?.array ?? [] {
                let id = check["id"]?.string ?? ""
                switch finding["severity"]?.string {
                case "blocking": found.blocking.append(id)
                case "warning": found.warnings.append(id)
                default: continue
                }
                found.cure += finding["cure"]?.strings ?? []
            }
        }
        // A reader sees the same steps.
        for line in found.cure { #expect(text.output.contains(line), "the text lacks `\(line)`") }
        return found
    }

    /// Carries out what was printed, line by line; what cannot be is an error.
    func carryOut(_ cure: [String], people: [String: Story.Person] = [:], members: [Story.Person] = []) async throws {
        var answer = JSON.null
        for line in cure {
            if line.hasPrefix("# ") || line.hasPrefix("or ") { continue }
            if line.hasPrefix("$ curl ") {
                answer = try await curl(line, people, members)
            } else if line.hasPrefix("$ countersign ") {
                let ended = await run(line.dropFirst(14).split(separator: " ").map(String.init))
                #expect(ended.status == 0, "\(line): \(ended)")
            } else if line.hasPrefix("put the `sha1` of the answer into ") {
                let variable = try #require(line.firstMatch(of: /`(COUNTERSIGN_[A-Z_]+)`/)).output.1
                set(String(variable), try #require(answer["sha1"]?.string, "no token in the answer to the last call"))
            } else if line.hasPrefix("add its members: ") {
                let id = try #require(answer["id"]?.int)
                for member in members {
                    try await story.forge.must(.PUT, "/teams/\(id)/members/\(member.login)", as: story.keeper)
                }
            } else if line.contains("`timedatectl set-ntp true`") {
                skew.withLock { $0 = 0 }
            } else if line.hasPrefix("let the proxy ") || line.hasPrefix("exempt the accounts ") {
                story.simulator?.faults.clear()
            } else if line.hasPrefix("upgrade the forge to Gitea 1.22.0") {
                story.simulator?.world.version = ServerVersion("1.22.0")
            } else if line.hasPrefix("check the forge's address") {
                set("COUNTERSIGN_FORGE_URL", story.forge.baseAddress)
            } else if let edit = line.firstMatch(
                of: /in `([^`]+)` on `([^`]+)` of `([^`]+)`, line [0-9]+: .*`([^`]+)`.*did you mean `([^`]+)`/)
            {
                try await self.edit(edit.output)
            } else if line.hasPrefix("for each member ") || line.hasPrefix("put the service's hook secret ")
                || line.hasPrefix("stop the service ") || line.hasPrefix("take `|| secrets.")
            {
                // Said of the next line, or of something outside the forge that the story has done.
                continue
            } else {
                Issue.record("nobody knows how to carry this out: \(line)")
            }
        }
    }

    private func edit(
        _ step: (Substring, Substring, Substring, Substring, Substring, Substring)
    ) async throws {
        let (_, file, branch, repository, wrong, right) = step
        let content = try await story.forge.must(
            .GET, "/repos/\(repository)/contents/\(file)?ref=\(branch)", as: story.keeper)
        let text = String(
            decoding: Data(base64Encoded: content["content"]?.string ?? "") ?? Data(), as: UTF8.self)
        // As when a pull request that corrects it is merged.
        try story.simulator?.world.push(
            to: String(branch), of: String(repository), as: story.keeper.login,
            files: [String(file): text.replacing(wrong, with: right)])
    }

    /// One `curl` as it was printed.
    private func curl(
        _ line: String, _ people: [String: Story.Person], _ members: [Story.Person]
    ) async throws -> JSON {
        var words = Self.words(String(line.dropFirst(2)))[...]
        #expect(words.popFirst() == "curl")
        var login = ""
        var method = "GET"
        var url = ""
        var body: String?
        while let word = words.popFirst() {
            switch word {
            case "-fsS": continue
            case "-u": login = words.popFirst() ?? ""
            case "-X": method = words.popFirst() ?? ""
            case "-H": #expect(words.popFirst() == "Content-Type: application/json")
            case "-d": body = words.popFirst()
            default: url = word
            }
        }
        let base = story.forge.baseAddress + "/api/v1"
        #expect(url.hasPrefix(base), "\(line)")
        let known = ["OWNER": story.keeper, "SERVICE": story.gate].merging(people) { $1 }
        var path = String(url.dropFirst(base.count))
        for (word, person) in known { path = path.replacing("/\(word)", with: "/\(person.login)") }
        body = body?.replacing(#""SECRET""#, with: #""\#(hookSecret)""#).replacing(#""OWNER""#, with: #""keeper""#)
        let everybody = [story.alice, story.bob, story.carol, story.dave, story.erin, story.gate, story.keeper]
        let person = login == "ADMIN" ? nil : known[login] ?? everybody.first { $0.login == login }
        #expect(login == "ADMIN" || person != nil, "who is \(login)?")
        let json = body.flatMap { JSON(parsing: Data($0.utf8)) }
        let paths = path.hasSuffix("/LOGIN") ? members.map { path.dropLast(5) + $0.login } : [path]
        var answer = JSON.null
        for path in paths {
            answer = try await story.forge.must(
                HTTPMethod(rawValue: method), path, as: person, json, basic: person != nil)
        }
        return answer
    }

    let hookSecret = "hook-secret-of-the-story"

    /// A command line taken apart as a shell would.
    static func words(_ line: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isQuoted = false
        var isBegun = false
        var isEscaped = false
        for character in line {
            if isEscaped {
                word.append(character)
                isEscaped = false
            } else if character == "'" {
                isQuoted.toggle()
                isBegun = true
            } else if character == "\\", !isQuoted {
                isEscaped = true
                isBegun = true
            } else if character == " ", !isQuoted {
                if isBegun || !word.isEmpty { words.append(word) }
                word = ""
                isBegun = false
            } else {
                word.append(character)
            }
        }
        if isBegun || !word.isEmpty { words.append(word) }
        return words
    }

    /// The summary that a pull request's head shows.
    func summary(_ number: Int) async throws -> String? {
        let head = try await story.forge.head(of: number, story.repository)
        return try await story.forge.statuses(on: head, of: story.repository)["countersign: main"]?.0
    }
}
