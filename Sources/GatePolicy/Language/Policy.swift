/// A policy that was read without a mistake; shared, for it is much to copy and only read.
public final class Policy: Sendable {
    /// The file it came from, as shown.
    public let file: String
    /// The SHA-256 of what was read, in hexadecimal: a verdict belongs to it.
    public let digest: String
    /// The gates, in the file's order.
    public let gates: [Gate]
    /// The parts, in the file's order.
    public let parts: [Part]
    /// What commands' other words stand for.
    public let aliases: [String: String]
    /// The blocker rule of the file, which holds the summary back.
    public let block: Block
    /// What a change of the policy itself needs.
    public let change: ChangeRule
    /// Files of the repository that it includes.
    public let included: [ExactText]
    /// Files of other repositories that are part of it, as diagnostics name them.
    public let foreign: [ExactText]
    /// Where those of its files are that are not read with the policy's own: in other repositories, or at another version.
    public let elsewhere: [PolicyFilePlace]
    /// Files of the repository, besides those at the policy paths, whose change is a change of this policy.
    public let watched: [ExactText]
    /// Whether a gate, a part or the rule for changing the policy asks for code owners.
    public let speaksOfCodeOwners: Bool
    /// Lists of gates of which nobody may fill places in two.
    public let distinct: [[String]]
    /// Doubts found when it was read.
    public let warnings: [Diagnostic]
    /// What evaluations use.
    let plan: Plan

    init(
        file: String, digest: String, gates: [Gate], parts: [Part], aliases: [String: String] = [:], block: Block,
        change: ChangeRule = .standard, included: [ExactText] = [], foreign: [ExactText] = [],
        elsewhere: [PolicyFilePlace] = [], distinct: [[String]] = [], warnings: [Diagnostic]
    ) {
        self.file = file
        self.digest = digest
        self.gates = gates
        self.parts = parts
        self.aliases = aliases
        self.block = block
        self.change = change
        self.included = included
        self.foreign = foreign
        self.elsewhere = elsewhere
        self.distinct = distinct
        self.warnings = warnings
        plan = Plan(
            gates: gates, parts: parts, aliases: aliases, distinct: distinct, change: change, block: block,
            people: Self.peopleInOrder(gates, parts, block, change))
        speaksOfCodeOwners = Self.speakOfCodeOwners(gates, parts, block, change)
        watched = included + (speaksOfCodeOwners ? CodeOwnersFile.paths.map { ExactText($0) } : [])
    }
}
