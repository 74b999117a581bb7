import Synchronization
import Testing

@testable import GiteaSimulator

extension BoundToHeadBaseAndPolicy {
    /// A forge under attack: alice, dave and erin try to merge everything before every call of the service.
    final class Siege: Sendable {
        let scene: Scene
        let service: SteppedService
        let tries = Mutex(0)

        init(_ scene: Scene, _ service: SteppedService) {
            self.scene = scene
            self.service = service
        }

        func push(_ branch: String, _ files: [String: String?], as person: String = "alice") throws -> String {
            try scene.world.push(to: branch, of: Scene.repository, as: person, files: files)
        }

        func open(_ branch: String, into base: String = "main", as person: String = "alice") -> Int {
            scene.here(
                "POST", "/pulls", as: person,
                ["title": "Something", "head": .string(branch), "base": .string(base)]
            ).json["number"]?.int ?? 0
        }

        func review(_ number: Int, _ event: String, as person: String) {
            scene.clock.advance(by: 1)
            let answer = scene.here(
                "POST", "/pulls/\(number)/reviews", as: person, ["event": .string(event), "body": "seen"])
            #expect(answer.status == 200)
        }

        /// Somebody else's green on a head, as of a build.
        func build(_ number: Int) { post("success", "ci/build", on: head(number), as: "dave") }

        func post(_ state: String, _ context: String, on head: String, as person: String) {
            let answer = scene.here(
                "POST", "/statuses/\(head)", as: person, ["state": .string(state), "context": .string(context)])
            #expect(answer.status == 201)
        }

        func head(_ number: Int) -> String {
            scene.here("GET", "/pulls/\(number)", as: "keeper").json["head"]?["sha"]?.string ?? ""
        }

        func summary(_ number: Int, _ base: String = "main") -> String? {
            scene.world.update { Watch.summary(Watch.Place(head: head(number, $0), base: base), $0)?.state }
        }

        /// What the summary of a commit says, whoever's head it is.
        func shown(on head: String, _ base: String = "main") -> String? {
            scene.world.update { Watch.summary(Watch.Place(head: head, base: base), $0)?.state }
        }

        /// How often the service has said that a commit may go into `main`.
        func greens(of commit: String) -> Int {
            let gate = scene.people["gate"]?.id
            let rows: [CommitStatus] = scene.world.update { world in
                world.repositories.values.flatMap { $0.statuses[commit] ?? [] }
            }
            return rows.count { $0.context == "countersign: main" && $0.state == "success" && $0.creator == gate }
        }

        private func head(_ number: Int, _ world: WorldState) -> String {
            world.pulls.values.first { $0.number == number }.map { world.headSHA(of: $0) } ?? ""
        }

        /// Points a branch of a fork at any commit.
        func point(_ branch: String, of repository: Int, at commit: String, as person: String) throws {
            scene.world.update { world in
                world.push(repository, branch, to: commit, doer: world.person(named: person)?.id ?? 0)
            }
        }

        /// Everybody tries everything that is open into a protected branch.
        func merge() { mergeAnythingBut(nil) }

        /// The same, but for what is at a commit that may go in.
        func mergeAnythingBut(_ commit: String?) {
            let open = scene.world.update { world in
                world.pulls.values.filter {
                    !$0.isClosed && ["main", "release"].contains($0.base) && world.headSHA(of: $0) != commit
                }.map(\.number)
            }
            for number in open {
                tries.withLock { $0 += 1 }
                for person in ["alice", "erin"] {
                    scene.here("POST", "/pulls/\(number)/merge", as: person, ["Do": "merge"])
                }
            }
        }

        var merged: [Int] {
            scene.world.update { $0.pulls.values.filter { $0.mergedAt != nil }.map(\.number).sorted() }
        }

        /// Time passes, the service looks by schedule, and nobody stops trying.
        func wait(_ seconds: Int = 135) async throws {
            _ = scene.world.takeDeliveries()
            try await service.pass(seconds, step: 15)
            merge()
        }

        /// A pull request that was approved and shows it.
        func green(_ branch: String = "feature/one", into base: String = "main") async throws -> Int {
            _ = try push(branch, ["src/one.txt": "one\n"])
            let number = open(branch, into: base)
            review(number, "APPROVED", as: "bob")
            scene.simulator.beforeResponse = nil
            try await service.pass(135, step: 15)
            #expect(summary(number, base) == "success", "the attack has not even begun")
            begin()
            return number
        }

        func begin() { scene.simulator.beforeResponse = { [self] _, _ in merge() } }
    }
}
