import GiteaSimulator
import Foundation
import Subprocess
import SystemPackage

/// `countersign check` as a person would run it.
struct CheckCommand: Sendable {
    struct Result: Sendable {
        var exitStatus: Int
        var output: String
        /// State and description of the summary.
        var state = "–"
        var text = "nothing posted"
    }

    let program: String
    let story: DemoStory

    func run(_ number: Int, directoryToken: String?, format: String = "json") async throws -> Result {
        let record = try await Subprocess.run(
            .path(FilePath(program)),
            arguments: Arguments(["check", "\(story.repository)#\(number)", "--format", format]),
            environment: .custom([
                "COUNTERSIGN_FORGE_URL": story.forge.baseAddress, "COUNTERSIGN_FORGE_TOKEN": story.gate.token,
                "COUNTERSIGN_FORGE_DIRECTORY_TOKEN": directoryToken ?? story.directoryToken,
                "COUNTERSIGN_ORGANIZATION_POLICY": "none",
            ]),
            output: .string(limit: 1024 * 1024), error: .string(limit: 1024 * 1024))
        var status = 70
        if case .exited(let code) = record.terminationStatus { status = Int(code) }
        var result = Result(exitStatus: status, output: record.standardOutput)
        let talk = record.standardError
        if !talk.isEmpty { FileHandle.standardError.write(Data(talk.utf8)) }
        let summary = JSON(parsing: Data(result.output.utf8))?["statuses"]?.array?.last
        if let state = summary?["state"]?.string { result.state = state }
        if let text = summary?["description"]?.string { result.text = text }
        return result
    }
}
