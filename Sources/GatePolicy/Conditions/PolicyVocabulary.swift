/// The words of the language, for documents, editors and completions.
public enum PolicyVocabulary {
    /// The words that conditions are written with.
    public static var conditionWords: [String] { ConditionRegistry.words }
    /// The sets of people that have a word of their own.
    public static var peopleWords: [String] { Vocabulary.people.keys.sorted() }
    /// The words that only requirements are written with.
    public static var requirementWords: [String] { ["gate", "clear", "never", "owners_of_each_file", "all"] }
}
