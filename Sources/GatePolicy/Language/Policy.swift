/// A policy that was read without a mistake.
public struct Policy: Sendable {
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
    /// Doubts found when it was read.
    public let warnings: [Diagnostic]
    /// What evaluations use.
    let plan: Plan

    init(
        file: String, digest: String, gates: [Gate], parts: [Part], aliases: [String: String] = [:], block: Block,
        warnings: [Diagnostic]
    ) {
        self.file = file
        self.digest = digest
        self.gates = gates
        self.parts = parts
        self.aliases = aliases
        self.block = block
        self.warnings = warnings
        plan = Plan(
            gates: gates, parts: parts, aliases: aliases, people: Self.peopleInOrder(gates, parts, block))
    }
}
