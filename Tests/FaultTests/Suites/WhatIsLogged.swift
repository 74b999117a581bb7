import Foundation
import GRDB
import GateForge
import GatePolicy
import Synchronization
import Testing

@testable import GateService
@testable import GateStore
@testable import GiteaSimulator

extension SteppedFaults {
    /// What an operator finds in the log: what went out, with its reason, and what fails over and over once a minute.
    @Suite struct WhatIsLogged {
        private func run(
            _ site: TheMachine.Site, store: Store? = nil, settings: GateSettings? = nil,
            _ body: (SteppedService, HeardLog) async throws -> Void
        ) async throws {
            let log = HeardLog()
            let service = try SteppedService(site.scene, store: store, settings: settings, logger: log.logger)
            do {
                try await body(service, log)
                await service.gate.forge.shutdown()
            } catch {
                await service.gate.forge.shutdown()
                throw error
            }
        }

        @Test func aGreenThatIsWithdrawn() async throws {
            try await TheMachine.site { site in
                try await run(site) { service, log in
                    try await service.pass(75, step: 15)
                    #expect(site.summary(1) == "success")
                    let old = site.scene.world.update { $0.pulls.values.first { $0.number == 1 }?.headSHA ?? "" }
                    let withdrawn = { log.lines.filter { $0.contains("a green was withdrawn") } }
                    #expect(withdrawn().isEmpty)
                    site.watch.during {
                        _ = try? site.scene.world.push(
                            to: "feature/1", of: Scene.repository, as: "alice", files: ["src/more.txt": "more\n"])
                    }
                    try await service.hear(site.scene.world.takeDeliveries())
                    try await service.pass(75, step: 15)
                    let lines = withdrawn()
                    #expect(lines.count == 2 && lines.allSatisfy { $0.hasPrefix("info ") }, "\(lines)")
                    for context in ["countersign: main", "countersign/first: main"] {
                        let line = lines.first { $0.contains("context=\(context) ") }
                        #expect(line?.contains(" head=\(old.prefix(10)) ") == true, "\(lines)")
                    }
                    #expect(lines.allSatisfy { $0.contains("reason=") && $0.contains("repository=acme/widget") })
                    // Once.
                    try await service.pass(75, step: 15)
                    #expect(withdrawn().count == 2)
                }
            }
        }

