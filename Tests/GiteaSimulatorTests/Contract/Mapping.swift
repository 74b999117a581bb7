import Foundation
import GiteaSimulator

/// Compares recorded values with the simulator's, and keeps what belongs together through the whole script.
///
/// Ids, links, texts, flags and most times must be equal: the simulator counts as the server did and its clock is led
/// by the recording. Commit, tree and token ids are kept in a mapping that must stay one to one. The moments of what a
/// server does in the background (`laggingKeys`) may differ by some seconds.
struct Mapping {
    private(set) var simulated: [String: String] = [:]
    private(set) var recorded: [String: String] = [:]
    var knownStatuses: [JSON] = []
    /// Keys that deliveries do not compare, because they hang on the moment; each has its reason where it is set.
    var timedKeys: Set<String> = []

    static let laggingKeys: Set<String> = ["updated_at", "date", "created", "timestamp"]
    static let lag: TimeInterval = 3
    /// Lists that the server writes in the order of a hash table.
    static let unorderedKeys: Set<String> = ["units"]

    /// A recorded text with the simulator's ids in it.
    func translate(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let match = rest.firstMatch(of: /[0-9a-f]{10,40}/) {
            result += rest[..<match.range.lowerBound]
            let id = String(match.0)
            if let known = simulated[id] {
                result += known
            } else if id.count < 40, let full = simulated.first(where: { $0.key.hasPrefix(id) })?.value {
                result += full.prefix(id.count)
            } else {
                result += id
            }
            rest = rest[match.range.upperBound...]
        }
        return result + rest
    }

    mutating func link(_ old: String, _ new: String, _ path: String) -> String? {
        if simulated[old] == nil, recorded[new] == nil {
            simulated[old] = new
            recorded[new] = old
        }
        return simulated[old] == new && recorded[new] == old
            ? nil : "\(path): \(old) is \(simulated[old] ?? "nothing") and not \(new)"
    }

    mutating func compare(_ old: JSON, _ new: JSON, _ path: String = "", key: String = "") -> [String] {
        if timedKeys.contains(key), case .bool = old, case .bool = new { return [] }
        switch (old, new) {
        case (.object(let before), .object(let after)): return compare(before, after, path, key)
        case (.array(let before), .array(let after)):
            if Self.unorderedKeys.contains(key) {
                let same = Set(before.map(\.text)) == Set(after.map(\.text))
                return same ? [] : ["\(path): other elements"]
            }
            guard before.count == after.count else { return ["\(path): \(before.count) elements, not \(after.count)"] }
            if key.isEmpty, before.first?["context"] != nil { return compareStatuses(before, after, path) }
            return zip(before, after).enumerated().flatMap {
                compare($0.element.0, $0.element.1, "\(path)[\($0.offset)]", key: key)
            }
        case (.string(let before), .string(let after)): return compare(before, after, path, key)
        case (.int(let before), .int(let after)) where key == "size" && path.contains("repo"),
            (.int(let before), .int(let after)) where path == ".size":
            return compareSizes(before, after, path)
        default: return old == new ? [] : ["\(path): \(old.text.prefix(200)), not \(new.text.prefix(200))"]
        }
    }

    private mutating func compare(
        _ before: [JSON.Member], _ after: [JSON.Member], _ path: String, _ key: String
    ) -> [String] {
        var differences: [String] = []
        let names = Set(before.map(\.key))
        for member in after where !names.contains(member.key) { differences.append("\(path).\(member.key): is new") }
        let isRepository = names.contains("clone_url")
        for member in before {
            guard let value = after.first(where: { $0.key == member.key })?.value else {
                differences.append("\(path).\(member.key): is missing")
                continue
            }
            let inner = isRepository && member.key == "size" ? "\(path).repo" : "\(path).\(member.key)"
            differences += compare(member.value, value, inner, key: member.key)
        }
        return differences
    }

    /// A repository's size is measured on the recorded server's disk: only whether there is any can be compared.
    private mutating func compareSizes(_ before: Int, _ after: Int, _ path: String) -> [String] {
        (before == 0) == (after == 0) ? [] : ["\(path): size \(before), not \(after)"]
    }

    private mutating func compare(_ before: String, _ after: String, _ path: String, _ key: String) -> [String] {
        if before == after { return [] }
        if before.hasPrefix("<token:") { return after.count == 40 ? [] : ["\(path): no token"] }
        if Self.laggingKeys.contains(key), let old = try? Date(before, strategy: .iso8601),
            let new = try? Date(after, strategy: .iso8601)
        {
            return abs(old.timeIntervalSince(new)) <= Self.lag ? [] : ["\(path): \(before), not \(after)"]
        }
        let isToken = key == "token_last_eight"
        let pattern = isToken ? /[0-9a-f]{8}/ : /[0-9a-f]{40}/
        let old = before.matches(of: pattern).map { String($0.0) }
        let new = after.matches(of: pattern).map { String($0.0) }
        guard before.replacing(pattern, with: "#") == after.replacing(pattern, with: "#"), old.count == new.count else {
            return ["\(path): \(before.prefix(200).debugDescription), not \(after.prefix(200).debugDescription)"]
        }
        return zip(old, new).compactMap { link($0, $1, path) }
    }

    /// Rows of one second come in any order: the seconds must be the same, and every row the recorded one of its id.
    private mutating func compareStatuses(_ before: [JSON], _ after: [JSON], _ path: String) -> [String] {
        var differences: [String] = []
        for (index, (old, new)) in zip(before, after).enumerated() {
            if old["created_at"] != new["created_at"] { differences.append("\(path)[\(index)]: another second") }
            let known = knownStatuses.first {
                $0["id"] == new["id"] && translate($0["url"]?.string ?? "") == new["url"]?.string
            }
            guard let known else {
                differences.append("\(path)[\(index)]: a row that was never seen")
                continue
            }
            differences += compare(known, new, "\(path)[\(index)]", key: "row")
        }
        return differences
    }
}
