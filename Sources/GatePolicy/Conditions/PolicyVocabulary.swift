/// The words of the language, for documents, editors and completions.
public enum PolicyVocabulary {
    /// The words that conditions are written with.
    public static var conditionWords: [String] { ConditionRegistry.words }
}
