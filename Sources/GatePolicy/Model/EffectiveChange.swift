/// What a head changes against its own merge base, by object ids and never by text.
public struct EffectiveChange: Hashable, Sendable {
    /// One path that differs.
    public struct Entry: Hashable, Sendable, Codable {
        /// The path.
        public var path: String
        /// `mode blob` at the merge base; nil when the path is not there.
        public var before: String?
        /// `mode blob` at the head; nil when the path is not there.
        public var after: String?

        /// A path that differs.
        public init(path: String, before: String?, after: String?) {
            self.path = path
            self.before = before
            self.after = after
        }

        /// Two paths are one only as the same bytes.
        public static func == (left: Entry, right: Entry) -> Bool {
            left.path.isExactly(right.path) && left.before == right.before && left.after == right.after
        }

        /// Hashes the path's bytes and what is there.
        public func hash(into hasher: inout Hasher) {
            hasher.combine(ExactText(path))
            hasher.combine(before)
            hasher.combine(after)
        }
    }

    /// The paths that differ.
    public var entries: Set<Entry>

    /// A change.
    public init(entries: Set<Entry>) {
        self.entries = entries
    }

    /// Which head against which base branch.
    public struct Key: Hashable, Comparable, Sendable, Codable {
        /// The head.
        public var commit: CommitID
        /// The base branch whose merge base with the head is meant.
        public var baseBranch: String

        /// A head against a base branch.
        public init(commit: CommitID, baseBranch: String) {
            self.commit = commit
            self.baseBranch = baseBranch
        }

        /// By commit, then by the branch's bytes.
        public static func < (left: Key, right: Key) -> Bool {
            (left.commit.text, ExactText(left.baseBranch)) < (right.commit.text, ExactText(right.baseBranch))
        }

        /// Two branches are one only as the same bytes.
        public static func == (left: Key, right: Key) -> Bool {
            left.commit == right.commit && left.baseBranch.isExactly(right.baseBranch)
        }

        /// Hashes the commit and the branch's bytes.
        public func hash(into hasher: inout Hasher) {
            hasher.combine(commit)
            hasher.combine(ExactText(baseBranch))
        }
    }
}

extension EffectiveChange: Codable {
    /// Reads the paths that differ; one that comes twice is refused.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let list = try container.decode([Entry].self)
        entries = Set(list)
        guard Set(list.map { ExactText($0.path) }).count == list.count else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a path comes twice")
        }
    }

    /// Writes the paths that differ, in their order.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(entries.sorted { ExactText($0.path) < ExactText($1.path) })
    }
}
