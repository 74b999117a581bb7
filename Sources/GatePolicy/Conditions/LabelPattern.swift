/// A label's name, exact or with `*`, compared without regard to case.
struct LabelPattern: Sendable, Hashable {
    /// As written.
    var text: String
    /// In lower case.
    private var name: ExactText
    private var pieces: [[UInt8]]

    init(_ text: String) {
        self.text = text
        name = ExactText(text.lowercased())
        pieces = Self.split(Array(name.description.utf8))
    }

    private static func split(_ bytes: [UInt8]) -> [[UInt8]] {
        bytes.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
    }

    /// Whether a lower-case name is this label; `*` stands for anything, in time linear in the name.
    func matches(_ label: ExactText) -> Bool {
        guard pieces.count > 1 else { return label == name }
        let bytes = Array(label.description.utf8)
        guard bytes.starts(with: pieces[0]) else { return false }
        let last = pieces[pieces.count - 1]
        var position = pieces[0].count
        for piece in pieces[1..<(pieces.count - 1)] where !piece.isEmpty {
            guard let found = Self.find(piece, in: bytes, from: position) else { return false }
            position = found + piece.count
        }
        return bytes.count - position >= last.count && bytes.suffix(last.count).elementsEqual(last)
    }

    private static func find(_ piece: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard bytes.count - start >= piece.count else { return nil }
        for position in start...(bytes.count - piece.count)
        where bytes[position..<(position + piece.count)].elementsEqual(piece) {
            return position
        }
        return nil
    }

    static func read(_ call: CallExpression, _ reader: inout ExpressionReader) -> [LabelPattern]? {
        if call.strings.isEmpty {
            reader.incomplete(call)
            return nil
        }
        return call.strings.map { LabelPattern($0.value) }
    }

    /// The people after `by`, boxed because none is an answer; nil after reporting a mistake.
    static func readBy(_ call: CallExpression, _ reader: inout ExpressionReader) -> (people: People?, Void)? {
        guard let expression = call.by else {
            switch reader.polarity {
            case .helps:
                reader.error(
                    call.span,
                    "a label softens the gate here, and anybody who can open a pull request can put one on it",
                    hint: "say whose label counts: `\(call.word)(\"…\" by leads)`")
                return nil
            case .hinders:
                reader.warning(
                    call.span, "any writer can take the label off, and what applies because of it then does not",
                    hint: "say whose label counts: `\(call.word)(\"…\" by leads)`")
                return (nil, ())
            }
        }
        return reader.people(expression).map { ($0, ()) }
    }

    static func describe(_ names: [LabelPattern], by: People?) -> String {
        let list = names.map { Quotation.literal($0.text) }.joined(separator: ", ")
        return by.map { "\(list) by \($0)" } ?? list
    }

    /// Whose word counts where it is some people's: where that helps, no committer's.
    static func asked(_ people: People, _ polarity: Polarity) -> People {
        polarity == .helps ? .difference(people, .committers()) : people
    }

    /// The labels that could count and that one of some patterns matches: those on it, and where taking one off must
    /// not help, those once put on.
    static func candidates(
        _ patterns: [LabelPattern], _ evaluation: inout Evaluation, by: PlannedPeople?, polarity: Polarity
    ) -> [LabelHistory.Label] {
        evaluation.labels().labels.filter { label in
            (label.isPresent || (by != nil && polarity == .hinders)) && patterns.contains { $0.matches(label.name) }
        }
    }

    /// Whether a label of this name is on it, or counts as if it were.
    func isOn(_ evaluation: inout Evaluation, by people: PlannedPeople?, polarity: Polarity) -> Truth {
        if people != nil, polarity == .hinders, case .unknown(let unknown) = evaluation.timeline() {
            return .unknown([unknown])
        }
        if pieces.count == 1 {
            guard let label = evaluation.labels()[name] else { return .no }
            return Self.isOn(label, &evaluation, by: people, polarity: polarity)
        }
        var truth = Truth.no
        for label in Self.candidates([self], &evaluation, by: people, polarity: polarity) {
            truth = truth || Self.isOn(label, &evaluation, by: people, polarity: polarity)
        }
        return truth
    }

    /// Why a label that is on it, and may soften the gate, does not count; nil while none is on it.
    func refusal(_ evaluation: inout Evaluation) -> String? {
        let history = evaluation.labels()
        let found = pieces.count == 1 ? history[name] : history.labels.first { $0.isPresent && matches($0.name) }
        guard let label = found, label.isPresent else { return nil }
        guard let row = label.rows.last(where: \.isAdded) else {
            return "`\(label.name)` came with the opening, so it is the opener's word"
        }
        guard let actor = row.actor else { return "who put `\(label.name)` on is not told, so it is nobody's word" }
        if actor == evaluation.facts.pullRequest.author { return "`\(label.name)` was put on by the opener" }
        return "`\(label.name)` was put on by \(actor.login), whose word does not count here"
    }

    /// Whether one label is on it by the word of some people.
    /// - Parameter people: those whose word counts, as `asked` tells.
    static func isOn(
        _ label: LabelHistory.Label, _ evaluation: inout Evaluation, by people: PlannedPeople?, polarity: Polarity
    ) -> Truth {
        guard let people else { return Truth(label.isPresent) }
        if polarity == .helps, !label.isPresent { return .no }
        if case .unknown(let unknown) = evaluation.timeline() { return .unknown([unknown]) }
        let rows = label.rows
        if polarity == .helps {
            // Present, and the newest row that added it is by one of them, never by the opener or a committer.
            guard let actor = rows.last(where: \.isAdded)?.actor, actor.isReal else { return .no }
            if actor == evaluation.facts.pullRequest.author { return .no }
            return evaluation.membership(of: actor, in: people)
        }
        // The newest row of theirs added it, whoever else took it off since.
        var newest = AccountTable<Int>()
        for (index, row) in rows.enumerated() { if let actor = row.actor { newest[actor] = index } }
        var truth = Truth.no
        for (index, row) in rows.enumerated() {
            guard let actor = row.actor, newest[actor] == index else { continue }
            let added = Truth(row.isAdded)
            switch evaluation.membership(of: actor, in: people, where: .hinders) {
            case .yes: truth = added
            case .no: break
            case .unknown(let reasons): truth = truth == added ? truth : .unknown(reasons.union(truth.unknowns))
            }
        }
        return truth
    }
}
