/// Collects notices; each is told once.
struct ImportLog {
    private(set) var notices: [ImportNotice] = []
    private var seen: Set<ImportNotice> = []
    private(set) var hasErrors = false

    /// Notices that are told; the rest is counted.
    static let limit = 200

    private mutating func add(_ notice: ImportNotice) {
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

    /// In the file's order, errors never pushed out by others.
    var ordered: [ImportNotice] {
        let order = notices.enumerated().sorted {
            ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset)
        }
        let all = order.map(\.element)
        guard all.count > Self.limit else { return all }
        let errors = all.filter { $0.severity == .error }.prefix(Self.limit)
        var kept = Set(errors)
        kept.formUnion(all.filter { $0.severity != .error }.prefix(Self.limit - errors.count))
        let left = all.count - kept.count
        return all.filter(kept.contains) + [
            ImportNotice(
                severity: hasErrors ? .error : .warning, key: "file", message: "\(left) more findings are not shown",
                hint: "mend these first")
        ]
    }
}
