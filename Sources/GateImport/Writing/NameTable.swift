/// Gives names that are valid in the language, each once.
struct NameTable {
    private var taken: Set<String> = ["policy"]
    /// The next number for a name that is taken.
    private var numbers: [String: Int] = [:]

    /// A name made of a text, unlike every other given so far.
    mutating func name(for text: String, fallback: String) -> String {
        var base = Self.valid(text)
        if base.isEmpty { base = fallback }
        if base.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { base = "\(fallback)-\(base)" }
        var candidate = base
        while !taken.insert(candidate).inserted {
            let number = numbers[base, default: 2]
            candidate = "\(base)-\(number)"
            numbers[base] = number + 1
        }
        return candidate
    }

    /// Lower case; what a name cannot hold becomes one `-`; cut at 60 characters, between words.
    static func valid(_ text: String) -> String {
        var result = ""
        for scalar in text.lowercased().unicodeScalars {
            switch scalar {
            case "a"..."z", "0"..."9": result.unicodeScalars.append(scalar)
            case "_" where !result.isEmpty, "." where !result.isEmpty: result.unicodeScalars.append(scalar)
            default:
                if let letter = plainLetter(scalar) {
                    result += letter
                } else if !result.isEmpty, !result.hasSuffix("-") {
                    result += "-"
                }
            }
        }
        if result.utf8.count > 60 {
            result = String(result.prefix(60))
            if let end = result.lastIndex(of: "-") { result = String(result[..<end]) }
        }
        while let last = result.last, "-_.".contains(last) { result.removeLast() }
        return result
    }

    /// `u` of `ü`: the letter under an accent.
    private static func plainLetter(_ scalar: Unicode.Scalar) -> String? {
        guard let words = scalar.properties.name?.split(separator: " "), words.count > 4,
            words.prefix(3) == ["LATIN", "SMALL", "LETTER"], words[3].count == 1, words[4] == "WITH"
        else { return nil }
        return words[3].lowercased()
    }

    /// Whether a text can stand in an expression as a login or a team.
    static func isName(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, isAlphanumeric(first), text.utf8.count <= 255 else { return false }
        return text.unicodeScalars.allSatisfy { isAlphanumeric($0) || $0 == "_" || $0 == "." || $0 == "-" }
    }

    private static func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: false
        }
    }

    /// Words that a bare team cannot be called.
    static let reserved: Set<String> = [
        "and", "or", "not", "of", "all", "by", "from", "in", "actions", "true", "false", "nobody", "none",
        "owners_of_each_file", "codeowners", "changes", "changes_only", "base", "head", "title", "body", "repository",
        "signed_with", "label", "labels", "status", "gate", "clear", "never", "author", "any_committer",
        "all_committers", "signed_by", "fork", "signed", "additions", "deletions", "lines", "files", "commits",
        "committers", "anyone", "org_members", "readers", "writers", "admins", "policy",
    ]
}
