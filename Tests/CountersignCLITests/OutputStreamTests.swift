import Foundation
import Testing

/// What becomes of a command whose output cannot be written.
@Suite struct OutputStreamTests {
    /// What a line for the shell tells on the standard error.
    private func told(_ line: String) throws -> String {
        let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: "countersign")
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", line, program.path]
        let pipe = Pipe()
        process.standardError = pipe
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let told = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: told, as: UTF8.self)
    }

    @Test func aFullDiskIsOurOwnFailure() throws {
        let told = try told(#""$0" schema > /dev/full; echo $? >&2"#)
        #expect(told == "countersign: the standard output cannot be written: No space left on device\n70\n")
    }

    @Test func aClosedStreamIsOurOwnFailure() throws {
        let told = try told(#""$0" schema >&-; echo $? >&2"#)
        #expect(told == "countersign: the standard output cannot be written: Bad file descriptor\n70\n")
    }

    /// Who reads only the beginning is no mistake.
    @Test func aReaderThatGoesIsNotTold() throws {
        #expect(try told(#"(sleep 0.2; "$0" schema; echo $? >&2) | true"#) == "0\n")
    }
}
