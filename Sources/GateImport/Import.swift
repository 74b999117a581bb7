/// Turns the policies of other gates into a policy of this one.
///
/// Everything either becomes an equivalent or is named in a notice; nothing becomes weaker in silence. The functions
/// are pure, never trap, and write nothing when there is an error.
public enum Import {
    /// The largest text that is read.
    public static let bytesLimit = 256 * 1024

    /// Imports policy-bot's `.policy.yml`.
    ///
    /// - Parameters:
    ///   - text: what the file holds
    ///   - file: the name that the policy's first line gives it
    public static func policyBot(_ text: String, file: String) -> ImportResult {
        var log = ImportLog()
        guard let root = SourceLoader.load(text, log: &log, what: "a policy of policy-bot", mergesMaps: true) else {
            return ImportResult(policy: nil, log: log)
        }
        var reader = PolicyBotReader(log: log)
        let document = reader.read(root)
        log = reader.log
        guard let document, !log.hasErrors else { return ImportResult(policy: nil, log: log) }
        let draft = PolicyBotTranslator.translate(document, file: file, log: &log)
        return ImportResult(policy: log.hasErrors ? nil : draft?.text(log: &log), log: log)
    }

    /// Imports a home-made checklist gate: `items`, `n/a_gates`, `high_risk_labels`, `tier_failure_mode`.
    ///
    /// - Parameters:
    ///   - text: what the file holds
    ///   - file: the name that the policy's first line gives it
    public static func checklist(_ text: String, file: String) -> ImportResult {
        var log = ImportLog()
        guard let root = SourceLoader.load(text, log: &log, what: "a checklist") else {
            return ImportResult(policy: nil, log: log)
        }
        var reader = ChecklistReader(log: log)
        let checklist = reader.read(root)
        log = reader.log
        guard let checklist, !log.hasErrors else { return ImportResult(policy: nil, log: log) }
        var writer = ChecklistWriter(log: log)
        let draft = writer.draft(checklist, file: file)
        log = writer.log
        return ImportResult(policy: log.hasErrors ? nil : draft.text(log: &log), log: log)
    }

    /// Imports a home-made tier gate: lines `label: EXPR`, where a comma is or, `AND` is and, and a trailing `???`
    /// marks a team that does not exist yet.
    ///
    /// - Parameters:
    ///   - text: what the file holds
    ///   - file: the name that the policy's first line gives it
    ///   - official: whether the gate counted only reviews with the forge's `official` flag
    public static func tiers(_ text: String, file: String, official: Bool = false) -> ImportResult {
        var log = ImportLog()
        guard text.utf8.count <= bytesLimit else {
            log.error(key: "file", "the file is longer than \(bytesLimit / 1024) KiB", line: 1)
            return ImportResult(policy: nil, log: log)
        }
        var reader = TierReader(log: log)
        let tiers = reader.read(text)
        log = reader.log
        guard !log.hasErrors else { return ImportResult(policy: nil, log: log) }
        let draft = TierWriter(official: official).draft(tiers, file: file, log: &log)
        return ImportResult(policy: log.hasErrors ? nil : draft.text(log: &log), log: log)
    }
}
