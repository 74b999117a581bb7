import Foundation
import GateDoctor
import GateForge
import GatePolicy
import Synchronization
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

    /// What blocks comes before what could not be seen for it.
    @Test func theWorstFirst() {
        let turned = [
            Watching.Turned(check: "access.write", before: .sound, after: .unverifiable),
            Watching.Turned(check: "hook.secret", before: .blocking, after: .sound),
            Watching.Turned(check: "policy.missing", before: .sound, after: .unverifiable),
            Watching.Turned(check: "protection.push", before: .sound, after: .warning),
            Watching.Turned(check: "token.rejected", before: .sound, after: .blocking),
        ]
        #expect(
            turned.worstFirst.map(\.check)
                == ["token.rejected", "protection.push", "access.write", "policy.missing", "hook.secret"])
    }

    private func diagnosis(_ failing: [String]?) -> Diagnosis {
        let now = Timestamp(seconds: 1_780_000_000)
        var examination = Examination(
            address: "", now: now, greeting: .success(ServerGreeting(version: "1.22.0", date: now)))
        examination.service = failing.map { subjects in
            var evidence = ServiceEvidence(now: now, since: now)
            evidence.poisoned = subjects.map { .init(subject: $0, attempts: 9, problem: "it fails") }
            return .running(evidence)
        }
        return Diagnosis(examination, checks: CheckRegistry.all.filter { $0.id == "service.failing" })
    }

    /// A second thing under a check that is red already, and the end of the first; a service that is gone is not sound.
    @Test func eachThingIsTold() async {
        let output = Mutex("")
        let metrics = Mutex("")
        let context = CommandContext(
            environment: [:], output: { text in output.withLock { $0 += text } }, talk: { _ in },
            readFile: { _ in [] },
            writeFile: { _, bytes in metrics.withLock { $0 = String(decoding: bytes, as: UTF8.self) } },
            now: { Timestamp(seconds: 1_780_000_000) }, sleep: { _ in })
        let watching = Watching(metricsFile: "/metrics", alertURL: nil, context: context)
        var picture = await watching.tell(diagnosis([]), after: nil)
        for failing in [["acme/a#1"], ["acme/a#1", "acme/b#2"], ["acme/b#2"], nil] {
            picture = await watching.tell(diagnosis(failing), after: picture)
        }
        #expect(
            output.withLock { $0 } == """
                service.failing: sound → blocking
                service.failing: acme/b#2: sound → blocking
                service.failing: acme/a#1: blocking → sound
                service.failing: blocking → unverifiable

                """)
        let exported = metrics.withLock { $0 }
        #expect(exported.contains("countersign_doctor_check{check=\"service.failing\"} 1\n"), "\(exported)")
        #expect(exported.hasSuffix("countersign_doctor_last_look_timestamp_seconds 1780000000\n"), "\(exported)")
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
