import GatePolicy
import Logging
import Synchronization
import Testing

@testable import GateService
@testable import GateStore
@testable import GiteaSimulator

/// Greens of ours on commits that may come back, when what was to withdraw them went wrong.
extension BoundToHeadBaseAndPolicy {
    private static func outage(_ path: String = "*/statuses/*", times: Int? = nil, takesEffect: Bool = false) -> Fault {
        Fault(
            method: "POST", path: path, as: "gate", times: times, kind: .status(503), takesEffect: takesEffect)
    }

    /// A policy of many gates leaves many greens on a commit: none of them stands when the look that left it is done.
    @Test(arguments: ["push", "close", "retarget"]) func manyGreensOfOneCommit(_ way: String) async throws {
        try await siege { siege in
            let gates = (1...12).map { "  gate-\($0): { require: qa }\n" }.joined()
            try siege.scene.world.push(
                to: "main", of: Scene.repository, as: "keeper",
                files: [".countersign.yml": "version: 1\ngates:\n\(gates)"])
            let number = try await siege.green()
            let approved = siege.head(number)
            siege.scene.here(
                "POST", "/branches", as: "alice", ["new_branch_name": "keep", "old_branch_name": "feature/one"])
            siege.scene.simulator.beforeResponse = nil
            switch way {
            case "push": _ = try siege.push("feature/one", ["src/two.txt": "two\n"])
            case "close": siege.scene.here("PATCH", "/pulls/\(number)", as: "alice", ["state": "closed"])
            default: siege.scene.here("PATCH", "/pulls/\(number)", as: "alice", ["base": "release"])
            }
            try await siege.service.hear(siege.scene.world.takeDeliveries())
            try await siege.service.events()
            let greens = siege.scene.world.update { world in
                let rows = world.repositories.values.flatMap { $0.statuses[approved] ?? [] }
                let last = Dictionary(rows.map { ($0.context, $0.state) }, uniquingKeysWith: { $1 })
                return last.filter { $0.key.hasSuffix(": main") && $0.value == "success" }.keys.sorted()
            }
            #expect(greens == [])
            siege.review(number, "REQUEST_CHANGES", as: "bob")
            _ = siege.open("keep")
            siege.merge()
        }
    }

    /// Nothing can be posted while the head moves on: the old green is withdrawn when something can be again.
    @Test func aGreenThatCouldNotBeWithdrawnAtOnce() async throws {
        try await siege { siege in
            let number = try await siege.green()
            let approved = siege.head(number)
            siege.scene.simulator.faults.add(Self.outage())
            _ = try siege.push("feature/one", ["src/two.txt": "two\n"])
            try await siege.service.hear(siege.scene.world.takeDeliveries())
            try await siege.service.pass(30)
            siege.scene.simulator.faults.clear()
            try await siege.wait(330)
            #expect(siege.shown(on: approved) == "pending")
            siege.review(number, "REQUEST_CHANGES", as: "bea")
            try siege.scene.world.move("feature/one", of: Scene.repository, to: approved, as: "alice")
            siege.merge()
            try await siege.wait()
        }
    }

    /// Nothing can ever be posted on one of two commits: the other's green goes all the same.
    @Test func aGreenThatCannotBeWithdrawnHoldsUpNoOther() async throws {
        try await siege { siege in
            let numbers = [try await siege.green("feature/one"), try await siege.green("feature/two")]
            let heads = numbers.map(siege.head).sorted()
            siege.scene.simulator.faults.add(Self.outage("*/statuses/\(heads[0])"))
            for branch in ["feature/one", "feature/two"] { _ = try siege.push(branch, ["src/more.txt": "more\n"]) }
            try await siege.wait()
            #expect(siege.shown(on: heads[0]) == "success", "nothing went wrong")
            #expect(siege.shown(on: heads[1]) == "pending")
        }
    }

