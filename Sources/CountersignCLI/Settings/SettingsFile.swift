import GatePolicy
import Yams

/// A settings file (YAML), flattened to keys and texts; every key must be one that is known.
struct SettingsFile {
    var values: [String: [String]] = [:]

    init(_ bytes: [UInt8], path: String) throws(SettingsError) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw SettingsError("\(path): the file is not UTF-8")
        }
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw SettingsError("\(path): this is not YAML: \(Self.place(of: error))")
        } catch {
            throw SettingsError("\(path): this is not YAML")
        }
        guard let root else { return }
        guard case .mapping(let mapping) = root else { throw SettingsError("\(path):1: expected `key: value` lines") }
        var mistakes = SettingsMistakes()
        add(mapping, under: "", path, &mistakes)
        try mistakes.requireNone()
    }

    private mutating func add(
        _ mapping: Node.Mapping, under prefix: String, _ path: String, _ mistakes: inout SettingsMistakes
    ) {
        for (key, value) in mapping {
            let line = key.mark?.line ?? 1
            guard let name = key.scalar?.string else {
                mistakes.note(SettingsError("\(path):\(line): a key must be a word"))
                continue
            }
            let full = prefix + name
            if case .mapping(let inner) = value,
                SettingKey.allCases.contains(where: { $0.rawValue.hasPrefix(full + ".") })
            {
                add(inner, under: full + ".", path, &mistakes)
                continue
            }
            do throws(SettingsError) { values[full] = try Self.texts(value, full, "\(path):\(line)") } catch {
                mistakes.note(error)
            }
        }
    }

    private static func texts(_ value: Node, _ full: String, _ place: String) throws(SettingsError) -> [String] {
        guard let known = SettingKey(rawValue: full) else {
            throw SettingsError("\(place): there is no setting `\(full)`\(suggestion(full))")
        }
        if known.isSecret {
            throw SettingsError(
                "\(place): `\(full)` is a secret and must not stand in this file: "
                    + "use `\(full)_file`, or the variable `\(known.variable)`")
        }
        switch value {
        case .scalar(let scalar): return [scalar.string]
        case .sequence(let items) where known.isList:
            let texts = items.compactMap(\.scalar?.string)
            if items.count != texts.count { throw SettingsError("\(place): expected a list of texts") }
            return texts
        default: throw SettingsError("\(place): expected a text for `\(full)`")
        }
    }

    static func suggestion(_ name: String) -> String {
        let known = SettingKey.allCases.map(\.rawValue)
        let tail = name.split(separator: ".").last.map(String.init) ?? name
        let similar = known.first { $0.hasSuffix(".\(tail)") } ?? Suggestion.nearest(to: name, among: known)
        return similar.map { "; did you mean `\($0)`?" }
            ?? "; there are \(known.map { "`\($0)`" }.joined(separator: ", "))"
    }

    private static func place(of error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            "line \(mark.line): \(problem)"
        case .duplicatedKeysInMapping(_, let context): "line \(context.mark.line): a key stands twice"
        default: "it cannot be read"
        }
    }
}
