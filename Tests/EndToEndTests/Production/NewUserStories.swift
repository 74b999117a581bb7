import Foundation
import GiteaSimulator
import Subprocess
import Testing

/// What somebody reads who starts the service wrongly.
@Suite(.simulatorOnly) struct NewUserStories {
    @Test func whatIsTakenIsSaid() async throws {
        try await Story.tell { story in
            let first = try await ServiceProcess(story)
            try await first.run {
                func second(_ more: [String: String]) async throws -> CountersignProgram.Ended {
                    let other = try await ServiceProcess(story, more)
                    return try await CountersignProgram.run(
                        ["serve"], environment: other.environment, in: other.folder.path)
                }
                let store = try await second(["COUNTERSIGN_STORE_PATH": first.folder.path + "/countersign.sqlite"])
                #expect(
                    store.exitStatus == 64 && store.talk.contains("another service works with this store"), "\(store)")
                for (variable, port, setting) in [
                    ("COUNTERSIGN_LISTEN", first.port, "listen"),
                    ("COUNTERSIGN_PAGES_LISTEN", first.operatorsPort, "pages.listen"),
                ] {
                    let ended = try await second([variable: "127.0.0.1:\(port)"])
                    let sentence =
                        "countersign: `\(setting)` is `127.0.0.1:\(port)`: another program listens there; is this "
                        + "service running already?"
                    #expect(ended.exitStatus == 64 && ended.talk.contains(sentence), "\(ended)")
                }
                let socket = first.folder.path + "/countersign.sock"
                let door = try await second(["COUNTERSIGN_CONTROL_SOCKET": socket])
                #expect(
                    door.exitStatus == 64
                        && door.talk.contains("`control.socket` is `\(socket)`: another service listens there"),
                    "\(door)")
                // The first one's door is still there.
                let status = try await CountersignProgram.run(
                    ["status"], environment: first.environment, in: first.folder.path)
                #expect(status.exitStatus == 0 && status.output.hasPrefix("forge "), "\(status)")
            }
            let nowhere = try await ServiceProcess(story, ["COUNTERSIGN_CONTROL_SOCKET": "nowhere/control.sock"])
            let ended = try await CountersignProgram.run(
                ["serve"], environment: nowhere.environment, in: nowhere.folder.path)
            #expect(
                ended.exitStatus == 64
                    && ended.talk.contains("`control.socket` is `nowhere/control.sock`: its folder does not exist"),
                "\(ended)")
        }
    }

    /// Ctrl-C ends it at once, and as a success.
    @Test func interrupting() async throws {
        try await Story.tell { story in
            let service = try await ServiceProcess(story)
            let status = try await service.run(endingBy: .interrupt) {}
            #expect(status == .exited(0), "\(service.log)")
            #expect(!service.log.contains(" error "), "\(service.log)")
            // It says so in its own words, and libraries say nothing besides.
            let lines = service.log.split(separator: "\n")
            #expect(lines.last?.contains("stopped") == true, "\(service.log)")
            #expect(lines.count { $0.contains("listening") } == 2, "\(service.log)")
            #expect(!service.log.contains("Hummingbird") && !service.log.contains("Shutting down"), "\(service.log)")
        }
    }
}
