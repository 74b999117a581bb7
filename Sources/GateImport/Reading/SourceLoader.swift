import Yams

/// Turns YAML into nodes within limits; aliases are refused before anything is composed.
struct SourceLoader {
    private static let nodesLimit = 20_000
    private static let depthLimit = 50

    private var nodes = 0
    private var problem: (message: String, hint: String?, line: Int)?

    /// The root of a file; nil after reporting why there is none.
    static func load(_ text: String, log: inout ImportLog, what: String) -> SourceNode? {
        guard text.utf8.count <= Import.bytesLimit else {
            log.error(key: "file", "the file is longer than \(Import.bytesLimit / 1024) KiB", line: 1)
            return nil
        }
        let text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        if let line = aliasLine(text) {
            log.error(
                key: "file", "the file uses an alias (`*name`), and aliases are not read",
                hint: "write the value out", line: line)
            return nil
        }
        do {
            guard let root = try compose(yaml: text) else {
                log.error(key: "file", "the file is empty", hint: "\(what) holds keys and values", line: 1)
                return nil
            }
            var loader = SourceLoader()
            let node = loader.convert(root, depth: 0)
            if let problem = loader.problem {
                log.error(key: "file", problem.message, hint: problem.hint, line: problem.line)
                return nil
            }
            return node
        } catch {
            report(error, &log)
            return nil
        }
    }

    private static func report(_ error: any Error, _ log: inout ImportLog) {
        var line = 1
        var message = "this cannot be read as YAML"
        var hint: String?
        switch error as? YamlError {
        case .duplicatedKeysInMapping(let duplicates, let context):
            line = context.mark.line
            let names = duplicates.map { Writing.inline("\($0)") }
            message = "the key \(names.sorted().joined(separator: ", ")) stands twice"
            hint = "keep one of them"
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            line = mark.line
            message = "this cannot be read as YAML: \(Writing.visible(problem, limit: 100))"
        default: break
        }
        log.error(key: "file", message, hint: hint, line: line)
    }

    private mutating func convert(_ node: Node, depth: Int) -> SourceNode {
        nodes += 1
        let line = node.mark?.line ?? 1
        let empty = SourceNode(content: .empty, line: line)
        if problem != nil { return empty }
        if nodes > Self.nodesLimit || depth > Self.depthLimit {
            let what =
                depth > Self.depthLimit
                ? "is nested more than \(Self.depthLimit) deep" : "holds more than \(Self.nodesLimit) keys and values"
            problem = ("the file \(what)", nil, line)
            return empty
        }
        switch node {
        case .scalar(let scalar):
            if scalar.style == .plain, ["", "~", "null", "Null", "NULL"].contains(scalar.string) { return empty }
            return SourceNode(content: .text(scalar.string, isPlain: scalar.style == .plain), line: line)
        case .sequence(let sequence):
            return SourceNode(content: .list(sequence.map { convert($0, depth: depth + 1) }), line: line)
        case .mapping(let mapping):
            var entries: [SourceNode.Entry] = []
            for (key, value) in mapping {
                guard let name = key.scalar?.string else {
                    problem = ("a key is a text, and this is not one", "write a name before the `:`", line)
                    return empty
                }
                if let first = entries.first(where: { $0.key == name }) {
                    problem = (
                        "the key \(Writing.inline(name)) stands twice, first on line \(first.line)", "keep one of them",
                        key.mark?.line ?? line
                    )
                    return empty
                }
                let value = convert(value, depth: depth + 1)
                entries.append(.init(key: name, line: key.mark?.line ?? line, value: value))
            }
            return SourceNode(content: .entries(entries), line: line)
        case .alias:
            problem = ("aliases are not read", "write the value out", line)
            return empty
        }
    }

    /// The line of the first `*name` for which there is what looks like an anchor `&name`.
    private static func aliasLine(_ text: String) -> Int? {
        let lines = text.unicodeScalars.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r" }
        var anchors: Set<String> = []
        for line in lines { anchors.formUnion(names(after: "&", in: Array(line))) }
        if anchors.isEmpty { return nil }
        var number = 1
        for line in text.unicodeScalars.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" }) {
            if !anchors.isDisjoint(with: names(after: "*", in: Array(line))) { return number }
            number += 1
        }
        return nil
    }

    private static func names(after sign: Unicode.Scalar, in line: [Unicode.Scalar]) -> Set<String> {
        var found: Set<String> = []
        for index in line.indices where line[index] == sign {
            if index > 0, !"\t [{,:?-".unicodeScalars.contains(line[index - 1]) { continue }
            var name = String.UnicodeScalarView()
            for scalar in line[(index + 1)...] {
                guard scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "_" || scalar == "-"
                else { break }
                name.append(scalar)
            }
            if !name.isEmpty { found.insert(String(name)) }
        }
        return found
    }
}
