import Yams

/// Turns YAML into nodes within limits; aliases and `<<` are written out, and what they stand for is counted.
struct SourceLoader {
    private static let nodesLimit = 20_000
    private static let depthLimit = 50
    /// What values are of themselves; another tag would change what they mean.
    private static let tags = Set(
        ["str", "int", "float", "bool", "null", "timestamp", "map", "seq", "merge", "value"].map {
            "tag:yaml.org,2002:\($0)"
        })

    /// Whether a map that `<<` takes in is merged into what stands there, as policy-bot does; else what stands there stays.
    private let mergesMaps: Bool
    private var nodes = 0
    private var problem: (message: String, hint: String?, line: Int)?

    /// The root of a file; nil after reporting why there is none.
    static func load(_ text: String, log: inout ImportLog, what: String, mergesMaps: Bool = false) -> SourceNode? {
        guard text.utf8.count <= Import.bytesLimit else {
            log.error(key: "file", "the file is longer than \(Import.bytesLimit / 1024) KiB", line: 1)
            return nil
        }
        let text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        // Keys are compared while YAML is composed, and what an alias stands for may be too big for that.
        if let line = lineOfKeyWithAlias(text) {
            log.error(
                key: "file", "in a file with aliases (`*name`) a key is a text, and this may not be one",
                hint: "write the aliases out; or, where this is no key, write `]:`, `}:` or `? ` in another way",
                line: line)
            return nil
        }
        do {
            guard let root = try compose(yaml: text) else {
                log.error(key: "file", "the file is empty", hint: "\(what) holds keys and values", line: 1)
                return nil
            }
            var loader = SourceLoader(mergesMaps: mergesMaps)
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

    private init(mergesMaps: Bool) { self.mergesMaps = mergesMaps }

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
            if problem.contains("cannot start any token") || problem.contains("alphabetic or numeric") {
                hint = "put a text that begins with a sign such as `@` or `*` in quotes"
            }
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
        if !Self.tags.contains(node.tag.rawValue) {
            problem = ("a value with a tag (`!!…`) is not read", "write the value without it", line)
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
            var lines: [String: Int] = [:]
            for (key, value) in mapping {
                guard let name = key.scalar?.string else {
                    problem = ("a key is a text, and this is not one", "write a name before the `:`", line)
                    return empty
                }
                let line = key.mark?.line ?? line
                if let first = lines.updateValue(line, forKey: name) {
                    problem = (
                        "the key \(Writing.inline(name)) stands twice, first on line \(first)", "keep one of them", line
                    )
                    return empty
                }
                let value = convert(value, depth: depth + 1)
                if problem != nil { return empty }
                entries.append(.init(key: name, line: line, value: value))
            }
            return SourceNode(content: .entries(merged(entries)), line: line)
        case .alias:
            problem = ("aliases are not read", "write the value out", line)
            return empty
        }
    }

    /// The entries with what `<<` takes in; those that are there already stay.
    ///
    /// policy-bot takes in what stands below `<<` in its order, and merges maps in maps: where that could matter it is
    /// an error.
    private mutating func merged(_ entries: [SourceNode.Entry]) -> [SourceNode.Entry] {
        guard let place = entries.firstIndex(where: { $0.key == "<<" }) else { return entries }
        var result = entries
        let merge = result.remove(at: place)
        var entriesByKey = Dictionary(uniqueKeysWithValues: result.map { ($0.key, $0) })
        let sources = if case .list(let items) = merge.value.content { items } else { [merge.value] }
        for source in sources {
            guard case .entries(let more) = source.content else {
                problem = ("`<<` takes in keys and values, and this is \(source.kind)", "write it out", merge.line)
                return []
            }
            for entry in more {
                guard let own = entriesByKey[entry.key] else {
                    entriesByKey[entry.key] = entry
                    result.append(entry)
                    continue
                }
                if mergesMaps, place > 0 || !own.value.replaces(entry.value) {
                    let name = Writing.inline(entry.key)
                    problem = (
                        "\(name) stands here and in what `<<` takes in, and policy-bot merges the two",
                        "write out what is meant", own.line
                    )
                    return []
                }
            }
        }
        return result
    }

    /// The line of the first key that may be a list, keys and values or an alias, in a file that uses one.
    private static func lineOfKeyWithAlias(_ text: String) -> Int? {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        func names(_ mark: Regex<(Substring, Substring)>) -> Set<Substring> {
            Set(lines.flatMap { line in line.matches(of: mark).map(\.output.1) })
        }
        let anchors = names(/(?:^|[ \t\[{,\-?:])&([\w\-]+)/)
        if anchors.isEmpty || anchors.isDisjoint(with: names(/(?:^|[ \t\[{,\-?:])\*([\w\-]+)/)) { return nil }
        let bare = BareYAML.text(of: text).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let key = bare.firstIndex { line in
            line.contains(/[\]}][ \t]*:/) || line.contains(/(?:^|[ \t\[{,\-?:])\*[\w\-]+[ \t]*:/)
                || line.contains(/(?:^|[ \t\[{,\-?:])\?(?:[ \t*\[{&!]|$)/)
        }
        return key.map { $0 + 1 }
    }
}

extension SourceNode {
    /// Whether it is the same to be put in another's place and to be merged into it.
    fileprivate func replaces(_ other: SourceNode) -> Bool {
        switch (content, other.content) {
        case (.entries(let own), .entries(let others)):
            others.allSatisfy { other in own.contains { $0.key == other.key && $0.value.replaces(other.value) } }
        case (.entries, _), (_, .entries): false
        default: true
        }
    }
}
