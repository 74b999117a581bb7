import GatePolicy

/// Whether it may merge: the one answer that everybody who opens the page wants.
enum MergeAnswer: String, Sendable, Codable {
    case yes, no, unknown, merged, closed
    case notYet = "not-yet"
    case notGated = "not-gated"
    case wentAround = "went-around"
    case unread

    init(_ view: PullView) {
        switch view.state {
        case .merged: self = view.wentAround ? .wentAround : .merged
        case .closed: self = .closed
        case .open:
            switch view.finding {
            case .unmanaged: self = .notGated
            case .unread: self = .unread
            case .broken, .undecided: self = .unknown
            case .verdict(let verdict):
                switch verdict.summary.outcome {
                case .rejected: self = .no
                case .undecided: self = .unknown
                case .waiting: self = Self(shown: view.summary) == .no ? .no : .notYet
                case .approved, .waived, .notNeeded, .off:
                    let isHeld = view.isDraft || view.isOutdated || view.holder != nil
                    // What was posted without the store is not remembered, and what could not be looked at may have changed.
                    let isBlind = view.isStalled || view.problem != nil
                    self = isBlind ? .unknown : isHeld ? .notYet : Self(shown: view.summary)
                }
            }
        }
    }

    /// The forge lets it through by what it shows, not by what was decided.
    private init(shown summary: PullView.Summary?) {
        switch summary?.state {
        case .success, .warning: self = summary?.stands == true ? .yes : .notYet
        case .error, .failure: self = .no
        case .pending, nil: self = .notYet
        }
    }

    /// The answer in a word or two.
    var word: String {
        switch self {
        case .yes: "Yes"
        case .no: "No"
        case .notYet: "Not yet"
        case .unknown: "That cannot be told"
        case .merged: "It is merged"
        case .wentAround: "It was merged around the gates"
        case .closed: "It is closed"
        case .notGated: "Countersign does not gate it"
        case .unread: "It has not been looked at yet"
        }
    }

    /// A mark that reads without colours.
    var sign: String {
        switch self {
        case .yes, .merged: "✓"
        case .no, .wentAround: "✗"
        case .notYet, .unread: "…"
        case .unknown: "?"
        case .closed, .notGated: "–"
        }
    }

    /// The style's class.
    var style: String {
        switch self {
        case .yes, .merged: "good"
        case .no, .wentAround: "bad"
        case .notYet, .unread: "wait"
        case .unknown: "doubt"
        case .closed, .notGated: "quiet"
        }
    }
}

extension Outcome {
    /// The style's class.
    var style: String {
        switch self {
        case .approved, .waived: "good"
        case .rejected: "bad"
        case .waiting: "wait"
        case .undecided: "doubt"
        case .notNeeded, .off: "quiet"
        }
    }
}
