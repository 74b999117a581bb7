/// Which way a condition works: whether making it true can only turn a gate green.
public enum Polarity: Hashable, Sendable {
    /// True can only help: in every requirement, and in a `when` under `not`.
    case helps
    /// True can only ask for more: in a `when` as written.
    case hinders

    /// What holds under a `not`.
    var flipped: Polarity { self == .helps ? .hinders : .helps }
}
