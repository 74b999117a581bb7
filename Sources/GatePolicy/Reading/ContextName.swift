/// The name of a status, in which `{base}` stands for a branch.
struct ContextName: Sendable {
    let text: String
    /// What stands before the first `{base}` and after the last; nil where there is none.
    private let around: (before: String, after: String)?

    init(_ text: String) {
        self.text = text
        let pieces = text.split(separator: "{base}", omittingEmptySubsequences: false)
        if let first = pieces.first, let last = pieces.last, pieces.count > 1 {
            around = (String(first), String(last))
        } else {
            around = nil
        }
    }

    /// Whether it begins as the contexts that the program itself gives, for this base or another.
    var isOwn: Bool { text.hasPrefix("countersign:") || text.hasPrefix("countersign/") }

    /// Whether some branches make both the same.
    func canEqual(_ other: ContextName) -> Bool {
        switch (around, other.around) {
        case (nil, nil): text == other.text
        case (nil, let around?): Self.fits(text, around)
        case (let around?, nil): Self.fits(other.text, around)
        case (_?, _?): text == other.text
        }
    }

    private static func fits(_ text: String, _ around: (before: String, after: String)) -> Bool {
        text.hasPrefix(around.before) && text.hasSuffix(around.after)
            && text.utf8.count > around.before.utf8.count + around.after.utf8.count
    }
}
