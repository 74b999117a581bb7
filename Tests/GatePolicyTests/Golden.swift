import Foundation
import Testing

/// Golden files: what a person reads, compared verbatim; `RECORD=1` writes them anew.
enum Golden {
    static let policies = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/policies")

    /// The names of the policies in a folder, without their extension.
    static func names(in folder: String) -> [String] {
        let directory = policies.appending(path: folder)
        let files = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
        return files.filter { $0.hasSuffix(".yml") }.map { String($0.dropLast(4)) }.sorted()
    }

    /// The text of a policy.
    static func policy(_ name: String, in folder: String) throws -> String {
        try String(contentsOf: policies.appending(path: "\(folder)/\(name).yml"), encoding: .utf8)
    }

    /// All that is recorded in any golden of the project.
    static func everything() throws -> String {
        let files = FileManager.default.enumerator(
            at: policies.deletingLastPathComponent().resolvingSymlinksInPath(), includingPropertiesForKeys: nil)
        var texts: [String] = []
        for case let file as URL in files ?? .init() where file.pathExtension == "txt" {
            texts.append(try String(contentsOf: file, encoding: .utf8))
        }
        return texts.joined()
    }

    /// Fails with the difference where what was found is not what is recorded.
    static func expect(_ found: String, matches path: String, sourceLocation: SourceLocation = #_sourceLocation) throws
    {
        let file = policies.appending(path: path)
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
            Issue.record("\(path) differs:\n\(difference.joined(separator: "\n"))", sourceLocation: sourceLocation)
        }
    }
}
