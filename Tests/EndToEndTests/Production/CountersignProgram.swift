import AsyncHTTPClient
import Foundation
import GiteaSimulator
import NIOCore
import Subprocess
import SystemPackage
import Testing

/// The built program, run as its users run it.
final class CountersignProgram: Sendable {
    /// What a run that ended has printed.
    struct Ended {
        var exitStatus: Int32
        var output: String
        var talk: String
    }

    /// The program stands beside the tests.
    static let path: String = {
        var folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        for _ in 0..<4 {
            let candidate = folder.appending(path: "countersign").path
            if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
            folder = folder.deletingLastPathComponent()
        }
        return DocumentPlaces.root.appending(path: ".build/debug/countersign").path
    }()

    /// Runs `countersign` to its end.
    static func run(
        _ arguments: [String], environment: [String: String], in folder: String? = nil
    ) async throws -> Ended {
        try await run(path, arguments, environment: environment, in: folder)
    }

    /// Runs any program to its end.
    static func run(
        _ program: String, _ arguments: [String], environment: [String: String], in folder: String? = nil,
        input: String = ""
    ) async throws -> Ended {
        // Foundation's `Process` waits for a program's children, too, and reads past the end of a folder's listing
        // where more than a thousand files are open.
        let record = try await Subprocess.run(
            .path(FilePath(program)), arguments: Arguments(arguments),
            environment: .custom(environment.keyed), workingDirectory: folder.map { FilePath($0) },
            input: .string(input), output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20))
        guard case .exited(let code) = record.terminationStatus else {
            throw Unheard(description: "\(program) ended by \(record.terminationStatus)")
        }
        return Ended(exitStatus: Int32(code), output: record.standardOutput, talk: record.standardError)
    }
}

/// Where the repository's own files are.
enum DocumentPlaces {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }
}
