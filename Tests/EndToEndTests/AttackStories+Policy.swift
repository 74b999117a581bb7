import CountersignCLI
import Foundation
import GiteaSimulator
import NIOHTTP1
import Testing

/// Files at the policy's path that are none, or half of one, and answers that are none.
@Suite(.simulatorOnly) struct PolicyAttackStories {
    private static let good = "version: 1\ngates:\n  qa-review: { require: qa }\n"

    @Test(arguments: [
        "", "\n\n# nothing\n", "null", "[]", "version: 1\n", "\u{0}", "version: 1\ngates: {}\n",
        "version: 1\ngates:\n", good + "---\nversion: 1\ngates: { x: { when: 'false', require: qa } }\n",
        "version: 1\ngates: { x: { when: 'false', require: qa } }\n---\n" + good, good + "gates: {}\n",
        "version: 2\n" + good, good + "...\nversion: 1\n", "version: 1\ngates: { x: { mode: none, require: qa } }",
        "%YAML 1.2\n---\nversion: 1\ngates: { x: { require: nobody } }\n",
    ])
    func whatIsNoPolicyIsAnError(text: String) async throws {
        try await Story.tell(policy: nil) { story in
            try await story.forge.commit(
                [.create(".countersign.yml", text)], to: story.repository, branch: "main", as: story.keeper)
            let number = try await story.pull()
            let checked = try await story.check(number)
            #expect(checked.exitStatus == 3, "\(text.debugDescription)\n\(checked.told)")
            #expect(checked.summary == "error", "\(checked.told)")
        }
    }

    /// Every read goes wrong in every way, one at a time: a green only from what was read whole.
    @Test(
        .simulatorOnly,
        arguments: ["{}", "[]", "null", "", "{\"number\":", "<html>", "[{}]", "true", "{\"statuses\":null}"])
    func aBodyOfSomethingElseIsNoGreen(body: String) async throws {
        try await Story.tell { story in
            let simulator = try #require(story.simulator)
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try await story.forge.review("REQUEST_CHANGES", number, of: story.repository, as: story.carol)
            simulator.requests.reset()
            #expect(try await story.check(number).exitStatus == 1)
            let readers = [story.gate.login, story.keeper.login]
            let paths = Set(
                simulator.requests.all.filter { $0.method == "GET" && readers.contains($0.login ?? "") }.map(\.path))
            for path in paths.sorted() {
                for login in readers {
                    simulator.faults.add(Fault(method: "GET", path: path, as: login, kind: .body(body)))
                }
                let checked = try await story.check(number)
                simulator.faults.clear()
                // The reviews alone may truly be none; then nobody has approved either.
                #expect(checked.summary != "success", "\(path): \(checked.told)")
                #expect(checked.exitStatus != 0, "\(path): \(checked.told)")
            }
        }
    }

    /// The same for a pull request that nothing but its files, labels or teams hold back.
    @Test(.simulatorOnly, arguments: ["[]", "null", "{}"]) func anEmptyListIsNoGreen(body: String) async throws {
        let policy = """
            version: 1
            gates:
              qa-review: { when: 'changes("src/**") or lines > 0', require: 2 of org_members - qa }
              docs: { when: 'not label("done" by security)', require: 'all of security' }
            """
        try await Story.tell(policy: policy) { story in
            let simulator = try #require(story.simulator)
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            simulator.requests.reset()
            let quiet = try await story.check(number)
            #expect(quiet.exitStatus == 1, "\(quiet.told)")
            let readers = [story.gate.login, story.keeper.login]
            let paths = Set(
                simulator.requests.all.filter { $0.method == "GET" && readers.contains($0.login ?? "") }.map(\.path))
            for path in paths.sorted() {
                for login in readers {
                    simulator.faults.add(Fault(method: "GET", path: path, as: login, kind: .body(body)))
                }
                let checked = try await story.check(number)
                simulator.faults.clear()
                #expect(checked.summary != "success", "\(path): \(checked.told)")
                #expect(checked.exitStatus != 0, "\(path): \(checked.told)")
            }
        }
    }
}
