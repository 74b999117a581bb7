import CountersignCLI
import Foundation
import GatePolicy
import GiteaSimulator
import NIOHTTP1
import Synchronization
import Testing

/// `doctor --watch`: what it says when something turns, and turns back.
@Suite(.simulatorOnly) struct WatchStories {
    @Test func aTeamIsEmptiedAndFilled() async throws {
        try await Story.tell { story in
            let teams = try await story.forge.must(.GET, "/orgs/\(story.forge.name("acme"))/teams", as: story.keeper)
            let qa = try #require(teams.array?.first { $0["name"]?.string == "qa" }?["id"]?.int)
            try await story.forge.protect(
                "main", of: story.repository, contexts: ["countersign: main"], as: story.keeper)
            struct End: Error {}
            let looks = Mutex(0)
            let output = Mutex("")
            let talk = Mutex<[String]>([])
            let metrics = Mutex<[String]>([])
            // Who in a team is active only a site administrator is told.
            let site = try #require(story.simulator).options.adminToken
            let called = try await GiteaSimulator.run { receiver in
                let address = "\(receiver.baseAddress)/api/v1/turned"
                let context = CommandContext(
                    environment: [
                        "COUNTERSIGN_FORGE_TOKEN": story.gate.token,
                        "COUNTERSIGN_FORGE_DIRECTORY_TOKEN": story.directoryToken,
                    ],
                    output: { text in output.withLock { $0 += text } },
                    talk: { text in talk.withLock { $0.append(text) } },
                    readFile: { path in
                        if path == "/alert" { return Array(address.utf8) }
                        if path == "/site" { return Array(site.utf8) }
                        // The settings are replaced while the canary lives.
                        if looks.withLock({ $0 }) == 3 { throw SettingsError("`\(path)` does not exist") }
                        return Array("forge: { url: \(story.forge.baseAddress) }".utf8)
                    },
                    writeFile: { _, bytes in metrics.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) } },
                    now: { Timestamp(seconds: Int64(Date().timeIntervalSince1970)) },
                    sleep: { duration in
                        // Between looks the story goes on.
                        guard duration == .seconds(60) else { return }
                        let look = looks.withLock { looks in
                            looks += 1
                            return looks
                        }
                        let path = "/teams/\(qa)/members/\(story.bob.login)"
                        switch look {
                        case 1: try await story.forge.must(.DELETE, path, as: story.keeper)
                        case 2: try await story.forge.must(.PUT, path, as: story.keeper)
                        case 3, 4: break
                        default: throw End()
                        }
                    })
                _ = await Countersign.run(
                    [
                        "doctor", story.repository, "--watch", "60", "--metrics-file", "/metrics", "--alert-url-file",
                        "/alert", "--settings", "/settings", "--administrator-token-file", "/site",
                    ], context)
                return receiver.requests.all.filter { $0.method == "POST" }.map(\.path)
            }
            let text = output.withLock { $0 }
            #expect(
                text.hasSuffix(
                    """
                    team.empty: sound → blocking
                    team.empty: blocking → sound
                    doctor: sound → unverifiable
                    doctor: unverifiable → sound

                    """), "\(text)")
            #expect(called == ["/turned", "/turned", "/turned", "/turned"])
            #expect(
                talk.withLock { $0.filter { $0.contains("does not exist") } }
                    == ["countersign: `/settings` does not exist; it is looked again when they can be read"])
            let values = metrics.withLock { $0 }.map { text in
                text.split(separator: "\n").first { $0.contains("\"team.empty\"") }?.last.map(String.init) ?? ""
            }
            // What was seen last is no news while nothing can be seen.
            #expect(values == ["0", "3", "0", "1", "0"])
        }
    }
}
