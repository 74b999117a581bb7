import Foundation
import GateImport
import Testing

/// Golden files of imports; `RECORD=1` writes them anew.
enum ImportFixtures {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/import")

    /// The files of a folder that are imported, without what was made of them.
    static func names(in folder: String) -> [String] {
        let path = root.appending(path: folder).path
        let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        let inputs = files.filter { !$0.contains(".out.") && !$0.contains(".warnings.") }
        return inputs.sorted()
    }

    /// The text of a file.
    static func text(_ name: String, in folder: String) throws -> String {
        try String(contentsOf: root.appending(path: "\(folder)/\(name)"), encoding: .utf8)
    }

    /// A file imported as its folder says.
    static func imported(_ name: String, in folder: String) throws -> ImportResult {
        let text = try text(name, in: folder)
        switch folder {
        case "policy-bot": return Import.policyBot(text, file: ".policy.yml")
        case "checklist": return Import.checklist(text, file: name)
        default: return Import.tiers(text, file: name)
        }
    }

    /// Fails with the difference where what was found is not what is recorded.
    static func expect(_ found: String, matches path: String) throws {
        let file = root.appending(path: path)
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
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
            Issue.record("\(path) differs:\n\(difference.joined(separator: "\n"))")
        }
    }
}
