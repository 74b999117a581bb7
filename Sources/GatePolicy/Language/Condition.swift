/// Something that is true, false or unknown of a pull request.
public indirect enum Condition: Sendable, CustomStringConvertible {
    /// `true` or `false`.
    case constant(Bool)
    /// A test; one kind a file, in `Conditions/`.
    case test(any ConditionTest)
    /// `not …`.
    case not(Condition)
    /// `… and …`.
    case all([Condition])
    /// `… or …`.
    case any([Condition])

    /// The condition as a policy writes it.
    public var description: String {
        switch self {
        case .constant(let value): value ? "true" : "false"
        case .test(let test): test.description
        case .not(let condition): "not \(condition.operand)"
        case .all(let parts): parts.map(\.operand).joined(separator: " and ")
        case .any(let parts): parts.map(\.operand).joined(separator: " or ")
        }
    }

    private var operand: String {
        switch self {
        case .all, .any: "(\(self))"
        default: description
        }
    }
}

/// One kind of test.
///
/// A new kind is a new file in `Conditions/` and a line in `ConditionRegistry`.
public protocol ConditionTest: Sendable, CustomStringConvertible {
    /// Its truth; a fact that was not read is noted as a need.
    func evaluate(_ evaluation: inout Evaluation) -> Truth
    /// What was found, in a few words, where the truth alone would puzzle; empty elsewhere.
    func finding(_ evaluation: inout Evaluation, _ truth: Truth) -> String
    /// The sets of people it names; their teams are looked up even before anybody signs.
    var people: [People] { get }
    /// Its truth when it is the same for every pull request; nil when it depends on one.
    var constantValue: Bool? { get }
    /// How it works, where its words ask something else in a `when` and where they help; nil where they ask the same.
    var meaning: Polarity? { get }
    /// Whether its words ask for nothing, even if a rare pull request does not meet it: whoever wrote it is told so, and
    /// it is evaluated all the same.
    var asksNothing: Bool { get }
}

extension ConditionTest {
    /// Nothing.
    public func finding(_ evaluation: inout Evaluation, _ truth: Truth) -> String { "" }
    /// None.
    public var people: [People] { [] }
    /// It depends on the pull request.
    public var constantValue: Bool? { nil }
    /// Its words ask the same everywhere.
    public var meaning: Polarity? { nil }
    /// Only what is always true.
    public var asksNothing: Bool { constantValue == true }
}

/// How a kind of test reads itself from a call; apart from evaluating, so that a test stays a plain value.
protocol ReadableConditionTest: ConditionTest {
    /// The words it is written with.
    static var words: [String] { get }
    /// The test, or nil after reporting to the reader what is wrong.
    static func read(_ call: CallExpression, _ reader: inout ExpressionReader) -> (any ConditionTest)?
    /// The same, with what it looks for in the plan's index.
    func planned(_ index: inout PlanIndex) -> any ConditionTest
}

extension ReadableConditionTest {
    /// As it is: most look for nothing that is searched together.
    func planned(_ index: inout PlanIndex) -> any ConditionTest { self }
}