        /// Whatever is posted is told at `info`, also where the verdict is what it was; a look that posts nothing is not.
        @Test func whatIsPostedUnderAnUnchangedVerdict() async throws {
            try await TheMachine.site { site in
                try await run(site) { service, log in
                    try await service.pass(75, step: 15)
                    func decided() async throws -> [String] {
                        let before = log.lines.count
                        try await service.gate.refire(#require(RepositoryName(Scene.repository)), .pull(2))
                        try await service.events()
                        return log.lines.dropFirst(before).filter { $0.contains("decided") }
                    }
                    let quiet = try await decided()
                    #expect(quiet.count == 1 && quiet[0].hasPrefix("debug decided") && quiet[0].contains("posted=0"))
                    let head = site.scene.world.update { $0.pulls.values.first { $0.number == 2 }?.headSHA ?? "" }
                    site.scene.here(
                        "POST", "/statuses/\(head)", as: "dave",
                        ["state": "success", "context": "countersign: main", "description": "passed: first"])
                    let posted = try await decided()
                    #expect(posted.count == 1 && posted[0].hasPrefix("info decided"), "\(posted)")
                    #expect(posted[0].contains("outcome=waiting posted=1"), "\(posted)")
                }
            }
        }

        /// A draft shows that it is one: whoever asks the log why a green went away must not read that it passed.
        @Test func whatIsShownInThePlaceOfAVerdict() async throws {
            try await TheMachine.site { site in
                try await run(site) { service, log in
                    try await service.pass(75, step: 15)
                    #expect(site.summary(1) == "success")
                    let decided = { log.lines.filter { $0.contains("decided") && $0.contains("outcome=approved") } }
                    #expect(!decided().isEmpty && !decided().contains { $0.contains("shown=") }, "\(decided())")
                    site.watch.during {
                        _ = site.scene.here("PATCH", "/pulls/1", as: "alice", ["title": "WIP: Something"])
                    }
                    try await service.hear(site.scene.world.takeDeliveries())
                    try await service.pass(15, step: 15)
                    #expect(site.summary(1) == "pending")
                    let last = decided().last ?? ""
                    #expect(last.hasPrefix("info ") && last.contains("shown=pending: draft"), "\(decided())")
                }
            }
        }

        /// From the delivery to the status, by way of the branch's list as well.
        @Test func whichDeliveryAStatusFollowsFrom() async throws {
            try await TheMachine.site { site in
                try await run(site) { service, log in
                    try await service.pass(75, step: 15)
                    _ = site.scene.world.takeDeliveries()
                    site.watch.during {
                        _ = try? site.scene.world.push(
                            to: "feature/2", of: Scene.repository, as: "alice", files: ["src/more.txt": "more\n"])
                    }
                    // The other one is lost.
                    let told = site.scene.world.takeDeliveries().filter { $0.event == "push" }
                    let id = try #require(told.first?.headers.first { $0.name == "X-Gitea-Delivery" }?.value)
                    let before = log.lines.count
                    try await service.hear(told)
                    site.scene.clock.advance(by: 1)
                    try await service.events()
                    let decided = log.lines.dropFirst(before).filter { $0.contains("decided") }
                    #expect(decided.count == 1 && decided[0].contains("correlation=\(id) "), "\(decided)")
                    #expect(decided[0].contains("subject=acme/widget#2"), "\(decided)")
                }
            }
        }

        /// The lanes of the worker try twice a second, and somebody reads the log.
        @Test func aStoreThatTakesNothingFromTheWorker() async throws {
            try await TheMachine.site { site in
                let store = try Store.inMemory()
                let (failures, failure) = AsyncStream<Void>.makeStream()
                let disk = TheMachine.FullDisk(store) { failure.yield() }
                let time = Mutex(Moment(milliseconds: 1_000_000))
                let pulses = Mutex(0)
                let stop = Mutex<Bell?>(nil)
                let log = HeardLog()
                var settings = GateSettings()
                settings.concurrency = 1
                let gate = Gatekeeper(
                    store, try ForgeClient(ForgeSettings(address: site.scene.simulator.baseAddress, token: Token("x"))),
                    settings,
                    clock: GateClock(
                        now: { time.withLock { $0 } },
                        sleep: { pause in
                            // The next pulse comes when the try of this one has failed.
                            for await _ in failures { break }
                            time.withLock { $0 = $0 + pause }
                            let count = pulses.withLock { count in
                                count += 1
                                return count
                            }
                            if count == 150 { stop.withLock { $0 }?.silence() }
                        }), logger: log.logger)
                stop.withLock { $0 = gate.bell }
                try await gate.refire(#require(RepositoryName(Scene.repository)), .pull(1))
                disk.set(isFull: true)
                try await Worker(GatekeeperHolder(gate)).run()
                let lines = log.lines
                #expect(lines.count == 2, "150 tries in 75 s: \(lines)")
                #expect(lines.allSatisfy { $0.hasPrefix("error nothing can be worked off: ") }, "\(lines)")
                await gate.forge.shutdown()
            }
        }

        @Test func aStoreThatTakesNothingFromTheReconciler() async throws {
            try await TheMachine.site { site in
                let store = try Store.inMemory()
                let disk = TheMachine.FullDisk(store)
                try await run(site, store: store) { service, log in
                    disk.set(isFull: true)
                    for _ in 0..<75 {
                        _ = await service.gate.reconcile()
                        site.scene.clock.advance(by: 1)
                    }
                    let lines = log.lines.filter { $0.contains("cannot reconcile") }
                    #expect(lines.count == 2 && lines.allSatisfy { $0.hasPrefix("error ") }, "\(lines)")
                }
            }
        }

        /// Where a damaged store cannot tell what is green the forge is asked for all of it at once, and from then on as far
        /// as the budget goes.
        @Test func whatFollowsAWholeSweep() async throws {
            try await TheMachine.site { site in
                let scene = site.scene
                try scene.open(3...80)
                var settings = GateSettings(repositories: try RepositorySelection(["acme/*"]))
                settings.backgroundCalls = 1
                try await TestFolder.with { folder in
                    let file = folder.appending(path: "countersign.sqlite")
                    let store = try Store.open(file.path)
                    try TheMachine.damage("repository", of: store, at: file)
                    try await run(site, store: store, settings: settings) { service, _ in
                        func calls(in seconds: Int) async -> Int {
                            scene.simulator.requests.reset()
                            for _ in 0..<seconds {
                                scene.clock.advance(by: 1)
                                _ = await service.gate.reconcile()
                            }
                            return scene.simulator.requests.count
                        }
                        _ = await calls(in: 10)
                        let heads = Set(
                            scene.simulator.requests.all.map(\.path).filter { $0.contains("/commits/") })
                        #expect(heads.count == 80, "all of it within seconds: \(heads.count)")
                        // What it took is paid for: the next one begins late, and takes its time.
                        let soon = await calls(in: 60)
                        #expect(soon < 10, "\(soon)")
                        let later = await calls(in: 600)
                        #expect(later > 200 && later < 660, "\(later)")
                    }
                }
            }
        }
    }
}
