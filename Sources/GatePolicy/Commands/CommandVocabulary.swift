/// The words that commands can use in one repository: built-in words, aliases, gates and items.
public struct CommandVocabulary: Hashable, Sendable {
    /// An item of the checklist.
    public struct Item: Hashable, Sendable, Codable {
        /// Its name.
        public var name: String
        /// Its number, when it has one.
        public var number: Int?

        /// An item.
        public init(name: String, number: Int? = nil) {
            self.name = name
            self.number = number
        }
    }

    /// The words that every repository has.
    enum Word: String, CaseIterable {
        case recheck, waive, ack, revoke, why
    }

    /// A word with what its alias puts before the arguments.
    struct Expansion: Hashable {
        let word: String
        let arguments: [Unicode.Scalar]
    }

    /// Gates by normalised name.
    let gates: NameTable
    /// Items by normalised name and by number.
    let items: NameTable
    private let aliases: [String: Expansion]
    /// Aliases that were left out: they redefine a built-in word, or do not begin with one.
    public let refusedAliases: [String]

    /// Every word that can stand after a slash.
    var words: [String] { Word.allCases.map(\.rawValue) + aliases.keys.sorted() }

    /// A vocabulary; an alias (`sop-n/a`) stands for a built-in word and perhaps a target (`recheck qa-review`).
    public init(gates: [String], items: [Item] = [], aliases: [String: String] = [:]) {
        self.gates = NameTable(gates.map { ($0, $0) })
        self.items = NameTable(
            items.flatMap { item in
                [(item.name, item.name)] + (item.number.map { [(String($0), item.name)] } ?? [])
            })
        var known: [String: Expansion] = [:]
        var refused: [String] = []
        for (alias, meaning) in aliases.sorted(by: { $0.key < $1.key }) {
            let name = Self.word(alias)
            let scalars = Array(meaning.unicodeScalars)
            let end = scalars.firstIndex(where: \.isCommandBlank) ?? scalars.endIndex
            let word = Self.word(String(scalars: scalars[..<end]))
            if name.isEmpty || name.unicodeScalars.contains(where: \.isCommandBlank) || Word(rawValue: name) != nil
                || Word(rawValue: word) == nil || known[name] != nil
            {
                refused.append(alias)
            } else {
                let arguments = scalars[end...].drop(while: \.isCommandBlank)
                known[name] = Expansion(word: word, arguments: Array(arguments))
            }
        }
        self.aliases = known
        refusedAliases = refused
    }

    /// The built-in word that a typed word means, and what its alias puts before the arguments.
    func meaning(of typed: String) -> (word: Word, arguments: [Unicode.Scalar])? {
        let name = Self.word(typed)
        if let word = Word(rawValue: name) { return (word, []) }
        guard let expansion = aliases[name], let word = Word(rawValue: expansion.word) else { return nil }
        return (word, expansion.arguments)
    }

    /// A command word without its slash, in lower case, without punctuation after it.
    private static func word(_ text: String) -> String {
        var scalars = text.unicodeScalars.map(\.asciiLowercased)[...]
        if scalars.first == "/" { scalars = scalars.dropFirst() }
        while let last = scalars.last, ".,:;?!".unicodeScalars.contains(last) { scalars = scalars.dropLast() }
        return String(scalars: scalars)
    }
}

/// Names of one kind, found however they are typed.
struct NameTable: Hashable, Sendable {
    /// The names as the policy writes them, each once, in its order.
    let names: [String]
    /// The length in scalars of the longest key.
    let longest: Int
    private let byKey: [String: [String]]

    init(_ entries: [(key: String, name: String)]) {
        var byKey: [String: [String]] = [:]
        var names: [String] = []
        var seen: Set<String> = []
        for (key, name) in entries {
            let normal = Self.normalised(Array(key.unicodeScalars))
            if seen.insert(name).inserted { names.append(name) }
            if normal.isEmpty || byKey[normal]?.contains(name) == true { continue }
            byKey[normal, default: []].append(name)
        }
        self.byKey = byKey
        self.names = names
        longest = byKey.keys.map(\.unicodeScalars.count).max() ?? 0
    }

    /// The names that a normalised text means; more than one when they differ only in what is normalised away.
    subscript(key: String) -> [String] { byKey[key] ?? [] }

    /// Lower case; blanks, `_` and runs of `-` are one `-`; `.,:;` and `-` at the end are off.
    static func normalised(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var key: [Unicode.Scalar] = []
        for scalar in scalars { append(scalar, to: &key) }
        return trimmed(key)
    }

    static func append(_ scalar: Unicode.Scalar, to key: inout [Unicode.Scalar]) {
        if scalar == "-" || scalar == "_" || scalar.isCommandBlank {
            if key.last != "-" { key.append("-") }
        } else {
            key.append(scalar.asciiLowercased)
        }
    }

    static func trimmed(_ key: [Unicode.Scalar]) -> String {
        var end = key.endIndex
        while end > 0, ".,:;-".unicodeScalars.contains(key[end - 1]) { end -= 1 }
        return String(scalars: key[..<end])
    }
}

extension Unicode.Scalar {
    /// A blank between the words of a command: any white space, full-width and non-breaking blanks included.
    var isCommandBlank: Bool {
        // What Unicode says of a letter is looked up slowly.
        isASCII ? value == 32 || (9...13).contains(value) : properties.isWhitespace
    }
    /// Lower case of A–Z; other letters are left alone, so that no look-alike becomes a known name.
    var asciiLowercased: Unicode.Scalar {
        ("A"..."Z").contains(self) ? Unicode.Scalar(UInt8(value) + 32) : self
    }
}

extension String {
    /// A text from scalars.
    init(scalars: some Sequence<Unicode.Scalar>) {
        self.init()
        unicodeScalars.append(contentsOf: scalars)
    }
}
