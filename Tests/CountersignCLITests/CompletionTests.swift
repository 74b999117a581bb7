import Testing

@testable import CountersignCLI

/// The scripts that complete command lines: every command is in each.
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
}
