import Foundation
import Testing

@testable import CountersignCLI

/// Files with secrets: their owner's alone, and whole.
@Suite struct PrivateFileTests {
    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "private-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func onlyTheOwnerReads() throws {
        try inFolder { folder in
            try PrivateFile.write("\(folder)/a/token", "one\n")
            #expect(try mode("\(folder)/a/token") == 0o600)
            #expect(try mode("\(folder)/a") == 0o700)
        }
    }

    /// One file has one real path, by whatever names and links; one that is not there has one for all spellings.
    @Test func realPaths() throws {
        try inFolder { folder in
            try PrivateFile.write("\(folder)/a/token", "one\n")
            let manager = FileManager.default
            try manager.createSymbolicLink(atPath: "\(folder)/link", withDestinationPath: "a/token")
            try manager.createSymbolicLink(atPath: "\(folder)/b", withDestinationPath: "a")
            let names = ["a/token", "./a/token", "a/../a//token", "link", "b/token"].map { "\(folder)/\($0)" }
            #expect(Set(names.map(\.realPath)).count == 1)
            #expect("\(folder)/a/other".realPath != names[0].realPath)
            #expect("none".realPath == "./none".realPath)
            #expect("none".realPath == "\(manager.currentDirectoryPath)/none".realPath)
        }
    }

    /// A file that was there and open to others is replaced by one that is not.
    @Test func replaced() throws {
        try inFolder { folder in
            try PrivateFile.write("\(folder)/token", "one\n")
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: "\(folder)/token")
            try PrivateFile.write("\(folder)/token", "two\n")
            #expect(try mode("\(folder)/token") == 0o600)
            #expect(try String(contentsOfFile: "\(folder)/token", encoding: .utf8) == "two\n")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["token"])
        }
    }

    /// What went wrong is said in the system's words, not in Foundation's.
    @Test func systemReasons() throws {
        try inFolder { folder in
            try PrivateFile.write("\(folder)/file", "one\n")
            #expect(throws: SettingsError("`\(folder)` cannot be read: Is a directory")) {
                try Settings.read(folder, .process)
            }
            #expect(throws: SettingsError("`\(folder)` cannot be written: Is a directory")) {
                try PrivateFile.write(folder, "one\n")
            }
            #expect(throws: SettingsError("`\(folder)/file/x` cannot be written: No such file or directory")) {
                try CommandContext.process.writeFile("\(folder)/file/x", [])
            }
        }
    }
}
