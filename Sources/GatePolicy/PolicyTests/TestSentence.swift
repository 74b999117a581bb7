/// The words of a short form (`bob of qa approves at 1`) with their places.
struct TestSentence {
    /// One word.
    struct Word {
        var text: String
        var range: Range<Int>
    }

    let source: SourceText
    private(set) var words: [Word] = []
    private var next = 0

    /// Words are separated by blanks and commas.
    init(_ source: SourceText) {
        self.source = source
        var start: Int?
        for (index, scalar) in source.scalars.enumerated() {
            if scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "," {
                if let begin = start { append(begin..<index) }
                start = nil
            } else if start == nil {
                start = index
            }
        }
        if let begin = start { append(begin..<source.scalars.count) }
    }

    private mutating func append(_ range: Range<Int>) {
        words.append(Word(text: source.string(range), range: range))
    }

    /// The next word, without taking it.
    var peek: Word? { next < words.count ? words[next] : nil }

    /// Takes the next word.
    mutating func take() -> Word? {
        guard let word = peek else { return nil }
        next += 1
        return word
    }

    /// Takes some words when they are the next ones.
    mutating func take(_ expected: String...) -> Bool {
        guard next + expected.count <= words.count else { return false }
        for (offset, text) in expected.enumerated() where words[next + offset].text != text { return false }
        next += expected.count
        return true
    }

    /// Everything from the next word to the end, as written.
    mutating func takeRest() -> String {
        guard let first = peek, let last = words.last else { return "" }
        next = words.count
        return source.string(first.range.lowerBound..<last.range.upperBound)
    }

    /// Takes some words when they are the last ones.
    mutating func takeLast(_ expected: String...) -> Bool {
        let start = words.count - expected.count
        guard start >= next else { return false }
        for (offset, text) in expected.enumerated() where words[start + offset].text != text { return false }
        words.removeLast(expected.count)
        return true
    }

    /// Takes the last word when the one before it is this one, and something is left in front of both.
    mutating func takeLast(after word: String) -> Word? {
        guard words.count - next >= 3, words[words.count - 2].text == word else { return nil }
        let last = words.removeLast()
        words.removeLast()
        return last
    }

    /// The place of a word, or of the whole.
    func span(_ word: Word?) -> SourceSpan { word.map { source.span($0.range) } ?? source.span }
}
