/// `label("tier:high" by leads)`: the labels are on it (and were put there by one of some people).
struct Label: ReadableConditionTest {
    static let words = ["label"]

    var names: [LabelPattern]
    var by: People?
    var polarity: Polarity
    /// Those whose word counts, with their number in the plan; nil where anybody's does.
    private var asked: PlannedPeople?

    init(names: [LabelPattern], by: People?, polarity: Polarity) {
        self.names = names
        self.by = by
        self.polarity = polarity
        asked = by.map { PlannedPeople(people: LabelPattern.asked($0, polarity), number: nil) }
    }

    /// The same, with its people in the index.
    func planned(_ index: inout PlanIndex) -> any ConditionTest {
        var copy = self
        copy.asked = asked.map { index.numbered($0.people) }
        return copy
    }

    static func read(_ call: CallExpression, _ reader: inout ExpressionReader) -> (any ConditionTest)? {
        guard let names = LabelPattern.read(call, &reader), let by = LabelPattern.readBy(call, &reader) else {
            return nil
        }
        return Label(names: names, by: by.people, polarity: reader.polarity)
    }

    func evaluate(_ evaluation: inout Evaluation) -> Truth {
        names.reduce(.yes) { $0 && $1.isOn(&evaluation, by: asked, polarity: polarity) }
    }

    func finding(_ evaluation: inout Evaluation, _ truth: Truth) -> String {
        guard truth == .no, by != nil, polarity == .helps else { return "" }
        return names.compactMap { $0.refusal(&evaluation) }.first ?? ""
    }

    var people: [People] { by.map { [$0] } ?? [] }
    /// Where it helps the label is on it, elsewhere it was once put on.
    var meaning: Polarity? { by.map { _ in polarity } }
    var description: String { "label(\(LabelPattern.describe(names, by: by)))" }
}
