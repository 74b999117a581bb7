import Foundation

/// What was measured, beside what is aimed at.
struct ResultTable {
    private struct Row {
        var what: String
        var measured: String
        var aim: String
        var verdict: String
    }

    private var rows: [Row] = []
    private var notes: [String] = []

    /// A figure.
    /// - Parameter isMet: whether the aim is met; nil where there is none.
    mutating func add(_ what: String, _ measured: String, aim: String = "", isMet: Bool? = nil) {
        let row = Row(what: what, measured: measured, aim: aim, verdict: isMet.map { $0 ? "met" : "MISSED" } ?? "")
        rows.append(row)
        // At once, for whoever waits.
        FileHandle.standardError.write(Data("  \(what): \(measured) \(row.verdict)\n".utf8))
    }

    /// A remark below the table.
    mutating func note(_ text: String) { notes.append(text) }

    var text: String {
        let cells = [["what", "measured", "aim", ""]] + rows.map { [$0.what, $0.measured, $0.aim, $0.verdict] }
        let widths = (0..<4).map { column in cells.map { $0[column].count }.max() ?? 0 }
        var lines = cells.map { row in
            "| " + zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: " | ")
                + " |"
        }
        lines.insert("|" + widths.map { String(repeating: "-", count: $0 + 2) }.joined(separator: "|") + "|", at: 1)
        return (lines + notes).joined(separator: "\n") + "\n"
    }
}
