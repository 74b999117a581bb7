/// What an item of a checklist came to.
public struct ItemVerdict: Hashable, Sendable, Codable {
    /// The ways it can end.
    public enum State: String, Hashable, Sendable, Codable {
        case met, open, unknown
        /// Its `when` is false.
        case notNeeded = "not-needed"

        init(_ truth: Truth) {
            switch truth {
            case .yes: self = .met
            case .no: self = .open
            case .unknown: self = .unknown
            }
        }
    }

    /// The item's name.
    public var name: String
    /// Its number, when it has one.
    public var number: Int?
    /// What the description must answer; nil for nothing.
    public var ask: String?
    /// What it came to.
    public var state = State.open
    /// What the description answers; nil where nothing is asked.
    public var answer: Answer?
    /// Every acknowledgement and its fate, in the order of their comments.
    public var acknowledgements: [AcknowledgementFate] = []
    /// Whether it is known that the answer is still the one that was acknowledged.
    public var isRemembered = true
}

/// Which answer stood in the description when an acknowledgement was first seen: a service keeps it.
public struct AnswerSighting: Hashable, Comparable, Sendable, Codable {
    /// The comment that acknowledges.
    public var comment: Int64
    /// The item's name.
    public var item: String
    /// The digest of the answer; empty where there was none.
    public var digest: String

    /// A sighting.
    public init(comment: Int64, item: String, digest: String) {
        self.comment = comment
        self.item = item
        self.digest = digest
    }

    /// By comment, then by item.
    public static func < (left: AnswerSighting, right: AnswerSighting) -> Bool {
        (left.comment, left.item, left.digest) < (right.comment, right.item, right.digest)
    }
}

extension Verdict {
    /// The answers that the acknowledgements of this verdict are given for; the first of each comment is to be kept.
    public var answerSightings: [AnswerSighting] {
        var found: Set<AnswerSighting> = []
        for item in gates.flatMap(\.items) {
            guard let digest = item.answer?.digest else { continue }
            for word in item.acknowledgements {
                let comment = word.acknowledgement.comment
                found.insert(AnswerSighting(comment: comment, item: item.name, digest: digest))
            }
        }
        return found.sorted()
    }
}

extension Answer {
    /// What is compared with what was seen; empty where nothing is answered, nil where that is not known.
    var digest: String? {
        switch self {
        case .given(let digest): digest
        case .notAsked, .empty, .template: ""
        case .unknown: nil
        }
    }
}
