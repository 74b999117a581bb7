import CountersignCLI
import GiteaSimulator
import NIOHTTP1
import Testing

/// The doctor and what gates wait for besides people.
@Suite(.simulatorOnly) struct ConditionDoctorStories {
    /// The label was deleted: nobody can put it on any more.
    @Test func labelThatIsGone() async throws {
        // Advisory, so that the other gates alone decide what turns green.
        let policy =
            Story.policy + "  tested: { mode: advisory, require: 'label(\"tested\" by security)' }\n"
        try await Surgery.tell(
            warned: ["policy.condition"], policy: policy,
            prepare: { story, _ in _ = try await story.label("tested") },
            fault: { story, _ in
                let labels = try await story.forge.must(
                    .GET, "/repos/\(story.repository)/labels", as: story.keeper)
                let id = try #require(labels.array?.first?["id"]?.int)
                try await story.forge.must(.DELETE, "/repos/\(story.repository)/labels/\(id)", as: story.keeper)
            })
    }

    /// One call for the labels of a repository, and only where a gate waits for one.
    @Test func callsForLabels() async throws {
        for (gate, calls) in [("qa", 0), ("qa and label(\"tested\" by security)", 1)] {
            try await Story.tell(policy: "version: 1\ngates:\n  a: { require: '\(gate)' }\n") { story in
                let surgery = Surgery(story)
                _ = try await story.label("tested")
                let simulator = try #require(story.simulator)
                simulator.requests.reset()
                _ = await surgery.run(["doctor", story.repository])
                #expect(simulator.requests.all.count { $0.method == "GET" && $0.path.hasSuffix("/labels") } == calls)
            }
        }
    }

    /// A status that was never posted is told, and no call is made for it but those that read statuses anyway.
    @Test func statusThatWasNeverPosted() async throws {
        let policy = "version: 1\ngates:\n  ci: { require: 'status(\"ci / nothere\" from @dave)' }\n"
        try await Story.tell(policy: policy) { story in
            let surgery = Surgery(story)
            let number = try await story.pull()
            let found = try await surgery.doctor(isRead: true)
            #expect(found.warnings.contains("policy.condition"), "\(found.text)")
            #expect(found.text.contains("nobody has posted `ci / nothere` on #\(number)"), "\(found.text)")
            try await story.post("success", "ci / nothere", on: number, as: story.dave)
            let posted = try await surgery.doctor()
            #expect(!posted.warnings.contains("policy.condition"), "\(posted.text)")
        }
    }
}
