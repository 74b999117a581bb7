import Foundation
import Testing

@testable import GateWeb

/// Where Debian puts it.
private let textBrowser = "/usr/bin/w3m"

/// Whoever has no scripts, no style sheet and no picture reads the same.
@Suite struct TextBrowserTests {
    private func read(_ html: String) throws -> String {
        try #require(
            FileManager.default.isExecutableFile(atPath: textBrowser), "\(textBrowser) is missing: run `make browser`")
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: textBrowser)
        process.arguments = ["-dump", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8", "-cols", "100"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(html.utf8))
        try input.fileHandleForWriting.close()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: data, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Each stands there, in this order.
    private func expect(_ text: String, _ phrases: [String], sourceLocation: SourceLocation = #_sourceLocation) {
        var rest = text[...]
        for phrase in phrases {
            guard let range = rest.range(of: phrase) else {
                Issue.record("`\(phrase)` does not stand there, or too early:\n\(text)", sourceLocation: sourceLocation)
                return
            }
            rest = rest[range.upperBound...]
        }
    }

    @Test func whatIsMissingAndWhoCanGiveIt() throws {
        let html = try PageTests.html(try Scenes.waiting())
        #expect(!html.contains("<script") && !html.contains("onclick"))
        expect(
            try read(html),
            [
                "Rotate the keys every hour #12", "opened by alice, into main", "May it merge?", "Not yet",
                "waiting: security-review needs 2 more of security (carol or dave)", "Decided 94 s ago",
                "looked at again 4 s ago", "What is missing, and who can give it", "security-review",
                ".countersign.yml:7", "Gates", "approved qa-review approved by bob", "counts for qa",
                "waiting security-review",
            ])
    }

    @Test func everyStateSaysSomething() throws {
        for (name, view) in try Scenes.all() {
            expect(try read(try PageTests.html(view)), ["#\(view.number)", "May it merge?"])
            #expect(try read(try PageTests.html(view)).count > 100, "\(name)")
        }
    }

    @Test func whatWaitsForWhom() throws {
        let overview = OverviewPage(try PageTests.overview(), path: "/", now: Scene.now)
        expect(
            try read(try PageTemplates().html(overview, .overview)),
            ["What waits for whom", "2 open pull requests pass, 9 do not", "within 72 s", "acme/widget#12"])
    }
}
