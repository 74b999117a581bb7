/// One path that differs between two trees.
struct FileChange: Sendable, Equatable {
    enum Kind: String, Sendable {
        case added, deleted, changed, renamed
    }

    var path: String
    var kind: Kind
    var previousPath: String?
    var additions: Int
    var deletions: Int
}

extension GitStore {
    /// What differs between two sets of files, by path; an identical blob that moved is a rename.
    func diff(_ old: [String: String], _ new: [String: String]) -> [FileChange] {
        var gone = Set(old.keys).subtracting(new.keys)
        var changes: [FileChange] = []
        for path in new.keys.filter({ old[$0] != new[$0] }).sorted(by: bytewise) {
            guard let blob = new[path] else { continue }
            if let before = old[path], isLink(before) != isLink(blob) {
                // git shows a change of type as two, and counts it as one.
                changes.append(
                    FileChange(path: path, kind: .deleted, additions: 0, deletions: lines(before, nil).removed))
                changes.append(
                    FileChange(path: path, kind: .added, additions: lines(nil, blob).added, deletions: 0))
            } else if old[path] != nil {
                let counts = lines(old[path], blob)
                changes.append(
                    FileChange(path: path, kind: .changed, additions: counts.added, deletions: counts.removed))
            } else if let source = gone.filter({ old[$0] == blob }).min() {
                gone.remove(source)
                changes.append(
                    FileChange(path: path, kind: .renamed, previousPath: source, additions: 0, deletions: 0))
            } else {
                changes.append(
                    FileChange(path: path, kind: .added, additions: lines(nil, blob).added, deletions: 0))
            }
        }
        for path in gone {
            changes.append(
                FileChange(path: path, kind: .deleted, additions: 0, deletions: lines(old[path], nil).removed))
        }
        return changes.sorted { one, other in
            one.path == other.path ? one.kind == .deleted : bytewise(one.path, other.path)
        }
    }

    func bytewise(_ one: String, _ other: String) -> Bool { one.utf8.lexicographicallyPrecedes(other.utf8) }

    private func lines(_ old: String?, _ new: String?) -> (added: Int, removed: Int) {
        let before = textLines(old)
        let after = textLines(new)
        guard !before.isEmpty else { return (after.count, 0) }
        guard !after.isEmpty else { return (0, before.count) }
        let difference = after.difference(from: before)
        return (difference.insertions.count, difference.removals.count)
    }

    /// The lines of a blob; a final line without a newline counts.
    func textLines(_ blob: String?) -> [ArraySlice<UInt8>] {
        guard let blob, let content = blobs[blob] else { return [] }
        var lines = content.split(separator: 10, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    /// The unified text of a difference; a changed file is one hunk that removes and adds everything.
    func unifiedDiff(_ old: [String: String], _ new: [String: String]) -> String {
        var text = ""
        for change in diff(old, new) {
            let source = change.previousPath ?? change.path
            text += "diff --git a/\(source) b/\(change.path)\n"
            let before = change.kind == .added ? nil : old[source]
            let after = change.kind == .deleted ? nil : new[change.path]
            let zero = "0000000"
            switch change.kind {
            case .added: text += "new file mode 100644\n"
            case .deleted: text += "deleted file mode 100644\n"
            case .renamed:
                text += "similarity index 100%\nrename from \(source)\nrename to \(change.path)\n"
                continue
            case .changed: break
            }
            let ids = "\(before.map { String($0.prefix(7)) } ?? zero)..\(after.map { String($0.prefix(7)) } ?? zero)"
            text += "index \(ids)\(change.kind == .changed ? " 100644" : "")\n"
            text += "--- \(before == nil ? "/dev/null" : "a/" + source)\n"
            text += "+++ \(after == nil ? "/dev/null" : "b/" + change.path)\n"
            let removed = textLines(before)
            let added = textLines(after)
            text += "@@ -\(range(removed.count)) +\(range(added.count)) @@\n"
            for line in removed { text += "-" + String(decoding: line, as: UTF8.self) + "\n" }
            for line in added { text += "+" + String(decoding: line, as: UTF8.self) + "\n" }
        }
        return text
    }

    private func range(_ count: Int) -> String { count == 0 ? "0,0" : count == 1 ? "1" : "1,\(count)" }
}
