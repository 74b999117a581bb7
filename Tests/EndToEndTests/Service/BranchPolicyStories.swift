import GatePolicy
import GateService
import GateStore
import GiteaSimulator
import NIOHTTP1
import Testing

/// A protected branch has its own policy, or none: what is gone on one is not gone on the others.
@Suite(.simulatorOnly) struct BranchPolicyStories {
    @Test func eachBranchLosesItsOwn() async throws {
        try await Service.tell(policy: nil) { story, service in
            let world = try #require(story.simulator).world
            func push(_ branch: String, _ files: [String: String?]) throws {
                try world.push(to: branch, of: story.repository, as: story.keeper.login, files: files)
            }
            func protect(_ branch: String) async throws {
                try await story.branch(branch)
                try await story.forge.protect(branch, of: story.repository, contexts: [], as: story.keeper)
            }
            func shown(_ number: Int, _ base: String) async throws -> String {
                let name = try #require(RepositoryName(story.repository))
                try await service.gate.refire(name, .pull(Int64(number)))
                try await service.settle()
                return try await service.summary(number, base: base).prefix { $0 != ":" }.description
            }
            // From before there was a policy, and with one of its own.
            try await protect("release")
            try push("main", [".countersign.yml": Story.policy])
            try await protect("stable")
            let first = try await story.pull()
            let release = try await story.pull(file: "two", branch: "feature/two", to: "release")
            let stable = try await story.pull(file: "three", branch: "feature/three", to: "stable")
            for _ in 0..<2 {
                #expect(try await shown(first, "main") == "pending")
                #expect(try await shown(release, "release") == "nothing")
                #expect(try await shown(stable, "stable") == "pending")
            }
            #expect(try await service.store.repositories().map(\.state) == [.managed])
            try push("stable", [".countersign.yml": nil])
            #expect(try await shown(stable, "stable") == "error")
            #expect(try await shown(first, "main") == "pending")
            #expect(try await service.store.repositories().map(\.state) == [.managed])
            try push("main", [".countersign.yml": nil])
            #expect(try await shown(first, "main") == "error")
            #expect(try await shown(release, "release") == "nothing")
            #expect(try await service.store.repositories().map(\.state) == [.lost])
            // Into a branch that nobody protects the default branch's counted.
            try await story.branch("topic")
            let topic = try await story.pull(file: "four", branch: "feature/four", to: "topic")
            #expect(try await shown(topic, "topic") == "error")
        }
    }

    /// Nothing is wrong with the forge where a base is deleted: the people of the pull request have the cure, and nobody
    /// is called for what keeps failing.
    @Test func aBaseThatIsDeleted() async throws {
        try await Service.tell { story, service in
            try await story.branch("topic")
            let number = try await story.pull(to: "topic")
            for person in [story.bob, story.carol] { try await story.approve(number, as: person) }
            try await service.settle()
            #expect(try await service.summary(number, base: "topic").hasPrefix("success"))
            try await story.forge.must(.DELETE, "/repos/\(story.repository)/branches/topic", as: story.keeper)
            try await service.settle()
            for _ in 0..<8 { try await service.reconcile(after: 901) }
            #expect(
                try await service.summary(number, base: "topic")
                    == "error: cannot know which policy applies: the base branch `topic` is deleted; retarget or close the "
                    + "pull request, or bring the branch back")
            #expect(try await service.store.failing().isEmpty)
            try await story.branch("topic")
            try await service.settle()
            #expect(try await service.summary(number, base: "topic").hasPrefix("success"))
            // A forge that contradicts itself is to be looked at, and asked again.
            let simulator = try #require(story.simulator)
            simulator.faults.add(Fault(path: "*/branches/topic", kind: .status(404)))
            try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
            try await service.work()
            #expect(try await service.store.failing().map(\.attempts) == [1])
            #expect(try await service.summary(number, base: "topic").contains("the forge says that there is no branch"))
        }
    }
}
