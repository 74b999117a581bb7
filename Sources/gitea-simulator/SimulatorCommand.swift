import ArgumentParser
import Foundation
import GiteaSimulator

/// `gitea-simulator`: the forge that the demo and people who want to try things out need.
@main
struct SimulatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gitea-simulator",
        abstract: "A small Gitea in memory, for trying Countersign out. Never for real work.",
        subcommands: [Demo.self, Serve.self, Calls.self, DoctorCalls.self])
}

/// Listens until it is stopped.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Listen until stopped, with one administrator.")

    @Option(help: "The port on 127.0.0.1.")
    var port = 3000

    @Option(help: "The version of Gitea to behave like.")
    var version = "1.22.0"

    func run() async throws {
        var options = GiteaSimulator.Options()
        options.port = port
        options.version = ServerVersion(version)
        options.deliversWebhooks = true
        let (login, token) = (options.adminLogin, options.adminToken)
        try await GiteaSimulator.run(options) { simulator in
            // Written at once: nobody waits here for a buffer to fill.
            let greeting =
                "a simulated Gitea \(version) listens on \(simulator.baseAddress)\n"
                + "administrator: \(login), token \(token)\n"
            FileHandle.standardOutput.write(Data(greeting.utf8))
            let (never, _) = AsyncStream<Void>.makeStream()
            for await _ in never {}
        }
    }
}
