import AsyncHTTPClient
import Foundation
import GiteaSimulator
import NIOCore
import NIOPosix
import Synchronization
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

    /// Runs any program to its end.
    static func run(
        _ program: String = path, _ arguments: [String], environment: [String: String], in folder: String? = nil,
        input: String = ""
    ) async throws -> Ended {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = environment
        if let folder { process.currentDirectoryURL = URL(filePath: folder) }
        let (output, talk, typed) = (Pipe(), Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = talk
        process.standardInput = typed
        try process.run()
        typed.fileHandleForWriting.write(Data(input.utf8))
        try typed.fileHandleForWriting.close()
        async let said = text(output)
        async let told = text(talk)
        let (first, second) = await (said, told)
        process.waitUntilExit()
        return Ended(exitStatus: process.terminationStatus, output: first, talk: second)
    }

    private static func text(_ pipe: Pipe) async -> String {
        await withCheckedContinuation { continuation in
            // Reading blocks: not on a thread of the tests'.
            Thread.detachNewThread {
                let data = (try? pipe.fileHandleForReading.readToEnd()) ?? Data()
                continuation.resume(returning: String(decoding: data, as: UTF8.self))
            }
        }
    }

    /// A port of this machine that nobody listens on.
    static func freePort() async throws -> Int {
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = channel.localAddress?.port ?? 0
        try await channel.close()
        return port
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
