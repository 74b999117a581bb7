import GatePolicy

extension Refiring {
    /// What a run came to.
    public struct Report: Sendable {
        /// Every pull request that was taken.
        public var turned: [Turned] = []
        /// What could not be looked at.
        public var unread: [Unread] = []

        /// What a run came to.
        public init(turned: [Turned] = [], unread: [Unread] = []) {
            self.turned = turned
            self.unread = unread
        }

        /// Whether everything was known and posted.
        public var isDecided: Bool { unread.isEmpty && turned.allSatisfy(\.isDecided) }

        /// The summary for people.
        public var text: String {
            var counts: [String: Int] = [:]
            for item in turned {
                counts[item.change, default: 0] += 1
            }
            var text = turned.map { "\($0.line)\n" }.joined()
            for (change, count) in counts.sorted(by: { $0.key < $1.key }) { text += "\(count) \(change)\n" }
            if turned.isEmpty, unread.isEmpty { text += "no open pull request waits for it\n" }
            for item in unread { text += "NOT LOOKED AT \(item.name): \(item.reason)\n" }
            return text
        }
    }
}
