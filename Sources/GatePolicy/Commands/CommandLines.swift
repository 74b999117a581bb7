/// Finds the lines of a comment that begin with a slash where Markdown shows plain text.
enum CommandLines {
    /// The lines of a text that may be commands, from the slash on.
    static func find(in text: String) -> [ProseLines.Line] {
        guard text.holds(.slash) else { return [] }
        return ProseLines.read(text).filter { line in
            let bytes = line.text.utf8
            guard line.kind == .plain, bytes.first == .slash, let letter = bytes.dropFirst().first else { return false }
            return letter.isASCIILetter
        }
    }
}
