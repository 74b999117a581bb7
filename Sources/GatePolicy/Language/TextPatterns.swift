/// Patterns that a person's own words must match to mean something: of a comment, of a review's text.
public struct TextPatterns: Hashable, Sendable, CustomStringConvertible {
    private let list: PatternList
    /// Whether words that match give something: then code inside lines and what is struck out say nothing.
    private let gives: Bool

    init(_ list: PatternList, gives: Bool) {
        self.list = list
        self.gives = gives
    }

    /// Whether some words match; unknown when the matcher gave up.
    ///
    /// To leave words out can make a pattern match that says what must not stand there: what gives matches with them, too.
    func match(_ words: PlainWords) -> Truth {
        let truth = list.matches(words.text)
        guard gives, truth != .no, !words.areAllGiven else { return truth }
        return truth && list.matches(words.given)
    }

    /// Whether the words of a text may match; they hold nothing but blanks that is not in it.
    func mayMatch(wordsOf text: String) -> Bool { list.mayMatch(text) }

    /// The patterns as a policy writes them.
    public var texts: [String] { list.patterns.map(\.text) }

    /// The patterns as a policy writes them, in backticks.
    public var description: String { Quotation.list(texts) }
}
