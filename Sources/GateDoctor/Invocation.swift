/// What a command line was given, so that a command which it prints can be pasted where it was run.
public struct Invocation: Hashable, Sendable {
    /// Words before the program's name: whose right it has.
    public var before: [String]
    /// Options of every command.
    public var options: [String]
    /// Options of the commands that talk to the forge.
    public var forgeOptions: [String]

    /// An invocation; one without anything leaves commands as they are.
    public init(before: [String] = [], options: [String] = [], forgeOptions: [String] = []) {
        self.before = before
        self.options = options
        self.forgeOptions = forgeOptions
    }

    /// Takes away the address that turned out to be wrong; somebody has to write another one.
    mutating func forgetAddress() {
        guard let option = forgeOptions.firstIndex(of: "--forge") else { return }
        forgeOptions[option + 1] = "URL"
    }

    /// A command as a line for a shell.
    func line(_ command: String, needsForge: Bool = true) -> String {
        let after = options + (needsForge ? forgeOptions : [])
        return (before.map(ForgeRequest.quoted) + [command] + after.map(ForgeRequest.quoted)).joined(separator: " ")
    }
}
