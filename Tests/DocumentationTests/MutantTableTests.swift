import Foundation
import Testing

/// The table of mistakes that tests must notice.
@Suite struct MutantTableTests {
    /// A text that is no longer where the table says, or is there twice, would be no mutant at all.
    @Test func everyTextStandsOnceInItsFile() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let table = try String(contentsOf: root.appending(path: "Tests/Mutants/mutants.txt"), encoding: .utf8)
        var file = ""
        var count = 0
        for line in table.split(separator: "\n") where !line.hasPrefix("#") {
            if line.hasPrefix("< ") {
                let source = try String(contentsOf: root.appending(path: file), encoding: .utf8)
                let times = source.components(separatedBy: String(line.dropFirst(2))).count - 1
                #expect(times == 1, "\(file): \(line)")
                count += 1
            } else if !line.hasPrefix(">") {
                file = String(line)
            }
        }
        #expect(count >= 60)
    }
}
