import Foundation

/// The messages of diagnostics as the reader's sources write them.
enum SourceMessages {
    /// The longest piece of a message between what is filled in, and where it stands.
    struct Message {
        var place: String
        var text: String
    }

    /// What says something to the author of a policy, when it is called or set.
    private static let speakers = [
        "error(", "warning(", "Diagnostic(", "report(", "SyntaxError(", "PatternError(", "wrong(", "refused(",
        "message = ",
    ]

    /// Every message, but for those of `countersign test`, which reads another kind of file.
    static func all() throws -> [Message] {
        let sources = Golden.policies.deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/GatePolicy")
        var messages: [Message] = []
        for folder in ["Composition", "Conditions", "Evaluation", "Matching", "Reading"] {
            let files = FileManager.default.enumerator(
                at: sources.appending(path: folder).resolvingSymlinksInPath(), includingPropertiesForKeys: nil)
            for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
                messages += messagesOf(
                    Array(try String(contentsOf: file, encoding: .utf8)), file.lastPathComponent)
            }
        }
        return messages
    }

    private static func messagesOf(_ source: [Character], _ file: String) -> [Message] {
        var messages: [Message] = []
        var line = 1
        for index in source.indices {
            if source[index] == "\n" { line += 1 }
            guard index > 0, !source[index - 1].isLetter,
                let speaker = speakers.first(where: { source[index...].starts(with: $0) })
            else { continue }
            for text in literals(source, from: index + speaker.count, isCall: speaker.hasSuffix("("))
            where !text.isEmpty {
                messages.append(Message(place: "\(file):\(line)", text: text))
            }
        }
        return messages
    }

    /// The texts of a call that are no hint; of an assignment the one that it sets.
    private static func literals(_ source: [Character], from start: Int, isCall: Bool) -> [String] {
        var found: [String] = []
        var position = start
        var depth = 0
        var argument = ""
        while position < source.count {
            switch source[position] {
            case "\"":
                let (text, end) = literal(source, at: position)
                position = end
                if !isCall { return [text] }
                if !argument.contains("hint:") { found.append(text) }
                // What follows a text by its place alone is the hint.
                if depth == 0, source[end...].first == ",", !found.isEmpty { return found }
                continue
            case "(", "[", "{": depth += 1
            case ")", "]", "}":
                depth -= 1
                if depth < 0 { return found }
            case "\n" where !isCall: return found
            case "," where depth == 0: argument = ""
            default: argument.append(source[position])
            }
            position += 1
        }
        return found
    }

    /// The longest piece of a text, and where the text ends.
    private static func literal(_ source: [Character], at start: Int) -> (String, Int) {
        var pieces = [""]
        var position = start + 1
        while position < source.count, source[position] != "\"" {
            if source[position] == "\\", source[position + 1] == "(" {
                pieces.append("")
                position = interpolationEnd(source, from: position + 2)
                continue
            }
            if source[position] == "\\" { position += 1 }
            pieces[pieces.count - 1].append(source[position])
            position += 1
        }
        return (pieces.max { $0.count < $1.count } ?? "", position + 1)
    }

    private static func interpolationEnd(_ source: [Character], from start: Int) -> Int {
        var position = start
        var depth = 1
        while depth > 0 {
            switch source[position] {
            case "\"":
                position = literal(source, at: position).1
                continue
            case "(": depth += 1
            case ")": depth -= 1
            default: break
            }
            position += 1
        }
        return position
    }
}
