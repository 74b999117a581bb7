import Foundation
import Testing

@testable import CountersignCLI

/// The scripts that complete command lines: every command is in each, and files are where files are meant.
@Suite struct CompletionTests {
    @Test(arguments: ["bash", "zsh", "fish"]) func nameEveryCommand(_ shell: String) async {
        let ended = await Desk().run("--generate-completion-script", shell)
        #expect(ended.status == 0 && ended.talk.isEmpty)
        for name in Countersign.commandNames + ["policy-bot", "checklist", "tiers"] {
            #expect(ended.output.contains(name), "`\(name)` is not completed by \(shell)")
        }
        for option in ["--labeller", "--all-open", "--check", "--online"] {
            let written = shell == "fish" ? String(option.dropFirst(2)) : option
            #expect(ended.output.contains(written), "`\(option)` is not completed by \(shell)")
        }
    }

    @Test func anotherShellIsRefused() async {
        let ended = await Desk().run("--generate-completion-script", "tcsh")
        #expect(ended.status == 64 && ended.output.isEmpty)
    }

    /// Where a file is meant, bash offers those that there are.
    @Test(arguments: [
        "validate", "validate one.yml", "fmt", "test", "import policy-bot", "import checklist", "import tiers",
        "backup", "check --policy", "explain --facts", "explain --organization", "simulate --token-file",
        "facts --policy", "backtest --policy", "serve --settings", "status --settings", "doctor --metrics-file",
        "provision --administrator-token-file",
    ])
    func bashOffersFiles(_ line: String) async throws {
        #expect(try await offered(line) == "folder policy.yml")
    }

    /// A folder is no file, and where neither is meant none is offered.
    @Test(arguments: [
        ("provision --folder", "folder"), ("check", ""), ("explain --as", ""), ("schema", "facts policy"),
    ])
    func bashOffersNoFiles(_ line: String, _ words: String) async throws {
        #expect(try await offered(line) == words)
    }

    /// What bash offers for the next word, in a folder with one file and one folder.
    private func offered(_ line: String) async throws -> String {
        let script = await Desk().run("--generate-completion-script", "bash").output
        let folder = FileManager.default.temporaryDirectory.appending(path: "completion-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(
            at: folder.appending(path: "folder"), withIntermediateDirectories: true)
        try Data().write(to: folder.appending(path: "policy.yml"))
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.currentDirectoryURL = folder
        process.arguments = [
            "-c",
            script + """

                COMP_WORDS=(countersign \(line) "")
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                COMP_LINE="countersign \(line) "
                COMP_POINT=${#COMP_LINE}
                _countersign countersign "" "${COMP_WORDS[COMP_CWORD - 1]}"
                echo $(printf '%s\\n' "${COMPREPLY[@]}" | sort)
                """,
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let told = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: told, as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    /// The same in the shells that may not be here: by their scripts.
    @Test(arguments: ["policy", "facts", "settings", "token-file", "directory-token-file", "organization"])
    func optionsWithFiles(_ option: String) async {
        for (shell, start, end) in [("zsh", "'--\(option)[", ":_files'"), ("fish", " -l '\(option)' ", " -rF")] {
            let lines = await Desk().run("--generate-completion-script", shell).output.split(separator: "\n").filter {
                $0.contains(start)
            }
            #expect(!lines.isEmpty)
            for line in lines { #expect(line.hasSuffix(end), "\(shell): \(line)") }
        }
    }

    @Test(arguments: ["validate", "test", "fmt", "import policy-bot", "backup"])
    func argumentsThatAreFiles(_ command: String) async {
        let fish = await Desk().run("--generate-completion-script", "fish").output
        let offer = "__countersign_should_offer_completions_for_positional \"countersign \(command)\" "
        #expect(fish.split(separator: "\n").contains { $0.contains(offer) && $0.hasSuffix(" -F") }, "\(command)")
        let zsh = await Desk().run("--generate-completion-script", "zsh").output
        let function = command.replacing(" ", with: "_")
        let body = zsh.split(separator: "_countersign_\(function)() {").last?.prefix { $0 != "}" }
        #expect(body?.contains(":_files'") == true, "\(command)")
    }
}
