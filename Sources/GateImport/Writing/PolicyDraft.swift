/// A policy that is to be written.
struct PolicyDraft {
    /// A gate or a part.
    struct Entry {
        var name: String
        var comments: [String] = []
        var description: String?
        var when: Clause = .constant(true)
        /// Nil where a checklist stands instead.
        var require: Clause?
        var approvals: [(key: String, value: String)] = []
        /// Whether it asks for everybody who may read: the language wants that said outright.
        var isOpen: Bool {
            let words = require?.text.split { " ()".contains($0) } ?? []
            return words.contains("readers") || words.contains("anyone")
        }
        /// `{ by: …, reason: … }`.
        var waive: String?
        var checklist: [Item] = []
        var advisory: Clause = .constant(false)
    }

    /// An item of a checklist.
    struct Item {
        var comment: String?
        /// Keys and values, the values already as YAML.
        var keys: [(key: String, value: String)]
    }

    /// Comments at the top.
    var header: [String]
    var groups: [(name: String, people: String, comment: String?)] = []
    var gates: [Entry] = []
    var parts: [Entry] = []
    var approvals: [(key: String, value: String)] = []
    /// `block` as YAML, and why.
    var block: (value: String, comment: String)?
    /// `commands: { aliases: … }`.
    var aliases: [(key: String, value: String)] = []

    /// The largest policy that the reader accepts.
    static let gatesLimit = 200

    /// Reports that it would hold too much.
    static func refuseSize(_ log: inout ImportLog, line: Int?) {
        log.error(
            key: "file", "the policy would hold more than \(gatesLimit) gates and parts", hint: "split it", line: line)
    }

    /// The text; nil after reporting that it is too big.
    func text(log: inout ImportLog) -> String? {
        if gates.count + parts.count > Self.gatesLimit {
            Self.refuseSize(&log, line: nil)
            return nil
        }
        var lines = header.map { $0.isEmpty ? "#" : "# \($0)" } + ["version: 1"]
        if !groups.isEmpty {
            lines.append("groups:")
            for group in groups {
                if let comment = group.comment { lines.append("  # \(comment)") }
                lines.append("  \(group.name): \(Writing.yaml(group.people))")
            }
        }
        lines.append("gates:")
        for gate in gates { lines += gate.lines }
        if !parts.isEmpty {
            lines.append("parts:")
            for part in parts { lines += part.lines }
        }
        if !approvals.isEmpty { lines.append("approvals: \(Self.braces(approvals))") }
        if let block { lines += ["# \(block.comment)", "block: \(block.value)"] }
        if !aliases.isEmpty { lines.append("commands: { aliases: \(Self.braces(aliases)) }") }
        let text = lines.joined(separator: "\n") + "\n"
        if text.utf8.count > Import.bytesLimit {
            log.error(
                key: "file", "the policy would be longer than \(Import.bytesLimit / 1024) KiB",
                hint: "name fewer people in it, and use teams", line: nil)
            return nil
        }
        return text
    }

    /// `{ key: value, … }` of values that are already YAML.
    static func braces(_ entries: [(key: String, value: String)]) -> String {
        "{ \(entries.map { "\($0.key): \($0.value)" }.joined(separator: ", ")) }"
    }
}

extension PolicyDraft.Entry {
    /// As the policy holds it.
    fileprivate var lines: [String] {
        var lines = comments.map { "  # \($0)" } + ["  \(name):"]
        if let description { lines.append("    description: \(Writing.yaml(description))") }
        if when != .constant(true) { lines.append("    when: \(Writing.yaml(when.text))") }
        if let require { lines.append("    require: \(Writing.yaml(require.text))") }
        if !checklist.isEmpty {
            lines.append("    checklist:")
            for item in checklist {
                if let comment = item.comment { lines.append("      # \(comment)") }
                lines.append("      - \(PolicyDraft.braces(item.keys))")
            }
        }
        if let waive { lines.append("    waive: \(waive)") }
        if advisory != .constant(false) { lines.append("    advisory: \(Writing.yaml(advisory.text))") }
        if !approvals.isEmpty { lines.append("    approvals: \(PolicyDraft.braces(approvals))") }
        if isOpen { lines.append("    open: true") }
        return lines
    }
}
