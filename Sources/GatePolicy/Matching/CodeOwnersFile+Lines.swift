extension CodeOwnersFile {
    /// A line that names owners, or tries to, as it is read where no pull request is looked at.
    public struct Line: Hashable, Sendable {
        /// The line, counted from 1.
        public var number: Int
        /// Its pattern as written.
        public var pattern: String
        /// Everybody it names that can be an owner.
        public var owners: [People]
        /// Why nobody knows all of its files or all of its owners; empty when it can be read.
        public var problems: [Unknown]
        /// Whether it owns every file; that of other patterns nobody tells by their text.
        public var ownsEverything: Bool
        /// Whether nobody knows which files it does not own.
        public var mayOwnAnything: Bool
        /// Who certainly owns what it owns; of a pattern that cannot be read nobody knows what that is.
        public var certainOwners: [People] { mayOwnAnything && !ownsEverything ? [] : owners }
    }

    /// Those of its lines that own a file, or may.
    public func lines(owning path: String) -> Known<[Line]> {
        let owning = Set(CodeOwners(self).ownership(of: [path]).matches.map(\.rule.line))
        return lines.map { $0.filter { owning.contains($0.number) } }
    }

    /// Patterns that match every path.
    private static let everything: Set<String> = [".*", "^.*", ".*$", "^.*$", ".+", "^.+", ".+$", "^.+$"]

    /// Its lines; unknown where it holds more than is read.
    public var lines: Known<[Line]> {
        let owners = CodeOwners(self)
        if let unknown = owners.overLimit { return .unknown(unknown) }
        return .known(
            owners.rules.map { rule in
                Line(
                    number: rule.line, pattern: rule.pattern, owners: rule.owners, problems: rule.problems,
                    ownsEverything: Self.everything.contains(rule.pattern),
                    mayOwnAnything: rule.expression == nil || Self.everything.contains(rule.pattern))
            })
    }
}
