/// A label's name, exact or with `*`, compared without regard to case.
struct LabelPattern: Sendable, Hashable {
    /// As written.
    var text: String
    /// In lower case.
    private var name: String
    private var pieces: [[UInt8]]

    init(_ text: String) {
        self.text = text
        name = text.lowercased()
        pieces = Self.split(Array(name.utf8))
    }

    private static func split(_ bytes: [UInt8]) -> [[UInt8]] {
        bytes.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
    }

    /// Whether a lower-case name is this label; `*` stands for anything, in time linear in the name.
    func matches(_ label: ExactText) -> Bool {
        guard pieces.count > 1 else { return label == ExactText(name) }
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
        let list = names.map { "\"\($0.text)\"" }.joined(separator: ", ")
        return by.map { "\(list) by \($0)" } ?? list
    }

    /// The lower-case names of labels that could count and that one of some patterns matches: those on it, and where
    /// taking one off must not help, those once put on.
    static func candidates(
        _ patterns: [LabelPattern], _ evaluation: inout Evaluation, by: People?, polarity: Polarity
    ) -> [ExactText] {
        let history = evaluation.labels()
        if patterns.count == 1, patterns[0].pieces.count == 1 { return [ExactText(patterns[0].name)] }
        return history.names.filter { name in
            (history.present.contains(name) || (by != nil && polarity == .hinders))
                && patterns.contains { $0.matches(name) }
        }
    }

    /// Whether a label of this name is on it, or counts as if it were.
    func isOn(_ evaluation: inout Evaluation, by people: People?, polarity: Polarity) -> Truth {
        if people != nil, polarity == .hinders, case .unknown(let unknown) = evaluation.timeline() {
            return .unknown([unknown])
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
        let label: ExactText
        if pieces.count == 1 {
            label = ExactText(name)
            guard history.present.contains(label) else { return nil }
        } else {
            guard let first = history.names.first(where: { history.present.contains($0) && matches($0) }) else {
                return nil
            }
            label = first
        }
        guard let row = history.rows[label]?.last(where: \.isAdded) else {
            return "`\(label)` came with the opening, so it is the opener's word"
        }
        guard let actor = row.actor else { return "who put `\(label)` on is not told, so it is nobody's word" }
        if actor == evaluation.facts.pullRequest.author { return "`\(label)` was put on by the opener" }
        return "`\(label)` was put on by \(actor.login), whose word does not count here"
    }

    /// Whether one label, by its lower-case name, is on it by the word of some people.
    static func isOn(
        _ label: ExactText, _ evaluation: inout Evaluation, by people: People?, polarity: Polarity
    ) -> Truth {
        let history = evaluation.labels()
        guard let people else { return Truth(history.present.contains(label)) }
        if polarity == .helps, !history.present.contains(label) { return .no }
        if case .unknown(let unknown) = evaluation.timeline() { return .unknown([unknown]) }
        let rows = history.rows[label] ?? []
        if polarity == .helps {
            // Present, and the newest row that added it is by one of them, never by the opener or a committer.
            guard let actor = rows.last(where: \.isAdded)?.actor, actor.isReal else { return .no }
            if actor == evaluation.facts.pullRequest.author { return .no }
            return evaluation.membership(of: actor, in: .difference(people, .committers()))
        }
        // The newest row of theirs added it, whoever else took it off since.
        var newest: [Account: Int] = [:]
        for (index, row) in rows.enumerated() { if let actor = row.actor { newest[actor] = index } }
        var truth = Truth.no
        for index in newest.values.sorted() {
            guard let actor = rows[index].actor else { continue }
            let added = Truth(rows[index].isAdded)
            switch evaluation.membership(of: actor, in: people, where: .hinders) {
            case .yes: truth = added
            case .no: break
            case .unknown(let reasons): truth = truth == added ? truth : .unknown(reasons.union(truth.unknowns))
            }
        }
        return truth
    }
}
