/// A label's name, exact or with `*`, compared without regard to case.
struct LabelPattern: Sendable, Hashable {
    /// As written.
    var text: String
    private var pieces: [[UInt8]]

    init(_ text: String) {
        self.text = text
        pieces = Self.split(Array(text.lowercased().utf8))
    }

    /// A name in which `*` is a letter like others.
    init(exact name: String) {
        text = name
        pieces = [Array(name.lowercased().utf8)]
    }

    private static func split(_ bytes: [UInt8]) -> [[UInt8]] {
        bytes.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
    }

    /// Whether the name is this label; `*` stands for anything, in time linear in the name.
    func matches(_ label: String) -> Bool {
        let bytes = Array(label.lowercased().utf8)
        guard pieces.count > 1 else { return bytes == pieces[0] }
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
            reader.error(call.span, "`\(call.word)` needs a label in quotes, as in `\(call.word)(\"tier:high\")`")
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
                    call.span, "any writer can take the label off",
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

    /// Labels that could count: those on it, and where taking one off must not help, those once put on.
    static func candidates(_ evaluation: inout Evaluation, by: People?, polarity: Polarity) -> [String] {
        var names = evaluation.facts.pullRequest.labels
        if by != nil, polarity == .hinders, case .known(let rows) = evaluation.timeline() {
            for row in rows { if case .labelAdded(let name) = row.event { names.append(name) } }
        }
        var seen: Set<ExactText> = []
        return names.filter { seen.insert(ExactText($0.lowercased())).inserted }
    }

    /// Whether a label of this name is on it, or counts as if it were.
    func isOn(_ evaluation: inout Evaluation, by people: People?, polarity: Polarity) -> Truth {
        guard let people else { return Truth(evaluation.facts.pullRequest.labels.contains(where: matches)) }
        var truth = Truth.no
        for label in Self.candidates(&evaluation, by: people, polarity: polarity) where matches(label) {
            truth = truth || Self.isOn(label, &evaluation, by: people, polarity: polarity)
        }
        if polarity == .hinders, case .unknown(let unknown) = evaluation.timeline() { return .unknown([unknown]) }
        return truth
    }

    /// Whether one label is on it by the word of some people.
    static func isOn(
        _ label: String, _ evaluation: inout Evaluation, by people: People, polarity: Polarity
    ) -> Truth {
        let name = LabelPattern(exact: label)
        switch (evaluation.timeline(), polarity) {
        case (.unknown(let unknown), _): return .unknown([unknown])
        case (.known(let rows), .helps):
            // Present, and the newest row that added it is by one of them, never by the opener or a committer.
            guard evaluation.facts.pullRequest.labels.contains(where: name.matches) else { return .no }
            let newest = rows.last { name.isAdded(by: $0) == true }
            guard let actor = newest?.actor, actor.isReal else { return .no }
            if actor == evaluation.facts.pullRequest.author { return .no }
            return evaluation.membership(of: actor, in: .difference(people, .committers))
        case (.known(let rows), .hinders):
            // The newest row of theirs added it, whoever else took it off since.
            var newest: [Account: Int] = [:]
            for (index, row) in rows.enumerated() where name.isAdded(by: row) != nil {
                if let actor = row.actor { newest[actor] = index }
            }
            var truth = Truth.no
            for index in newest.values.sorted() {
                guard let actor = rows[index].actor else { continue }
                let added = Truth(name.isAdded(by: rows[index]) ?? false)
                switch evaluation.membership(of: actor, in: people, negative: true) {
                case .yes: truth = added
                case .no: break
                case .unknown(let reasons): truth = truth == added ? truth : .unknown(reasons.union(truth.unknowns))
                }
            }
            return truth
        }
    }

    /// Whether a row puts it on or takes it off; nil for rows about other things.
    private func isAdded(by row: TimelineEntry) -> Bool? {
        switch row.event {
        case .labelAdded(let name): matches(name) ? true : nil
        case .labelRemoved(let name): matches(name) ? false : nil
        case .push, .retarget: nil
        }
    }
}
