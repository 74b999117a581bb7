/// Whether the head has something else than the base branch at the paths that a policy is made of.
///
/// Where both have the same, no merge of the two can change it; where they differ, the effective change tells whether the
/// pull request did that, or is only behind.
public struct WatchedFiles: Hashable, Sendable, Codable {
    /// Paths where both have the same, by mode and object id.
    @Listed public var same: Set<ExactText>
    /// Paths where they differ, or where one has nothing.
    @Listed public var different: Set<ExactText>

    /// Paths that were compared.
    public init(same: Set<ExactText>, different: Set<ExactText> = []) {
        self.same = same
        self.different = different
    }
}

extension EffectiveChange {
    /// Whether it changes what stands at a path: the file itself, what is below it, or a directory above it.
    public func touches(_ path: ExactText) -> Bool {
        let path = path.description
        return entries.contains { entry in
            entry.path.isExactly(path) || Self.isAbove(path, entry.path) || Self.isAbove(entry.path, path)
        }
    }

    private static func isAbove(_ directory: String, _ path: String) -> Bool {
        path.utf8.starts(with: (directory + "/").utf8)
    }
}
