/// Says whether any of some expressions occurs in a text, in as few passes as the memory budget allows.
struct Matcher: Sendable {
    private var singles: [RegularExpression] = []
    private var sets: [RegularExpressionSet] = []

    /// How many passes a text takes.
    var passes: Int { singles.count + sets.count }

    /// A matcher of expressions that RE2 accepts one by one.
    init(_ expressions: [String], memory: Int64 = PolicyLimits.patternSetMemory) throws(RegularExpressionError) {
        try add(expressions[...], memory)
    }

    /// A matcher of one expression.
    init(_ expression: RegularExpression) { singles = [expression] }

    private mutating func add(_ expressions: ArraySlice<String>, _ memory: Int64) throws(RegularExpressionError) {
        if expressions.isEmpty { return }
        if expressions.count == 1, let text = expressions.first {
            // A single expression never gives up: RE2 goes on with its NFA when the DFA runs out of memory.
            singles.append(try RegularExpression(text))
        } else if let set = RegularExpressionSet(Array(expressions), memory: memory) {
            sets.append(set)
        } else {
            let middle = expressions.startIndex + expressions.count / 2
            try add(expressions[..<middle], memory)
            try add(expressions[middle...], memory)
        }
    }

    /// Whether one of them occurs in the text: yes wins, then "gave up", then no.
    func search(_ text: String) -> MatchAnswer {
        var gaveUp = false
        for set in sets {
            switch set.search(text) {
            case .yes: return .yes
            case .gaveUp: gaveUp = true
            case .no: break
            }
        }
        for single in singles {
            switch single.search(text) {
            case .yes: return .yes
            case .gaveUp: gaveUp = true
            case .no: break
            }
        }
        return gaveUp ? .gaveUp : .no
    }
}
