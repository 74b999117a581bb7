import ArgumentParser

/// `countersign`: the command and what it ends with.
public struct Countersign: AsyncParsableCommand {
    /// The commands.
    public static let configuration = CommandConfiguration(
        commandName: "countersign",
        abstract: "A review gate for Gitea and Forgejo.", version: Version.current,
        subcommands: [Check.self, Validate.self])

    /// The command line.
    public init() {}

    /// Runs a command line to its end.
    /// - Returns: the exit status; our own failures are 70, never 1.
    public static func run(_ arguments: [String]?) async -> Int32 {
        do {
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return ExitStatus.passed.rawValue
        } catch let code as ExitCode {
            return code.rawValue
        } catch {
            let code = exitCode(for: error)
            let text = fullMessage(for: error)
            if code == .success {
                CommandContext.process.output(text + "\n")
                return code.rawValue
            }
            CommandContext.process.talk(text)
            return code == .validationFailure ? ExitStatus.usage.rawValue : ExitStatus.failure.rawValue
        }
    }
}
