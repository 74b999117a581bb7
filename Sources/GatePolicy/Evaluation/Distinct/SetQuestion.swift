/// Whether somebody is in a set, as one of several questions about him.
struct SetQuestion {
    /// The bits of its answer: of all counts that ask for this set.
    var bits: UInt64
    var people: People
    /// Whether more people in the set could hold a gate back.
    var negative: Bool
}
