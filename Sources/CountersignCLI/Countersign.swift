import ArgumentParser

/// `countersign`: the command and what it ends with.
public struct Countersign: AsyncParsableCommand {
    /// The commands.
    public static let configuration = CommandConfiguration(
        commandName: "countersign",
        abstract: "A review gate for Gitea and Forgejo.", version: Version.current,
        subcommands: [
            Check.self, Serve.self, Doctor.self, Provision.self, Refire.self, Status.self, Reload.self, Backup.self,
            Forget.self, Confirm.self,
            Explain.self, Simulate.self, WriteFacts.self, Backtest.self, Validate.self, TestPolicies.self,
            FormatPolicy.self, PrintSchema.self, ImportPolicy.self,
        ])

    /// The names of all commands.
    static var commandNames: [String] {
        configuration.subcommands.map { $0.configuration.commandName ?? $0._commandName }
    }

    /// The command line.
    public init() {}

    /// Runs a command line to its end.
    /// - Returns: the exit status; our own failures are 70, never 1.
    public static func run(_ arguments: [String]?, _ context: CommandContext = .process) async -> Int32 {
        let status: Int32
        do {
            status = await run(try parseAsRoot(arguments), context)
        } catch {
            status = end(error, context)
        }
        guard let reason = context.unwritten() else { return status }
        context.talk("countersign: the standard output cannot be written: \(reason)")
        return ExitStatus.failure.rawValue
    }

    /// Runs a command to its end.
    static func run(_ command: any ParsableCommand, _ context: CommandContext) async -> Int32 {
        do {
            if let command = command as? any ContextCommand {
                try await command.run(context)
            } else {
                var command = command
                try command.run()
            }
            return ExitStatus.passed.rawValue
        } catch {
            return end(error, context)
        }
    }

    private static func end(_ error: any Error, _ context: CommandContext) -> Int32 {
        if let code = error as? ExitCode { return code.rawValue }
        if let error = error as? SettingsError {
            for one in error.parts.isEmpty ? [error] : error.parts { context.talk("countersign: \(one)") }
            return ExitStatus.usage.rawValue
        }
        let code = exitCode(for: error)
        let text = fullMessage(for: error)
        switch code {
        case .success:
            context.output(text + "\n")
            return code.rawValue
        case .validationFailure:
            context.talk(text)
            return ExitStatus.usage.rawValue
        default:
            context.talk("countersign: this should not have happened: \(text)")
            return ExitStatus.failure.rawValue
        }
    }
}
