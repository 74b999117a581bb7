import Foundation
import Testing

@testable import CountersignCLI

/// What a command tells, compared with a file of the fixtures; `RECORD=1` writes it anew.
func expectTold(_ found: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/commands/\(name).txt")
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
        try found.write(to: file, atomically: true, encoding: .utf8)
        return
    }
    let recorded = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    #expect(found == recorded, "\(name) differs", sourceLocation: sourceLocation)
}
