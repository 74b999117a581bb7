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
    /// The blocker rule of the file, which holds the summary back.
    public let block: Block
    /// Lists of gates of which nobody may fill places in two.
    public let distinct: [[String]]
    /// Doubts found when it was read.
    public let warnings: [Diagnostic]
    /// What evaluations use.
    let plan: Plan

    init(
        file: String, digest: String, gates: [Gate], parts: [Part], block: Block, distinct: [[String]],
        warnings: [Diagnostic]
    ) {
        self.file = file
        self.digest = digest
        self.gates = gates
        self.parts = parts
        self.block = block
        self.distinct = distinct
        self.warnings = warnings
        plan = Plan(
            gates: gates, parts: parts, distinct: distinct, people: Self.peopleInOrder(gates, parts, block))
    }
}
