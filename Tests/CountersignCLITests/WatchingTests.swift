import Foundation
import GateDoctor
import Testing

@testable import CountersignCLI

/// What the canary tells of itself.
@Suite struct WatchingTests {
    @Test func theWebhooksBody() throws {
        let turned = [
            Watching.Turned(check: "team.empty", before: .sound, after: .blocking),
            Watching.Turned(check: "hook.secret", before: .unverifiable, after: .warning),
        ]
        #expect(
            String(decoding: try Watching.body(turned), as: UTF8.self)
                == #"{"turned":[{"after":"blocking","before":"sound","check":"team.empty"},"#
                + #"{"after":"warning","before":"unverifiable","check":"hook.secret"}]}"#)
    }

    /// A collector of text files runs as somebody else.
    @Test func everybodyReadsTheMetrics() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "watching-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "doctor.prom").path
        for text in ["one\n", "two\n"] {
            try CommandContext.process.writeFile(path, Array(text.utf8))
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o644)
            #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
        }
    }
}
