import Foundation
import Testing

/// What a story's people read, compared verbatim; `RECORD=1` writes it anew.
func expectTold(_ found: Story.Checked, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/stories/\(name).txt")
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try found.told.write(to: file, atomically: true, encoding: .utf8)
        return
    }
    let recorded = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    #expect(found.told == recorded, "\(name).txt differs", sourceLocation: sourceLocation)
}
