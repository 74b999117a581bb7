/// On which line each of some things stands first.
struct FirstLines<Thing: Hashable> {
    private var lines: [Thing: Int] = [:]

    /// The line of an equal thing that was noted before; else this one is noted.
    mutating func note(_ thing: Thing, line: Int) -> Int? {
        if let first = lines[thing] { return first }
        lines[thing] = line
        return nil
    }
}
