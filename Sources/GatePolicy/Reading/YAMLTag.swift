/// A tag of YAML, as in `!fork` or `!!str 1`: the language has none, and who writes `!` mostly means `not`.
struct YAMLTag {
    static let message = "`!` begins a tag in YAML, and tags are refused"

    /// What to write instead.
    let cure: String

    /// - Parameter written: the line from the `!` on.
    init(_ written: some Sequence<Unicode.Scalar>) {
        let word = String(String.UnicodeScalarView(written.prefix { $0 != " " && $0 != "," && $0 != "}" && $0 != "]" }))
        let isType = word.hasPrefix("!!") && Self.types.contains(String(word.dropFirst(2)))
        cure =
            isType
            ? "take `\(word)` away: values are read as written"
            : "write `not …`; a text that begins with `!` stands in quotes"
    }

    private static let types: Set<String> = [
        "str", "int", "bool", "float", "null", "seq", "map", "set", "omap", "pairs", "binary", "timestamp", "merge",
        "value",
    ]
}
