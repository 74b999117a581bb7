import CountersignCLI
import GiteaSimulator
import NIOHTTP1
import Testing

/// What hostile names and texts do to the output, which CI reads line by line and terminals obey.
@Suite(.simulatorOnly) struct OutputAttackStories {
    @Test(arguments: ["text", "annotations", "json"]) func hostileTextsStayText(format: String) async throws {
        try await Story.tell { story in
            let number = try await story.pull(
                "Fix\n::error::boo\r::stop-commands::x\u{85}::a::\u{2028}::b::\u{1b}[2J\u{202e}\u{9b}31m")
            for text in [
                "/waive \u{1b}[2J\u{9b}31m\u{202e}", "/waive qa-review \u{1b}[2J::error::x\u{202e}\u{85}::error::y",
                "/ack \u{2028}::error::z", "/waive qa-review @\u{1b}[31m why", "/revoke \u{7}x",
            ] {
                for person in [story.carol, story.erin] {
                    _ = try await story.forge.call(
                        .POST, "/repos/\(story.repository)/issues/\(number)/comments", as: person,
                        ["body": .string(text)])
                    try await story.forge.tick()
                }
            }
            let checked = try await story.check(number, ["--format", format])
            let texts = [checked.output, checked.talk] + checked.statuses.values.map(\.text)
            for text in texts {
                let odd = text.unicodeScalars.filter { scalar in
                    switch scalar.properties.generalCategory {
                    case .control: scalar != "\n" && (format != "json" || scalar.value < 0x7f)
                    // Data keeps a text as it is.
                    case .format, .lineSeparator, .paragraphSeparator: format != "json"
                    default: false
                    }
                }
                #expect(odd.isEmpty, "\(odd.map { String($0.value, radix: 16) })\n\(text)")
            }
            let commands = checked.output.split(separator: "\n").filter { $0.hasPrefix("::") }
            #expect(commands.allSatisfy { $0.hasPrefix("::error title=") }, "\(checked.output)")
        }
    }
}
