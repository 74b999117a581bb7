import GiteaSimulator
import NIOHTTP1
import Synchronization
import Testing

extension ProvisionStories {
    /// A webhook of the whole site calls the service: no second one is made, and nobody pretends to know its secret.
    @Test func aWebhookOfTheWholeSite() async throws {
        try await Story.tell { story in
            let office = Office(story)
            try await story.forge.must(
                .POST, "/admin/hooks", as: nil,
                [
                    "type": "gitea", "active": true, "events": ["push", "pull_request"],
                    "config": [
                        "url": "https://gate.example.org/hooks/forge", "content_type": "json", "secret": "elsewhere",
                        "is_system_webhook": "true",
                    ],
                ])
            let hook = try #require(try await story.forge.must(.GET, "/admin/hooks").array?.first)
            let before = try inventory(story)
            let id = hook["id"]?.int ?? 0
            let stays =
                "stays: webhook \(id) of the whole site calls https://gate.example.org/hooks/forge: none is made "
            let left = "left: put the secret of webhook \(id) of the whole site into `/secrets/hook-secret`, and run "

            let planned = await office.run(Office.usual + ["--plan"])
            #expect(planned.text.contains(stays) && planned.text.contains(left), "\(planned.text)")
            let done = await office.run(Office.usual + ["--yes"])
            #expect(done.text.contains(stays) && done.text.contains(left), "\(done.text)")
            for word in ["make the webhook", "BLOCKS hook.missing"] {
                #expect(!done.text.contains(word), "\(done.text)")
            }
            office.files.withLock { $0["/secrets/hook-secret"] = "elsewhere-and-long-enough\n" }
            let again = await office.run(Office.usual + ["--yes", "--rotate"])
            #expect(again.text.contains(stays) && !again.text.contains(left), "\(again.text)")
            #expect(try await story.forge.must(.GET, "/orgs/acme/hooks", as: story.keeper).array?.isEmpty == true)
            #expect(try await story.forge.must(.GET, "/admin/hooks").array?.map { $0["id"] } == [hook["id"]])

            let undone = await office.run(Office.usual + ["--undo", "--yes"])
            #expect(undone.status == 0, "\(undone.text)")
            #expect(try inventory(story) == before)
            office.expectNoSecret()
        }
    }
}
