import CRE2

/// What a matcher says; one that ran out of its memory knows neither.
enum MatchAnswer: Hashable, Sendable {
    case yes, no, gaveUp

    init(_ answer: cre2_answer) {
        switch answer {
        case CRE2_YES: self = .yes
        case CRE2_NO: self = .no
        default: self = .gaveUp
        }
    }
}

/// Why RE2 refuses an expression.
struct RegularExpressionError: Error, Hashable {
    /// In RE2's words.
    var reason: String
}

/// One compiled RE2 expression; it searches in time linear in the text.
///
/// Unchecked `Sendable`, the one allowed exception: it owns a C++ object that is immutable once made and that RE2
/// promises to be safe for use by several threads at once.
final class RegularExpression: @unchecked Sendable {
    private let pointer: OpaquePointer

    /// Compiles an expression within a memory budget.
    init(_ text: String, memory: Int64 = PolicyLimits.patternMemory) throws(RegularExpressionError) {
        var reason = [CChar](repeating: 0, count: 256)
        guard let pointer = cre2_pattern_new(text, text.utf8.count, memory, &reason, reason.count) else {
            throw RegularExpressionError(reason: Self.string(reason))
        }
        self.pointer = pointer
    }

    deinit { cre2_pattern_free(pointer) }

    /// How many instructions it has.
    var size: Int { Int(cre2_pattern_size(pointer)) }

    /// Whether it occurs in the text.
    func search(_ text: String) -> MatchAnswer {
        var text = text
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                MatchAnswer(cre2_pattern_search(pointer, $0.baseAddress, $0.count))
            }
        }
    }

    static func string(_ buffer: [CChar]) -> String {
        String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
