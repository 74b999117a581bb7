import Foundation
import Testing

@testable import CountersignCLI

/// How a check ended, the summary's state, and what the story's people read, compared verbatim.
func expectTold(
    _ found: Story.Checked, _ exit: CountersignCLI.ExitStatus, _ summary: String?, _ name: String,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    #expect(found.exitStatus == exit.rawValue, "\(found.told)", sourceLocation: sourceLocation)
    #expect(found.summary == summary, "\(found.told)", sourceLocation: sourceLocation)
    try expectTold(found.told, "stories/\(name).txt", sourceLocation: sourceLocation)
}

/// A text compared with a file of the fixtures; `RECORD=1` writes it anew.
func expectTold(_ found: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/\(name)")
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try found.write(to: file, atomically: true, encoding: .utf8)
        return
    }
    let recorded = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    #expect(found == recorded, "\(name) differs", sourceLocation: sourceLocation)
}
