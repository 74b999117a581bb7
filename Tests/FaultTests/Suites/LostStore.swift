import Foundation
import GatePolicy
import GRDB
import Testing

@testable import GateStore
@testable import GiteaSimulator

extension SteppedFaults {
    /// The store is gone, and greens stand on the heads: what the forge shows is looked behind, not believed.
    @Suite struct LostStore {
        @Test func greensThatStandAreLookedBehind() async throws {
            try await TheMachine.site { site in
                let scene = site.scene
                // A third, approved as the first is.
                site.watch.during {
                    _ = try? scene.open(3...3)
                }
                site.review(3, "APPROVED", as: "bob")
                try await SteppedService.with(scene) { try await $0.pass(75, step: 15) }
                #expect((1...3).map { site.summary($0) } == ["success", "pending", "success"])
                // While nobody looks: one green holds no more, another is forged, and nothing is heard of either.
                site.review(1, "REQUEST_CHANGES", as: "bea")
                let heads = scene.world.update { world in
                    Dictionary(world.pulls.values.map { ($0.number, $0.headSHA) }, uniquingKeysWith: { $1 })
                }
                for context in ["countersign: main", "countersign/first: main"] {
                    scene.here(
                        "POST", "/statuses/\(heads[2] ?? "")", as: "dave",
                        ["state": "success", "context": .string(context)])
                }
                _ = scene.world.takeDeliveries()
                scene.simulator.requests.reset()
                try await SteppedService.with(scene) { service in
                    try await service.pass(75, step: 15)
                    #expect(site.wrong.isEmpty)
                    func posts(_ number: Int) -> Int {
                        scene.simulator.requests.all.count {
                            $0.method == "POST" && $0.login == "gate"
                                && $0.path.hasSuffix("/statuses/\(heads[number] ?? "")")
                        }
                    }
                    // A gate and the summary of each of the wrong ones, and nothing where the green holds.
                    #expect((1...3).map(posts) == [2, 2, 0])
                    try await service.pass(960, step: 30)
                    #expect((1...3).map(posts) == [2, 2, 0], "everything stands")
                    let foreign = try await service.store.standingForeignStatuses(limit: 10)
                    #expect(foreign.allSatisfy { $0.status.number == 2 && $0.status.creator?.login == "dave" })
                }
            }
        }

        /// Opened while the service was down, its store intact, with a green that somebody forged: what nobody has decided
        /// waits before anything else is done.
        @Test func whatWasOpenedWhileNobodyLooked() async throws {
            try await TheMachine.site { site in
                try await TestFolder.with { folder in
                    let scene = site.scene
                    let path = folder.appending(path: "countersign.sqlite").path
                    do {
                        let store = try Store.open(path)
                        #expect(store.isNew)
                        try await SteppedService.with(scene, store: store) { try await $0.pass(75, step: 15) }
                        try store.database.close()
                    }
                    try scene.world.push(
                        to: "feature/3", of: Scene.repository, as: "alice", files: ["src/3.txt": "one\n"])
                    scene.here(
                        "POST", "/pulls", as: "alice", ["title": "Something", "head": "feature/3", "base": "main"])
                    let head = scene.world.update { $0.pulls.values.first { $0.number == 3 }?.headSHA ?? "" }
                    scene.here(
                        "POST", "/statuses/\(head)", as: "dave",
                        ["state": "success", "context": "countersign: main", "description": "passed: first"])
                    _ = scene.world.takeDeliveries()
                    scene.simulator.requests.reset()
                    let store = try Store.open(path)
                    #expect(!store.isNew)
                    try await SteppedService.with(scene, store: store) { try await $0.pass(75, step: 15) }
                    let rows = scene.world.update { world in
                        world.repositories.values.compactMap { $0.statuses[head] }.flatMap { $0 }
                            .filter { $0.creator == scene.people["gate"]?.id && $0.context == "countersign: main" }
                    }
                    #expect(rows.first?.description == "a new head: looking at it", "\(rows)")
                    // Nothing of the policy was read before it.
                    let calls = scene.simulator.requests.all
                    let post =
                        calls.firstIndex { $0.method == "POST" && $0.path.hasSuffix("/statuses/\(head)") } ?? .max
                    #expect(!calls.prefix(post).contains { $0.path.hasSuffix("/pulls/3/reviews") })
                    #expect(site.summary(3) == "pending" && site.wrong.isEmpty)
                }
            }
        }

        /// Which old commits still show a green is forgotten with the store: one that becomes a head again is looked at as
        /// any new head is.
        @Test(arguments: [true, false]) func anOldGreenThatBecomesAHeadAgain(_ isHeard: Bool) async throws {
            try await TheMachine.site { site in
                let scene = site.scene
                try await SteppedService.with(scene) { try await $0.pass(75, step: 15) }
                #expect(site.summary(1) == "success")
                let approved = scene.world.update { $0.pulls.values.first { $0.number == 1 }?.headSHA ?? "" }
                site.watch.during {
                    _ = try? scene.world.push(
                        to: "feature/1", of: Scene.repository, as: "alice", files: ["src/more.txt": "more\n"])
                }
                site.review(1, "REQUEST_CHANGES", as: "bea")
                _ = scene.world.takeDeliveries()
                try await SteppedService.with(scene) { service in
                    try await service.pass(75, step: 15)
                    #expect(site.summary(1) == "failure")
                    try site.watch.during {
                        try scene.world.move("feature/1", of: Scene.repository, to: approved, as: "alice")
                    }
                    #expect(site.summary(1) == "success", "the old green stands there")
                    let deliveries = scene.world.takeDeliveries()
                    if isHeard {
                        try await service.hear(deliveries)
                        try await service.events()
                    } else {
                        try await service.pass(75, step: 15)
                    }
                    #expect(site.summary(1) == "failure")
                    #expect(site.wrong.isEmpty)
                }
            }
        }
    }
}
