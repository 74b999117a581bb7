/// Why a line that looks like a command cannot be carried out.
public enum Misunderstanding: Hashable, Sendable, Codable {
    /// The command needs a gate or an item.
    case noTarget(word: String)
    /// No gate or item has this name or number.
    case unknownTarget(String, suggestion: String?)
    /// The name is an item's, where a gate's is due.
    case notAGate(item: String)
    /// The name is a gate's, where an item's is due.
    case notAnItem(gate: String)
    /// Written like this, several names are meant.
    case ambiguous([String])
    /// Only one gate can be waived by one command.
    case severalGates
    /// Items stand side by side without commas.
    case missingCommas(suggestion: String)
    /// What follows the `@` is too short, or too long, to name a commit safely.
    case badHead(String)
    /// Markdown makes the line a part of the quote above it.
    case partOfQuote
    /// The comment holds more commands than are read of one.
    case tooMany(limit: Int)

    /// What is wrong and what to write instead.
    public var wording: String {
        switch self {
        case .noTarget(let word): "`/\(word)` needs the name of what it is about"
        case .unknownTarget(let name, let suggestion):
            "there is no `\(name)` here" + (suggestion.map { ": did you mean `\($0)`?" } ?? "")
        case .notAGate(let item): "`\(item)` is an item of the checklist, not a gate: write `/ack \(item)`"
        case .notAnItem(let gate): "`\(gate)` is a gate, not an item of the checklist: write `/waive \(gate) REASON`"
        case .ambiguous(let names):
            "this could mean \(names.map { "`\($0)`" }.joined(separator: " or ")): write the name as the policy does"
        case .severalGates: "`/waive` takes one gate: write a line for each, with its reason"
        case .missingCommas(let suggestion): "items are separated by commas: write `\(suggestion)`"
        case .badHead(let digits): "`@\(digits)` names no commit: write all of its digits, or at least 20"
        case .tooMany(let limit):
            "the comment holds more than \(limit) commands, so that none of them was read: write several comments"
        case .partOfQuote: "it reads as a part of the quote above it: leave an empty line before it"
        }
    }
}
