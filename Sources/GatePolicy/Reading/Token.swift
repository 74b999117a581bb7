/// The smallest pieces of an expression.
struct Token: Hashable, Sendable {
    /// What it is.
    enum Kind: Hashable, Sendable {
        case name(String)
        case number(Int)
        case user(String)
        case team(String, String)
        case string(String)
        case open, close, comma
        case set(Expression.SetOperator)
        case comparison(Comparison.Sign)
        case end
        /// What is no token of the language, and why.
        case stray(SyntaxError)
    }

    var kind: Kind
    /// Which scalars of the text it is.
    var range: Range<Int>
    /// What is wrong with the way it is written, though it is clear what it means.
    var slip: SyntaxError?
}

/// A mistake that ends the reading of an expression.
struct SyntaxError: Error, Hashable {
    var range: Range<Int>
    var message: String
    var hint: String?

    init(_ range: Range<Int>, _ message: String, hint: String? = nil) {
        self.range = range
        self.message = message
        self.hint = hint
    }
}
