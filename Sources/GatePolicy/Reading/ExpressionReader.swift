/// Lowers the tree of an expression to people, a condition or a requirement, and reports what does not fit.
struct ExpressionReader {
    /// A look at another gate or part that is still to be checked.
    struct PendingReference {
        var name: String
        var word: String
        var span: SourceSpan
    }

    /// Which way a condition works where the reader is.
    var polarity: Polarity = .hinders
    /// What was found so far.
    var diagnostics: [Diagnostic] = []
    /// The groups of the file.
    var groups = GroupTable()
    /// Whether sets that hold everybody (`anyone`, `readers`) are refused where the reader is.
    var refusesOpenSets = false
    /// Whether the gate says `open: true`.
    var isOpen = false
    /// Whether `gate("…")` may stand where the reader is.
    var allowsReferences = false
    /// The references found where the reader is.
    var references: [PendingReference] = []
    /// The call whose kind is reading itself.
    var currentCall: CallExpression?
    /// Instructions that patterns may still have, of the whole policy.
    var patternInstructions = PolicyLimits.patternInstructions
    /// Names that sets of people may still hold, of the whole policy.
    var allPeople = PolicyLimits.allPeople
    /// Comparisons of names that may still be made for finding sets without anybody.
    private var comparisons = 1_000_000
    /// Words that may still be compared for suggestions.
    private var candidates = 200_000
    /// The groups that words were compared with and found near to, by word; nil inside where none is near.
    private var nearestGroups: [String: String?] = [:]

    /// Reports a mistake.
    mutating func error(_ span: SourceSpan, _ message: String, hint: String? = nil) {
        diagnostics.append(
            Diagnostic(severity: .error, span: span, message: Quotation.visible(message, limit: 400), hint: hint))
    }

    /// Reports a doubt.
    mutating func warning(_ span: SourceSpan, _ message: String, hint: String? = nil) {
        diagnostics.append(
            Diagnostic(severity: .warning, span: span, message: Quotation.visible(message, limit: 400), hint: hint))
    }

    /// Reports a test that lacks what the parser makes sure of: should the two ever differ, it is not passed over.
    mutating func incomplete(_ call: CallExpression) { error(call.span, "`\(call.word)` is not complete") }

    /// Whether a comparison of two sets is worth its time: in a policy of absurd size the doubt is left out.
    mutating func canCompare(_ left: Int, _ right: Int) -> Bool {
        comparisons -= left * right
        return comparisons >= 0
    }

    /// The word somebody may have meant, as long as looking for it stays cheap.
    mutating func nearest(to word: String, among words: some Collection<String>) -> String? {
        candidates -= words.count
        return candidates >= 0 ? Suggestion.nearest(to: word, among: words) : nil
    }

    /// The group somebody may have meant by the name of a team; most names stand in a policy more than once.
    mutating func nearestGroup(to word: String) -> String? {
        if let known = nearestGroups[word] { return known }
        let near = nearest(to: word, among: groups.names + ["owners_of_each_file"])
        nearestGroups[word] = .some(near)
        return near
    }

    /// Whether a text by itself is without a mistake, so that it can be offered to somebody.
    static func reads(_ text: String, as kind: ExpressionKind) -> Bool {
        var reader = ExpressionReader()
        reader.allowsReferences = kind == .requirement
        if kind == .requirement { reader.polarity = .helps }
        guard let expression = try? ExpressionParser.parse(SourceText(text, file: ""), as: kind, isTrial: true) else {
            return false
        }
        return switch kind {
        case .people: reader.people(expression) != nil
        case .condition: reader.condition(expression) != nil
        case .requirement: reader.requirement(expression) != nil
        }
    }

    /// The tree of a text; nil after reporting a mistake.
    mutating func parse(_ text: SourceText, as kind: ExpressionKind) -> Expression? {
        do {
            return try ExpressionParser.parse(text, as: kind)
        } catch {
            self.error(text.span(error.range), error.message, hint: error.hint)
            return nil
        }
    }
}
