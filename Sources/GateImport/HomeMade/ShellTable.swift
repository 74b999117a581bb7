/// The tables of a shell, in which home-made gates keep their tiers: `declare -A X=( ["tier:low"]="engineers" )`.
enum ShellTable {
    /// Whether a line is one of such a table.
    static func holds(_ line: String) -> Bool {
        if ["declare -", "typeset -", "local -"].contains(where: { line.hasPrefix($0) }) { return true }
        if line.hasSuffix("=("), isName(line.dropLast(2)) { return true }
        guard let opening = line.firstIndex(of: "["), line[opening...].contains("]=") else { return false }
        // `[a]=b`, `X[a]=b`, `X+=([a]=b`
        return line[..<opening].allSatisfy { $0.isLetter || $0.isNumber || "_+=(".contains($0) }
    }

    /// The first entry of a line; nil where it has none.
    static func entry(_ line: some StringProtocol) -> (key: String, value: String)? {
        guard let opening = line.firstIndex(of: "["), let closing = line[opening...].firstRange(of: "]=") else {
            return nil
        }
        let key = line[line.index(after: opening)..<closing.lowerBound]
        var value = String(line[closing.upperBound...])
        while let last = value.last, ") \t".contains(last) { value.removeLast() }
        return (unquoted(String(key)), unquoted(value))
    }

    private static func isName(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || "_+".contains($0) }
    }

    /// A text without the quotation marks around it.
    static func unquoted(_ text: String) -> String {
        guard text.count >= 2, let first = text.first, first == text.last, first == "\"" || first == "'" else {
            return text
        }
        return String(text.dropFirst().dropLast())
    }
}
