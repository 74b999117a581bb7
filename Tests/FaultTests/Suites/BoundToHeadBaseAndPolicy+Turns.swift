import GatePolicy
import GateStore
import Synchronization
import Testing

@testable import GateService
@testable import GiteaSimulator

/// People act while others, of the same commit, are being decided on.
extension BoundToHeadBaseAndPolicy {
    /// Two pull requests of one head, and an objection to the one while the other is still being decided on.
    @Test(arguments: 1...7) func anObjectionWhileASiblingIsDecided(_ read: Int) async throws {
        try await siege("anObjectionWhileASiblingIsDecided(\(read))") { siege in
            let scene = siege.scene
            let commit = try siege.push("feature/one", ["src/one.txt": "one\n"])
            try scene.world.move("feature/two", of: Scene.repository, to: commit, as: "dave")
            let number = siege.open("feature/one")
            let sibling = siege.open("feature/two", as: "dave")
            siege.review(number, "APPROVED", as: "bob")
            try await siege.service.pass(75, step: 15)
            #expect(siege.summary(number) == "pending")
            siege.review(sibling, "APPROVED", as: "bob")
            _ = scene.world.takeDeliveries()
            let reads = Mutex(0)
            let greens = Mutex(0)
            scene.simulator.beforeResponse = { record, world in
                let isNow = reads.withLock { reads in
                    guard record.method == "GET", record.path.contains("s/\(sibling)") else { return false }
                    reads += 1
                    return reads == read
                }
                guard isNow else { return }
                siege.review(number, "REQUEST_CHANGES", as: "bea")
                greens.withLock { $0 = siege.greens(of: commit) }
            }
            guard let name = RepositoryName(Scene.repository) else { return }
            try await siege.service.gate.refire(name, .pull(Int64(number)))
            try await siege.service.events()
            scene.simulator.beforeResponse = nil
            let isObjected = reads.withLock { $0 } >= read
            if isObjected { #expect(siege.greens(of: commit) == greens.withLock { $0 }, "before read \(read)") }
            try await siege.service.pass(75, step: 15)
            #expect(siege.summary(number) == (isObjected ? "failure" : "success"))
            if isObjected { siege.merge() } else { siege.tries.withLock { $0 += 1 } }
        }
    }

    /// What was read while another had the turn on the commit is old when one's own turn comes.
    @Test func anObjectionWhileOneWaitsInLine() async throws {
        try await siege { siege in
            let scene = siege.scene
            let gate = siege.service.gate
            let commit = try siege.push("feature/one", ["src/one.txt": "one\n"])
            let number = siege.open("feature/one")
            let other = siege.open("feature/one", into: "release")
            siege.review(number, "COMMENT", as: "bob")
            try await siege.service.pass(75, step: 15)
            #expect(siege.summary(number) == "pending")
            siege.review(number, "APPROVED", as: "bob")
            _ = scene.world.takeDeliveries()
            let name = try #require(RepositoryName(Scene.repository))
            try await gate.refire(name, .pull(Int64(other)))
            let isHeld = Mutex(false)
            scene.simulator.beforeResponse = { record, _ in
                guard record.path.hasSuffix("/pulls/\(other)/reviews"), !isHeld.withLock({ $0 }) else { return }
                isHeld.withLock { $0 = true }
                // The other one has its turn; this one is looked at meanwhile, and stands in line.
                for _ in 0..<100_000 {
                    if await gate.heads.line > 0 { break }
                    await Task.yield()
                }
                siege.review(number, "REQUEST_CHANGES", as: "bea")
            }
            async let first = gate.processNext(only: .event)
            while !isHeld.withLock({ $0 }) { await Task.yield() }
            // An event, so that what was kept is used.
            try await gate.store.mark(
                [Mark(name, .pull(Int64(number)), cause: "pull_request_review_approved")], at: gate.now())
            async let second = gate.processNext(only: .event)
            _ = try await (first, second)
            scene.simulator.beforeResponse = nil
            #expect(siege.greens(of: commit) == 0)
            #expect(siege.summary(number) == "failure")
            siege.merge()
        }
    }
}
