import GatePolicy
import GateService
import GateStore
import GiteaSimulator
import NIOHTTP1
import Testing

@testable import CountersignCLI

/// What an operator has a running service post anew, and what he is told where it does not.
extension RefireStories {
    private static let pages: [String: String?] = [
        "COUNTERSIGN_PAGES_PUBLIC_URL": "https://gate.example.org",
        "COUNTERSIGN_PAGES_SECRET": String(repeating: "a", count: 32),
    ]

    /// Where the newest status of each context leads.
    private func links(_ number: Int, _ story: Story) async throws -> [String: String] {
        let head = try await story.forge.head(of: number, story.repository)
        let rows = try await story.forge.must(.GET, "/repos/\(story.repository)/statuses/\(head)").array ?? []
        var newest: [String: (id: Int, link: String)] = [:]
        for row in rows {
            let (context, id) = (row["context"]?.string ?? "", row["id"]?.int ?? 0)
            if newest[context].map({ $0.id < id }) ?? true { newest[context] = (id, row["target_url"]?.string ?? "") }
        }
        return newest.mapValues(\.link)
    }

    /// A key that is taken away leaves dead links on every status that stands; an operator has them posted anew.
    @Test func linksThatAreDead() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            let green = try await story.pull()
            for person in [story.bob, story.carol] { try await story.approve(green, as: person) }
            let waiting = try await story.pull("Add two", file: "src/two.swift", branch: "feature/two")
            try await RunningService.run(story, Self.pages) { running in
                surgery.listen(to: running)
                _ = await surgery.run(["refire", story.repository])
                let before = try await [links(green, story), links(waiting, story)]
                #expect(before.allSatisfy { $0.count == 3 && Set($0.values).count == 1 }, "\(before)")
                running.environment.set("COUNTERSIGN_PAGES_SECRET", String(repeating: "b", count: 32))
                try running.assembly.reload()
                // A look by itself posts no links: two services with other addresses would never rest.
                let name = try #require(RepositoryName(story.repository))
                let store = running.assembly.store
                try await store.mark(
                    [Mark(name, .pull(Int64(green)), cause: "push")], at: running.assembly.gates.current.now())
                try await running.step()
                #expect(try await links(green, story) == before[0])
                // Without the service nobody knows where they should lead.
                let direct = await surgery.run(["refire", story.repository, "--direct"])
                #expect(direct.output == "no open pull request waits for it\n", "\(direct)")
                let fired = await surgery.run(["refire", story.repository])
                #expect(fired.status == 0, "\(fired)")
                #expect(fired.output.hasSuffix("1 stayed pending\n1 stayed success\n"), "\(fired)")
                let after = try await [links(green, story), links(waiting, story)]
                for (old, new) in zip(before, after) {
                    #expect(new.keys == old.keys && Set(new.values).count == 1, "\(new)")
                    #expect(Set(new.values).isDisjoint(with: old.values), "\(new)")
                }
                let again = await surgery.run(["refire", story.repository])
                #expect(again.output == "no open pull request waits for it\n", "\(again)")
                surgery.listen(to: nil)
            }
        }
    }

    /// Pull requests of one commit share its statuses: they lead to the page of one of them, and that is no dead link.
    @Test func linksOfASharedHead() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            let number = try await story.pull()
            try await story.forge.branch("again", from: "feature/one", of: story.repository, as: story.dave)
            _ = try await story.forge.pull("Again", from: "again", of: story.repository, as: story.dave)
            try await RunningService.run(story, Self.pages) { running in
                surgery.listen(to: running)
                for _ in 0..<2 { _ = await surgery.run(["refire", story.repository]) }
                let before = try await links(number, story)
                #expect(before.count == 3)
                for target in [[story.repository], ["--all"], ["\(story.repository)#\(number)"]] {
                    let fired = await surgery.run(["refire"] + target)
                    #expect(fired.status == 0, "\(fired)")
                    #expect(try await links(number, story) == before)
                }
                surgery.listen(to: nil)
            }
        }
    }

    /// A row of somebody else's that is left to stand: why, and what lets it be posted over.
    @Test func aStatusThatIsLeftToSomebodyElse() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            let number = try await story.pull()
            let subject = "\(story.repository)#\(number)"
            try await RunningService.run(story) { running in
                surgery.listen(to: running)
                for _ in 0..<4 {
                    _ = await surgery.run(["refire", subject])
                    try await story.post("failure", "countersign: main", on: number, as: story.dave)
                }
                let left = await surgery.run(["refire", subject])
                #expect(left.status == 2, "\(left)")
                #expect(
                    left.output.hasPrefix(
                        "\(subject): failure → failure (not posted: countersign: main: somebody else's stands there, no more "
                            + "favourable than ours, and was overwritten often enough; `countersign forget \(subject)` "
                            + "lets it be posted over)\n"), "\(left)")
                let forgotten = await surgery.run(["forget", subject])
                #expect(forgotten.status == 0, "\(forgotten)")
                let fired = await surgery.run(["refire", subject])
                #expect(fired.status == 0 && fired.output.contains("pending"), "\(fired)")
                surgery.listen(to: nil)
            }
        }
    }

    /// What the forge says to a status that it does not take, without a service as well.
    @Test func aStatusThatTheForgeRefuses() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            try #require(story.simulator).faults.add(Fault(method: "POST", path: "*/statuses/*", kind: .status(403)))
            let fired = await Surgery(story).run(["refire", "\(story.repository)#\(number)"])
            #expect(fired.status == 2, "\(fired)")
            let told = fired.output.firstMatch(of: /\(not posted: countersign\/qa-review: main: (.+)\)\n/)
            #expect(told.map { $0.output.1.contains("403") || $0.output.1.contains("refus") } == true, "\(fired)")
        }
    }

    /// A policy that is there is not forgotten, and that is said; one that is gone is.
    @Test func forgettingAPolicyThatIsThere() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            let number = try await story.pull()
            let subject = "\(story.repository)#\(number)"
            try await RunningService.run(story) { running in
                surgery.listen(to: running)
                _ = await surgery.run(["refire", subject])
                let kept = await surgery.run(["forget", story.repository])
                #expect(kept.status == 0, "\(kept)")
                #expect(
                    kept.output.hasPrefix("\(story.repository) had a policy when it was last looked at: ")
                        && !kept.output.contains("may be without a policy now"), "\(kept)")
                try await running.step()
                // It is as before: whoever takes it away makes an error.
                try await story.forge.commit(
                    [.delete(".countersign.yml")], to: story.repository, branch: "main", as: story.keeper)
                let lost = await surgery.run(["refire", subject])
                #expect(lost.status == 2 && lost.output.contains("pending → error"), "\(lost)")
                let gone = await surgery.run(["forget", story.repository])
                #expect(gone.output.hasPrefix("\(story.repository) may be without a policy now; "), "\(gone)")
                surgery.listen(to: nil)
            }
        }
    }
}
