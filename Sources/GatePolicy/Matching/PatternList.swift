/// The patterns of one test, compiled: a text matches when a positive pattern and no `!` pattern does.
final class PatternList: Sendable, CustomStringConvertible {
    /// The patterns, in the order they are written.
    let patterns: [Pattern]
    private let positives: Matcher
    private let negatives: Matcher?
    /// Bytes one of which stands in every text that matches; nil where that is not known.
    private let needed: [UInt8]?

    /// Compiles patterns, each of which RE2 accepts and at least one of which is positive.
    /// - Parameter only: the only one of them, where it is compiled already.
    init(_ patterns: [Pattern], only: RegularExpression? = nil) throws(RegularExpressionError) {
        self.patterns = patterns
        if let only {
            positives = Matcher(only)
        } else {
            positives = try Matcher(patterns.filter { !$0.isNegative }.map(\.expression))
        }
        let excluded = patterns.filter(\.isNegative).map(\.expression)
        negatives = excluded.isEmpty ? nil : try Matcher(excluded)
        let needed = patterns.filter { !$0.isNegative }.map(\.needed)
        self.needed = needed.contains(nil) ? nil : Array(Set(needed.compactMap(\.self)))
    }

    /// Whether one of them is written as matching every text.
    /// - Parameter names: whether of texts only those are meant that hold something, and no line break.
    func matchesEverything(names: Bool) -> Bool {
        negatives == nil && patterns.contains { $0.matchesEverything(names: names) }
    }

    /// Whether the text matches; unknown when the matcher gave up.
    func matches(_ text: String) -> Truth {
        if !mayMatch(text) { return .no }
        let positive = truth(positives.search(text), text)
        guard let negatives, positive != .no else { return positive }
        return positive && !truth(negatives.search(text), text)
    }

    /// Whether a text has what a match needs: most have not, and then RE2 need not be asked.
    func mayMatch(_ text: String) -> Bool { needed.map { bytes in bytes.contains { text.holds($0) } } ?? true }

    /// What the matcher's answer for a text means.
    func truth(_ answer: MatchAnswer, _ text: String) -> Truth {
        switch answer {
        case .yes: .yes
        case .no: .no
        case .gaveUp:
            .unknown([
                Unknown(
                    cause: .matcherGaveUp, subject: "whether \(Quotation.inline(text)) matches \(self)",
                    reason: "the matcher ran out of its memory budget",
                    cure: "use simpler or fewer patterns")
            ])
        }
    }

    /// The patterns as a policy writes them.
    var description: String { patterns.map { Quotation.literal($0.text) }.joined(separator: ", ") }
}

extension PatternList: Hashable {
    /// Two lists are one when they are written alike.
    static func == (left: PatternList, right: PatternList) -> Bool {
        left === right || left.patterns == right.patterns
    }

    /// Hashes what is written.
    func hash(into hasher: inout Hasher) { hasher.combine(patterns) }
}
