import GiteaSimulator
import NIOHTTP1
import Synchronization
import Testing

@testable import CountersignCLI
@testable import GiteaSimulator

extension ProvisionStories {
    /// On newer servers a forced push takes the rows of earlier pushes away, and writes one anew: what stands there then is
    /// somebody's work, and is not deleted.
    @Test(arguments: ["bob", "root1"]) func anOfferThatWasPushedOver(by login: String) async throws {
        try await Story.tell { story in
            let world = try #require(story.simulator).world
            let (office, number) = try await offer(story)
            try world.forcePush(
                to: "countersign/starter-policy", of: story.repository, as: login,
                files: [".countersign.yml": Story.policy])
            let head = try await story.forge.head(of: number, story.repository)
            world.update { state in
                let pushes = state.rows.values.filter { $0.type == "pull_push" }.sorted { $0.id < $1.id }
                for row in pushes.dropLast() { state.rows[row.id] = nil }
                guard let last = pushes.last else { return }
                state.rows[last.id]?.body = "{\"is_force_push\":false,\"commit_ids\":[\"\(head)\"]}"
            }
            let undone = await office.run(Office.usual + ["--undo", "--yes"])
            #expect(undone.status == 0, "\(undone.text)")
            let reason = login == "bob" ? "others have added to it" : "it is no longer what was offered"
            #expect(
                undone.text.contains("its pull request #\(number) is closed, and stays: \(reason)"), "\(undone.text)")
            let pull = try await story.forge.call(
                .GET, "/repos/\(story.repository)/pulls/\(number)", as: story.keeper)
            #expect(pull.json["state"]?.string == "closed", "\(pull)")
        }
    }

    /// The process ended before it could note the pull request; what is open from the branch since is somebody else's.
    @Test(arguments: ["other title", "other base", "other person"])
    func anOfferThatSomebodyElseOpened(_ difference: String) async throws {
        try await Story.tell { story in
            let (office, number) = try await offer(story)
            let pulls = "/repos/\(story.repository)/pulls"
            try await story.forge.must(.PATCH, "\(pulls)/\(number)", as: story.keeper, ["state": "closed"])
            let noted = office.files.withLock { $0["/secrets/provision.json"] } ?? ""
            let cut = noted.replacing(/"number" ?: ?[0-9]+,\s*/, with: "")
            #expect(cut != noted, "\(noted)")
            office.files.withLock { $0["/secrets/provision.json"] = cut }
            try await story.forge.branch("dev", from: "main", of: story.repository, as: story.keeper)
            let opened = try await story.forge.must(
                .POST, pulls, as: difference == "other person" ? story.bob : nil,
                [
                    "head": "countersign/starter-policy", "base": difference == "other base" ? "dev" : "main",
                    "title": difference == "other title" ? "Gates, by hand" : "Add review gates",
                ])
            let other = try #require(opened["number"]?.int)
            let undone = await office.run(Office.usual + ["--undo", "--yes"])
            #expect(undone.status == 0, "\(undone.text)")
            #expect(
                undone.text.contains(
                    "its pull request #\(other) is closed, and stays: it is not the one that was offered"),
                "\(undone.text)")
        }
    }

    /// An administrator at his desk, who has offered a policy, and the pull request.
    private func offer(_ story: Story) async throws -> (Office, Int) {
        try story.simulator?.world.push(
            to: "main", of: story.repository, as: story.keeper.login, files: [".countersign.yml": nil])
        let office = Office(story)
        let done = await office.run(Office.usual + ["--yes", "--starter-policy"])
        #expect(done.text.contains("done: offer `acme/widget` a policy"), "\(done.text)")
        let open = try await story.forge.must(
            .GET, "/repos/\(story.repository)/pulls?state=open", as: story.keeper)
        return (office, try #require(open.array?.first?["number"]?.int))
    }
}
