/// What a gate asks for.
public indirect enum Requirement: Sendable, CustomStringConvertible {
    /// `2 of qa`, `all of qa`, or `qa` for one.
    case quota(Quota)
    /// A condition that must hold.
    case condition(Condition)
    /// `never("reason")`: cannot be met.
    case never(String)
    /// `gate("x")` or `clear("x")`.
    case reference(Reference)
    /// Every item of a checklist; only as what a gate asks for, or a part of it.
    case checklist(Checklist)
    /// `owners_of_each_file`: for each changed file and each rule of CODEOWNERS that owns it, one owner of that rule.
    case ownersOfEachFile
    /// All of them.
    case all([Requirement])
    /// One of them.
    case any([Requirement])

    /// So many signatures of some people.
    public struct Quota: Sendable, Hashable {
        /// How many; nil for all.
        public var count: Int?
        /// Of whom.
        public var people: People
    }

    /// A look at another gate or part.
    public struct Reference: Sendable, Hashable {
        /// The gate's or part's name.
        public var name: String
        /// Whether "not needed" is good enough (`clear`), too.
        public var allowsNotNeeded: Bool
    }

    /// The requirement as a policy writes it.
    public var description: String {
        switch self {
        case .quota(let quota): quota.count == 1 ? "\(quota.people)" : quota.description
        case .condition(let condition): condition.description
        case .never(let reason): "never(\(Quotation.literal(reason)))"
        case .reference(let reference): "\(reference.allowsNotNeeded ? "clear" : "gate")(\"\(reference.name)\")"
        case .checklist: "checklist"
        case .ownersOfEachFile: "owners_of_each_file"
        case .all(let parts): parts.map(\.operand).joined(separator: " and ")
        case .any(let parts): parts.map(\.operand).joined(separator: " or ")
        }
    }

    /// The checklist that a gate asks for, by itself or beside something else.
    var checklist: Checklist? {
        switch self {
        case .checklist(let checklist): checklist
        case .all(let parts): parts.lazy.compactMap(\.checklist).first
        default: nil
        }
    }

    private var operand: String {
        switch self {
        case .all, .any: "(\(self))"
        case .condition(.all), .condition(.any): "(\(self))"
        default: description
        }
    }
}

extension Requirement.Quota: CustomStringConvertible {
    /// `2 of qa`, with parentheses around a set that needs them.
    public var description: String {
        let number = count.map(String.init) ?? "all"
        switch people {
        case .union, .intersection, .difference: return "\(number) of (\(people))"
        default: return "\(number) of \(people)"
        }
    }
}
