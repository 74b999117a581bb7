import Foundation
import Testing

/// A page compared with its golden file; `RECORD=1` writes it anew.
func expectPage(_ found: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/pages/\(name)")
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try found.write(to: file, atomically: true, encoding: .utf8)
        return
    }
    let recorded = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    if Array(found.utf8) != Array(recorded.utf8) {
        let old = recorded.split(separator: "\n", omittingEmptySubsequences: false)
        let new = found.split(separator: "\n", omittingEmptySubsequences: false)
        let difference = new.difference(from: old).map { change in
            switch change {
            case .remove(let line, let text, _): "-\(line + 1): \(text)"
            case .insert(let line, let text, _): "+\(line + 1): \(text)"
            }
        }
        Issue.record("\(name) differs:\n\(difference.joined(separator: "\n"))", sourceLocation: sourceLocation)
    }
}
