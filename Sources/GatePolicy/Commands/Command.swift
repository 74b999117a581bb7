/// What a command is about; gates and items share one name space.
public enum CommandTarget: Hashable, Comparable, Sendable, Codable {
    /// A gate, by its name.
    case gate(String)
    /// An item of the checklist, by its name.
    case item(String)

    /// The name as the policy writes it.
    public var name: String {
        switch self {
        case .gate(let name), .item(let name): name
        }
    }
}

/// One command of a comment; a line that names several targets is several commands.
public struct Command: Hashable, Sendable, Codable {
    /// What is asked for.
    public enum Action: Hashable, Sendable, Codable {
        /// Look again, at one gate or at all.
        case recheck(gate: String?)
        /// Let a gate go unmet, for the present head or for the one whose digits are named.
        case waive(gate: String, head: String?, reason: String)
        /// An item is done, at the present head or at the one whose digits are named.
        case acknowledge(item: String, head: String?, note: String)
        /// Take back what one gave.
        case revoke(CommandTarget, reason: String)
        /// Say why, of one gate or of all.
        case why(gate: String?)
        /// It looks like a command and cannot be carried out.
        case notUnderstood(Misunderstanding)
    }

    /// The line of the comment it stands in, from 1.
    public var line: Int
    /// What is asked for.
    public var action: Action

    /// A command.
    public init(line: Int, action: Action) {
        self.line = line
        self.action = action
    }
}