    /// Of two commits that were left nothing can be posted on the first: the second's summary goes all the same, and first.
    @Test func oneOfTwoCommitsThatWereLeft() async throws {
        try await siege { siege in
            let gates = (1...4).map { "  gate-\($0): { require: qa }\n" }.joined()
            try siege.scene.world.push(
                to: "main", of: Scene.repository, as: "keeper",
                files: [".countersign.yml": "version: 1\ngates:\n\(gates)"])
            let numbers = [try await siege.green("feature/one"), try await siege.green("feature/two")]
            let heads = numbers.map(siege.head)
            siege.scene.simulator.beforeResponse = nil
            siege.scene.simulator.faults.add(Self.outage())
            for branch in ["feature/one", "feature/two"] { _ = try siege.push(branch, ["src/more.txt": "more\n"]) }
            _ = siege.scene.world.takeDeliveries()
            try await siege.service.pass(75, step: 15)
            siege.scene.simulator.faults.clear()
            siege.scene.simulator.faults.add(Self.outage("*/statuses/\(heads[0])"))
            let repository = try #require(try await siege.service.gate.store.repositories().first)
            await siege.service.gate.withdrawStaleGreens(
                repository.id, repository.name, left: try heads.map { try #require(CommitID($0)) }, most: 5,
                Logger(label: "siege"))
            #expect(heads.map { siege.shown(on: $0) } == ["success", "pending"])
            siege.merge()
        }
    }

    /// Where nothing can be posted no more than a few are tried at a time, and all of them go once it works again.
    @Test func manyOldGreensWhileNothingCanBePosted() async throws {
        try await siege { siege in
            var heads: [String] = []
            for number in 1...7 { heads.append(siege.head(try await siege.green("feature/\(number)"))) }
            siege.scene.simulator.beforeResponse = nil
            siege.scene.simulator.faults.add(Self.outage("*/statuses/*"))
            for number in 1...7 { _ = try siege.push("feature/\(number)", ["src/more.txt": "more\n"]) }
            _ = siege.scene.world.takeDeliveries()
            let repository = try #require(try await siege.service.gate.store.repositories().first)
            siege.scene.simulator.requests.reset()
            let gate = siege.service.gate
            await gate.withdrawStaleGreens(
                repository.id, repository.name, most: Gatekeeper.withdrawalsOfAList, Logger(label: "siege"))
            #expect(siege.scene.simulator.requests.all.isEmpty, "nobody looked, so they are heads still")
            try await siege.service.pass(75, step: 15)
            siege.scene.simulator.requests.reset()
            await gate.withdrawStaleGreens(
                repository.id, repository.name, most: Gatekeeper.withdrawalsOfAList, Logger(label: "siege"))
            let tried = siege.scene.simulator.requests.all.filter { $0.method == "POST" }
            // Three of the fourteen contexts, each as often as the client tries.
            #expect((3...9).contains(tried.count), "\(tried.map(\.path))")
            siege.scene.simulator.faults.clear()
            try await siege.wait(330)
            for head in heads { #expect(siege.shown(on: head) == "pending") }
        }
    }

    /// The forge has shown that it does not have the commit any more: it is left alone, and tried no more.
    @Test func aCommitThatIsGone() async throws {
        try await siege { siege in
            let number = try await siege.green()
            let approved = siege.head(number)
            _ = try siege.push("feature/one", ["src/two.txt": "two\n"])
            siege.scene.world.update { $0.git.commits[approved] = nil }
            try await siege.wait()
            siege.scene.simulator.requests.reset()
            try await siege.wait()
            #expect(!siege.scene.simulator.requests.all.contains { $0.path.hasSuffix("/statuses/\(approved)") })
        }
    }

    /// The forge took the green and its answer was lost, and the head moves on before it is tried again.
    @Test func aGreenThatNobodyHeardOf() async throws {
        try await siege { siege in
            _ = try siege.push("feature/one", ["src/one.txt": "one\n"])
            let number = siege.open("feature/one")
            let approved = siege.head(number)
            try await siege.service.pass(75, step: 15)
            siege.review(number, "APPROVED", as: "bob")
            let posts = Mutex(0)
            siege.scene.simulator.beforeResponse = { record, _ in
                guard record.method == "POST", record.path.hasSuffix("/statuses/\(approved)") else { return }
                let isSummary = posts.withLock { posts in
                    posts += 1
                    return posts == 2
                }
                if isSummary { siege.scene.simulator.faults.add(Self.outage(times: 3, takesEffect: true)) }
            }
            try await siege.service.hear(siege.scene.world.takeDeliveries())
            try await siege.service.events()
            #expect(siege.shown(on: approved) == "success", "the green was not taken")
            siege.scene.simulator.faults.clear()
            _ = try siege.push("feature/one", ["src/two.txt": "two\n"])
            siege.begin()
            try await siege.wait(330)
            #expect(siege.shown(on: approved) == "pending")
            siege.review(number, "REQUEST_CHANGES", as: "bea")
            try siege.scene.world.move("feature/one", of: Scene.repository, to: approved, as: "alice")
            siege.merge()
            try await siege.wait()
        }
    }
}
