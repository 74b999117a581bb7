/// What happened to each pull request, at a glance.
struct DemoTable {
    struct Row {
        var cells: [String]

        init(_ pull: DemoStory.Pull, _ checked: CheckCommand.Result, before: Int, after: Int) {
            cells = [
                "#\(pull.number)", pull.title, Self.merging(before), "\(checked.state) (\(checked.exitStatus))",
                Self.merging(after), checked.text,
            ]
        }

        private static func merging(_ status: Int) -> String {
            switch status {
            case 200: "merged"
            case 405: "refused (405)"
            default: "status \(status)"
            }
        }
    }

    var rows: [Row]

    var text: String {
        let head = ["", "pull request", "merge at once", "check (exit)", "merge then", "what the status says"]
        let table = [head] + rows.map(\.cells)
        let widths = head.indices.map { column in table.map { $0[column].count }.max() ?? 0 }
        return table.map { cells in
            zip(cells, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
                .trimmingSuffix(while: { $0 == " " })
        }.joined(separator: "\n") + "\n"
    }
}

extension String {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
        var end = endIndex
        while end > startIndex, predicate(self[index(before: end)]) { end = index(before: end) }
        return String(self[..<end])
    }
}
