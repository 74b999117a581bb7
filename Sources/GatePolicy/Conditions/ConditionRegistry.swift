/// Every kind of test there is: adding one is a file beside this and a line in it.
enum ConditionRegistry {
    static let kinds: [any ReadableConditionTest.Type] = [
        ChangedPaths.self,
        Fork.self,
        Label.self,
        LabelCount.self,
        NamePattern.self,
        PersonTest.self,
        Signed.self,
        Size.self,
        StatusTest.self,
        TextPattern.self,
    ]

    /// The kind that a word belongs to.
    static func kind(for word: String) -> (any ReadableConditionTest.Type)? {
        kinds.first { $0.words.contains(word) }
    }

    /// All words, for suggestions.
    static var words: [String] { kinds.flatMap { $0.words } }
}
