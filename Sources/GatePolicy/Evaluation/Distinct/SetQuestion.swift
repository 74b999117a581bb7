/// Whether somebody is in a set, as one of several questions about him.
struct SetQuestion {
    /// The bit of its answer.
    var bit: Int
    var people: People
    /// Whether more people in the set could hold a gate back.
    var negative: Bool
}
