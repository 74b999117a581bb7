/// A condition or requirement that is to be written; constants fold away.
indirect enum Clause: Hashable {
    case constant(Bool)
    /// A test or a count as the language writes it, and whether it means something else where it helps.
    case test(String, isSensitive: Bool)
    case not(Clause)
    case all([Clause])
    case any([Clause])

    /// A test that means the same everywhere.
    static func test(_ text: String) -> Clause { .test(text, isSensitive: false) }

    /// `never("…")`.
    static func never(_ reason: String) -> Clause { .test("never(\(Writing.literal(reason)))") }

    /// All of them.
    static func every(_ parts: [Clause]) -> Clause {
        var kept: [Clause] = []
        var seen: Set<Clause> = []
        for part in parts {
            switch part {
            case .constant(true): continue
            case .constant(false): return .constant(false)
            case .all(let inner): for item in inner where seen.insert(item).inserted { kept.append(item) }
            default: if seen.insert(part).inserted { kept.append(part) }
            }
        }
        if kept.contains(where: { seen.contains($0.negated) }) { return .constant(false) }
        return kept.count > 1 ? .all(kept) : kept.first ?? .constant(true)
    }

    /// One of them.
    static func some(_ parts: [Clause]) -> Clause {
        var kept: [Clause] = []
        var seen: Set<Clause> = []
        for part in parts {
            switch part {
            case .constant(false): continue
            case .constant(true): return .constant(true)
            case .any(let inner): for item in inner where seen.insert(item).inserted { kept.append(item) }
            default: if seen.insert(part).inserted { kept.append(part) }
            }
        }
        if kept.contains(where: { seen.contains($0.negated) }) { return .constant(true) }
        return kept.count > 1 ? .any(kept) : kept.first ?? .constant(false)
    }

    /// The contrary.
    var negated: Clause {
        switch self {
        case .constant(let value): .constant(!value)
        case .not(let inner): inner
        default: .not(self)
        }
    }

    /// Whether some test in it means something else where it helps.
    var isSensitive: Bool {
        switch self {
        case .constant: false
        case .test(_, let isSensitive): isSensitive
        case .not(let inner): inner.isSensitive
        case .all(let parts), .any(let parts): parts.contains(where: \.isSensitive)
        }
    }

    /// As the language writes it.
    var text: String {
        switch self {
        case .constant(let value): value ? "true" : "false"
        case .test(let text, _): text
        case .not(let inner): "not \(inner.operand)"
        case .all(let parts): parts.map(\.operand).joined(separator: " and ")
        case .any(let parts): parts.map(\.operand).joined(separator: " or ")
        }
    }

    private var operand: String {
        switch self {
        case .all, .any: "(\(text))"
        default: text
        }
    }
}
