import ArgumentParser
import Foundation
import GateDoctor
import Testing

@testable import CountersignCLI

/// What a command was given is given to those that it prints, from whatever folder they are run.
@Suite struct InvocationTests {
    private static let options = [
        "--settings", "settings.yml", "--forge", "https://f/x", "--token-file", "-", "--directory-token-file",
        "/run/a b",
    ]

    private func invocation(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Invocation {
        try ConnectionOptions.parse(arguments).invocation(Desk(environment: environment).context)
    }

    @Test func everyOption() throws {
        #expect(
            try invocation(Self.options)
                == Invocation(
                    options: ["--settings", "\(FileManager.default.currentDirectoryPath)/settings.yml"],
                    forgeOptions: [
                        "--forge", "https://f/x", "--token-file", "FILE", "--directory-token-file", "/run/a b",
                    ]
                ))
        #expect(try invocation([]) == Invocation())
    }

    /// Whoever let `sudo` run one command pastes the next into a shell of his own.
    @Test(arguments: [("/usr/local/bin/countersign doctor acme", true), ("/bin/bash", false), ("", false)])
    func underSudo(command: String, isOwn: Bool) throws {
        let given = try invocation([], ["SUDO_COMMAND": command, "USER": "gate"])
        #expect(given.before == (isOwn ? ["sudo", "-u", "gate"] : []))
    }

    /// The commands that cures print take these options.
    @Test func theyAreTaken() throws {
        let given = try invocation(Self.options)
        let all = given.options + given.forgeOptions
        _ = try Refire.parse(["acme", "--all"] + all)
        _ = try Explain.parse(["acme/widget#1"] + all)
        _ = try Provision.parse(["acme", "--administrator", "ADMIN", "--yes"] + all)
        _ = try Doctor.parse(["acme/widget"] + all)
        _ = try Forget.parse(["acme/widget#1"] + given.options)
    }
}
