/// Collects notices; each is told once.
struct ImportLog {
    private(set) var notices: [ImportNotice] = []
    private var seen: Set<ImportNotice> = []
    private(set) var hasErrors = false

    /// Errors and notes that are told, the rest is counted; a policy is never written without all of its warnings.
    static let limit = 200

    /// Tells something, once.
    mutating func add(_ notice: ImportNotice) {
        guard seen.insert(notice).inserted else { return }
        if notice.severity == .error { hasErrors = true }
        notices.append(notice)
    }

    /// There is no safe form.
    mutating func error(_ rule: String? = nil, key: String, _ message: String, hint: String? = nil, line: Int?) {
        add(.init(severity: .error, rule: rule, key: key, message: message, hint: hint, line: line))
    }

    /// It means something else.
    mutating func warning(_ rule: String? = nil, key: String, _ message: String, hint: String? = nil, line: Int?) {
        add(.init(severity: .warning, rule: rule, key: key, message: message, hint: hint, line: line))
    }

    /// It is the same or stricter.
    mutating func note(_ rule: String? = nil, key: String, _ message: String, hint: String? = nil, line: Int?) {
        add(.init(severity: .note, rule: rule, key: key, message: message, hint: hint, line: line))
    }

    /// Keys of which the same is told once for all rules.
    private static let shared: Set = [
        "request_review", "ignore_edited_comments", "has_status", "has_successful_status", "has_workflow_result",
        "file_not_deleted", "file_deleted", "file_not_added", "file_added",
    ]

    /// With what is the same for several rules told where it stands first.
    private var gathered: [ImportNotice] {
        var counts: [ImportNotice: Int] = [:]
        func bare(_ notice: ImportNotice) -> ImportNotice {
            var bare = notice
            (bare.rule, bare.line) = (nil, nil)
            return bare
        }
        for notice in notices where Self.shared.contains(notice.key) { counts[bare(notice), default: 0] += 1 }
        var told: Set<ImportNotice> = []
        return notices.compactMap { notice in
            guard let count = counts[bare(notice)], count > 1 else { return notice }
            guard told.insert(bare(notice)).inserted else { return nil }
            var first = notice
            first.message += " (in \(count) places, first here)"
            return first
        }
    }

    /// Takes back what was told of a rule that is left out, but for errors, its name and why it never applies.
    mutating func forget(_ rule: String) {
        notices.removeAll { $0.rule == rule && $0.severity != .error && !["name", "conclusions"].contains($0.key) }
        seen = Set(notices)
    }

    /// In the file's order; notes give way to warnings, and warnings are never cut.
    var ordered: [ImportNotice] {
        let order = gathered.enumerated().sorted {
            ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset)
        }
        let all = order.map(\.element)
        guard all.count > Self.limit else { return all }
        var kept = Set(all.filter { $0.severity == .error }.prefix(Self.limit))
        kept.formUnion(all.filter { $0.severity == .warning })
        kept.formUnion(all.filter { $0.severity == .note }.prefix(max(0, Self.limit - kept.count)))
        let left = all.count - kept.count
        if left == 0 { return all }
        return all.filter(kept.contains) + [
            ImportNotice(
                severity: hasErrors ? .error : .note, key: "file", message: "\(left) more findings are not shown",
                hint: hasErrors ? "mend these first" : "they are notes: what is decided is the same or stricter")
        ]
    }
}
