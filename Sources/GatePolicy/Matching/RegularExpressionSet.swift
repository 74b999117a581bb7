import CRE2

/// Many RE2 expressions searched for in one pass over a text.
///
/// Unchecked `Sendable`, the one allowed exception: it owns a C++ object that is immutable once compiled and that RE2
/// promises to be safe for use by several threads at once.
final class RegularExpressionSet: @unchecked Sendable {
    private let pointer: OpaquePointer

    /// Compiles the expressions; nil when they are too many for one set within the budget.
    init?(_ expressions: [String], memory: Int64 = PolicyLimits.patternSetMemory) {
        guard let pointer = cre2_set_new(memory) else { return nil }
        self.pointer = pointer
        for text in expressions where cre2_set_add(pointer, text, text.utf8.count, nil, 0) < 0 { return nil }
        guard cre2_set_compile(pointer) == 1 else { return nil }
    }

    deinit { cre2_set_free(pointer) }

    /// Which of them occur in the text: writes their places and gives their number; nil when it gave up.
    /// - Parameter places: room for as many as the set has.
    func search(_ text: String, _ places: inout [Int32]) -> Int? {
        var text = text
        var count = places.count
        let answer = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                cre2_set_match(pointer, $0.baseAddress, $0.count, &places, &count)
            }
        }
        switch MatchAnswer(answer) {
        case .yes: return count
        case .no: return 0
        case .gaveUp: return nil
        }
    }

    /// Whether one of them occurs in the text.
    func search(_ text: String) -> MatchAnswer {
        var text = text
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                MatchAnswer(cre2_set_match(pointer, $0.baseAddress, $0.count, nil, nil))
            }
        }
    }
}
