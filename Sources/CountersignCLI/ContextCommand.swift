import ArgumentParser

/// A command that touches nothing but what its context gives it.
protocol ContextCommand: AsyncParsableCommand {
    func run(_ context: CommandContext) async throws
}

extension ContextCommand {
    mutating func run() async throws { try await run(.process) }
}
