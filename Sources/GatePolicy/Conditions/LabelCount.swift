/// `labels("area:*" by leads) >= 1`: how many labels of some names are on it.
struct LabelCount: ReadableConditionTest {
    static let words = ["labels"]

    var names: [LabelPattern]
    var by: People?
    var comparison: Comparison
    var polarity: Polarity

    static func read(_ call: CallExpression, _ reader: inout ExpressionReader) -> (any ConditionTest)? {
        guard let comparison = call.comparison?.comparison else {
            reader.incomplete(call)
            return nil
        }
        let outer = reader.polarity
        // With `= 0`, `<`, `<=` it is the absence of labels that makes the test true.
        if comparison.countsAbsence { reader.polarity = outer.flipped }
        defer { reader.polarity = outer }
        guard let names = LabelPattern.read(call, &reader), let by = LabelPattern.readBy(call, &reader) else {
            return nil
        }
        return LabelCount(names: names, by: by.people, comparison: comparison, polarity: reader.polarity)
    }

    func evaluate(_ evaluation: inout Evaluation) -> Truth {
        guard comparison.turnsBothWays else { return holds(comparison, polarity, &evaluation) }
        // One label more may make it true or false, and so may one less: neither by whose word does not count.
        let number = comparison.number
        let fewest = { (sign: Comparison.Sign, evaluation: inout Evaluation) in
            holds(Comparison(sign: sign, number: number), .helps, &evaluation)
        }
        let most = { (sign: Comparison.Sign, evaluation: inout Evaluation) in
            holds(Comparison(sign: sign, number: number), .hinders, &evaluation)
        }
        switch (comparison.sign, polarity) {
        case (.equal, .helps): return fewest(.equal, &evaluation) && most(.equal, &evaluation)
        case (.equal, .hinders): return fewest(.lessOrEqual, &evaluation) && most(.greaterOrEqual, &evaluation)
        case (_, .helps): return fewest(.greater, &evaluation) || most(.less, &evaluation)
        case (_, .hinders): return fewest(.notEqual, &evaluation) || most(.notEqual, &evaluation)
        }
    }

    /// Whether so many labels count: where that helps those that are on it, else all that some of the people put on.
    private func holds(_ comparison: Comparison, _ polarity: Polarity, _ evaluation: inout Evaluation) -> Truth {
        let asked = by.map { PlannedPeople(people: LabelPattern.asked($0, polarity), number: nil) }
        var certain = 0
        var unknowns: Set<Unknown> = []
        var possible = 0
        for label in LabelPattern.candidates(names, &evaluation, by: asked, polarity: polarity) {
            switch LabelPattern.isOn(label, &evaluation, by: asked, polarity: polarity) {
            case .yes: certain += 1
            case .no: break
            case .unknown(let reasons):
                possible += 1
                unknowns.formUnion(reasons)
            }
        }
        if by != nil, polarity == .hinders, case .unknown(let unknown) = evaluation.timeline() {
            return .unknown([unknown])
        }
        let answers = Set((certain...(certain + possible)).map(comparison.holds(for:)))
        return answers.count == 1 ? Truth(answers.contains(true)) : .unknown(unknowns)
    }

    var people: [People] { by.map { [$0] } ?? [] }
    /// Where it helps labels that are on it count, elsewhere those that were once put on.
    var meaning: Polarity? { by.map { _ in polarity } }
    var constantValue: Bool? { comparison.constantValue }
    var description: String { "labels(\(LabelPattern.describe(names, by: by))) \(comparison)" }
}

extension Comparison {
    /// Whether fewer things make it true.
    var countsAbsence: Bool {
        switch sign {
        case .less, .lessOrEqual: true
        case .equal: number == 0
        case .notEqual, .greater, .greaterOrEqual: false
        }
    }

    /// Whether one thing more, and one less, can make it true.
    var turnsBothWays: Bool { (sign == .equal || sign == .notEqual) && number > 0 }
}
