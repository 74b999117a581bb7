/// A pattern with `*`, `**`, `?`, `[…]` and `{a,b}`, as Gitea's rules for contexts and branches use it.
struct Glob: Sendable {
    private let patterns: [[Character]]
    private let separator: Character?

    /// Without a separator `*` crosses everything.
    init(_ pattern: String, separator: Character? = nil) {
        patterns = Self.alternatives(Array(pattern))
        self.separator = separator
    }

    func matches(_ text: String) -> Bool {
        let characters = Array(text)
        return patterns.contains { matches($0[...], characters[...]) }
    }

    private static func alternatives(_ pattern: [Character]) -> [[Character]] {
        guard let open = index(of: "{", in: pattern[...]), let close = index(of: "}", in: pattern[open...]) else {
            return [pattern]
        }
        let rest = alternatives(Array(pattern[(close + 1)...]))
        return pattern[(open + 1)..<close].split(separator: ",", omittingEmptySubsequences: false).flatMap { choice in
            rest.map { Array(pattern[..<open]) + Array(choice) + $0 }
        }
    }

    /// Where a character stands that no `\` takes its meaning from.
    private static func index(of character: Character, in pattern: ArraySlice<Character>) -> Int? {
        var isEscaped = false
        for index in pattern.indices {
            if !isEscaped, pattern[index] == character { return index }
            isEscaped = !isEscaped && pattern[index] == "\\"
        }
        return nil
    }

    private func matches(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == "*" {
            let isDouble = pattern.dropFirst().first == "*"
            let rest = pattern.drop { $0 == "*" }
            var tail = text
            while true {
                if matches(rest, tail) { return true }
                guard let next = tail.first, isDouble || next != separator else { return false }
                tail = tail.dropFirst()
            }
        }
        guard let next = text.first else { return false }
        if first == "[", let close = pattern.firstIndex(of: "]") {
            var set = pattern[(pattern.startIndex + 1)..<close]
            let negated = set.first == "!"
            if negated { set = set.dropFirst() }
            return contains(Array(set), next) != negated && matches(pattern[(close + 1)...], text.dropFirst())
        }
        if first == "\\", let literal = pattern.dropFirst().first {
            return literal == next && matches(pattern.dropFirst(2), text.dropFirst())
        }
        guard first == next || (first == "?" && next != separator) else { return false }
        return matches(pattern.dropFirst(), text.dropFirst())
    }

    private func contains(_ set: [Character], _ character: Character) -> Bool {
        var index = 0
        while index < set.count {
            if index + 2 < set.count, set[index + 1] == "-" {
                if set[index] <= character && character <= set[index + 2] { return true }
                index += 3
            } else {
                if set[index] == character { return true }
                index += 1
            }
        }
        return false
    }
}
