import Foundation
import GRDB
import GateForge
import GatePolicy
import GateService
import Synchronization
import Testing

@testable import GateStore
@testable import GateWeb
@testable import GiteaSimulator

extension SteppedFaults {
    /// The machine fails, the clock jumps, accounts change hands: a sentence, never a wrong verdict.
    @Suite struct TheMachine {
        /// A forge with two pull requests, the first of which is approved.
        struct Site: Sendable {
            let scene: Scene
            let watch: Watch

            func summary(_ number: Int) -> String? {
                scene.world.update { world in
                    world.pulls.values.first { $0.number == number }.flatMap { pull in
                        Watch.summary(Watch.Place(head: world.headSHA(of: pull), base: pull.base), world)?.state
                    }
                }
            }

            /// What the summary of a pull request says.
            func words(_ number: Int) -> String? {
                scene.world.update { world in
                    world.pulls.values.first { $0.number == number }.flatMap { pull in
                        Watch.summary(Watch.Place(head: world.headSHA(of: pull), base: pull.base), world)?.description
                    }
                }
            }

            func review(_ number: Int, _ event: String, as person: String) {
                scene.clock.advance(by: 1)
                watch.during {
                    _ = scene.here(
                        "POST", "/pulls/\(number)/reviews", as: person, ["event": .string(event), "body": "seen"])
                }
            }

            /// What is green and may not be, or the other way round.
            var wrong: [String] {
                scene.world.update { world in
                    let justified = Watch.justified(Judge(laws: watch.seen.laws), world)
                    return world.pulls.values.filter { !$0.isClosed }.compactMap { pull in
                        let place = Watch.Place(head: world.headSHA(of: pull), base: pull.base)
                        let state = Watch.summary(place, world)?.state
                        return (state == "success") == justified.contains(place)
                            ? nil : "#\(pull.number): \(state ?? "nothing")"
                    }
                }
            }
        }

        static func site<Value: Sendable>(_ body: (Site) async throws -> Value) async throws -> Value {
            try await Scene.run { scene in
                let watch = Watch(scene, window: .infinity, forgeryWindow: .infinity)
                let site = Site(scene: scene, watch: watch)
                watch.during {
                    _ = try? scene.world.push(
                        to: "main", of: Scene.repository, as: "keeper",
                        files: [".countersign.yml": watch.know(BoundToHeadBaseAndPolicy.strict)])
                    _ = try? scene.open(1...2)
                }
                site.review(1, "APPROVED", as: "bob")
                return try await body(site)
            }
        }

        static func mode(_ store: Store, _ pragma: String) throws {
            try store.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA \(pragma)") }
        }

        /// Not one write of the store succeeds, from any call of an evaluation on, and then all do again.
        @Test func aStoreThatCannotBeWrittenFromAnyCallOn() async throws {
            try await Self.site { site in
                try await SteppedService.with(site.scene) { service in
                    try await service.pass(75, step: 15)
                    #expect(site.wrong.isEmpty)
                    for call in 0..<14 {
                        site.review(1, call.isMultiple(of: 2) ? "REQUEST_CHANGES" : "APPROVED", as: "bea")
                        try await service.hear(site.scene.world.takeDeliveries())
                        let calls = Mutex(0)
                        site.scene.simulator.beforeResponse = { _, _ in
                            let isDue = calls.withLock { calls in
                                calls += 1
                                return calls == call
                            }
                            if isDue { try? Self.mode(service.store, "query_only = ON") }
                        }
                        // The lanes go home when the store does not answer, and come back with the next pulse.
                        _ = try? await service.events()
                        site.scene.simulator.beforeResponse = nil
                        try Self.mode(service.store, "query_only = ON")
                        await #expect(throws: StoreError.self) {
                            try await service.gate.refire(
                                #require(RepositoryName(Scene.repository)), .pull(1))
                        }
                        try Self.mode(service.store, "query_only = OFF")
                        try await service.pass(330, step: 15)
                        #expect(site.wrong.isEmpty, "the store failed from call \(call) on")
                    }
                }
            }
        }

        /// A disk on which nothing that changes anything can be written.
        final class FullDisk: TransactionObserver, Sendable {
            private struct State {
                var isFull = false
                var changes = 0
            }

            private let state: Mutex<State>
            /// Told of every write that it did not take.
            private let failed: @Sendable () -> Void
            /// Only looked at where it calls.
            nonisolated(unsafe) private let database: Database

            init(_ store: Store, failed: @escaping @Sendable () -> Void = {}) {
                self.failed = failed
                let changes: Int
                (database, changes) = store.database.writeWithoutTransaction { ($0, $0.totalChangesCount) }
                state = Mutex(State(changes: changes))
                store.database.add(transactionObserver: self, extent: .databaseLifetime)
            }

            func set(isFull: Bool) { state.withLock { $0.isFull = isFull } }
            func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
            func databaseDidChange(with event: DatabaseEvent) {}
            func databaseWillCommit() throws {
                let changes = database.totalChangesCount
                let fails = state.withLock { $0.isFull && $0.changes != changes }
                if fails { throw DatabaseError(resultCode: .SQLITE_FULL) }
            }
            func databaseDidCommit(_ database: Database) { note(database) }
            func databaseDidRollback(_ database: Database) {
                note(database)
                failed()
            }

            private func note(_ database: Database) {
                let changes = database.totalChangesCount
                state.withLock { $0.changes = changes }
            }
        }

        /// Nothing can be looked at, so what is green does not stay so; that ends by itself.
        /// - Parameter isMarked: whether its turn had come before the disk was full: then a round has nothing to write.
        @Test(arguments: [(true, false), (false, false), (true, true)])
        func nobodyLooksBehindWhatIsGreen(isTakenBack: Bool, isMarked: Bool) async throws {
            try await Self.site { site in
                try await TestFolder.with { folder in
                    let store = try Store.open(folder.appending(path: "countersign.sqlite").path)
                    let disk = FullDisk(store)
                    try await SteppedService.with(site.scene, store: store) { service in
                        try await service.pass(75, step: 15)
                        #expect(site.summary(1) == "success")
                        if isMarked {
                            site.scene.clock.advance(by: 61)
                            _ = await service.gate.reconcile()
                        }
                        disk.set(isFull: true)
                        if isTakenBack { site.review(1, "REQUEST_CHANGES", as: "bea") }
                        _ = site.scene.world.takeDeliveries()
                        // Its turn comes within the period of what is green, or the list's, and then some rounds fail.
                        for _ in 0..<64 {
                            site.scene.clock.advance(by: 1)
                            _ = await service.gate.reconcile()
                            _ = try? await service.gate.processNext()
                        }
                        #expect(site.summary(1) == "error")
                        #expect(
                            site.words(1)
                                == "the service's store cannot be written, so nobody looks behind this: its log says why"
                        )
                        #expect(store.problem?.kind == .full)
                        // Nor does a page say that it may be merged.
                        let overview = try await PageSource(store).overview(10)
                        #expect(overview.passing == 0 && overview.waiting.allSatisfy(\.isStalled))
                        let posts = site.scene.simulator.requests.all.count { $0.method == "POST" }
                        _ = await service.gate.reconcile()
                        #expect(site.scene.simulator.requests.all.count { $0.method == "POST" } == posts)
                        disk.set(isFull: false)
                        try await service.pass(75, step: 15)
                        #expect(site.summary(1) == (isTakenBack ? "failure" : "success"))
                        #expect(store.problem == nil)
                        #expect(site.wrong.isEmpty)
                    }
                }
            }
        }

        /// One that cannot be posted over keeps no other green.
        @Test func whatCannotBePostedOverIsLast() async throws {
            try await Self.site { site in
                site.review(2, "APPROVED", as: "bob")
                try await TestFolder.with { folder in
                    let store = try Store.open(folder.appending(path: "countersign.sqlite").path)
                    let disk = FullDisk(store)
                    try await SteppedService.with(site.scene, store: store) { service in
                        try await service.pass(75, step: 15)
                        #expect(site.summary(1) == "success" && site.summary(2) == "success")
                        disk.set(isFull: true)
                        let heads = site.scene.world.update { world in
                            world.pulls.values.sorted { $0.number < $1.number }.map { world.headSHA(of: $0) }
                        }
                        let blocked = try #require(heads.min())
                        let path = "/repos/\(Scene.repository)/statuses/\(blocked)"
                        site.scene.simulator.faults.add(Fault(method: "POST", path: path, kind: .status(403)))
                        for _ in 0..<64 {
                            site.scene.clock.advance(by: 1)
                            _ = await service.gate.reconcile()
                        }
                        let other = heads[0] == blocked ? 2 : 1
                        #expect(site.summary(other) == "error")
                        #expect(site.summary(3 - other) == "success")
                        site.scene.simulator.faults.clear()
                    }
                }
            }
        }

        @Test func aFullDisk() async throws {
            try await Self.site { site in
                try await TestFolder.with { folder in
                    let store = try Store.open(folder.appending(path: "countersign.sqlite").path)
                    try await SteppedService.with(site.scene, store: store) { service in
                        try await service.pass(75, step: 15)
                        let pages = try #require(try store.pragma("page_count"))
                        try Self.mode(store, "max_page_count = \(pages)")
                        var kinds: Set<StoreError.Kind> = []
                        var taken = 0
                        for number in 0..<2000 {
                            do throws(StoreError) {
                                try await service.gate.refire(
                                    RepositoryName(owner: "acme", name: "other\(number)"), .branch("b\(number)"))
                                taken += 1
                            } catch {
                                kinds.insert(error.kind)
                                break
                            }
                        }
                        #expect(kinds == [.full])
                        site.review(1, "REQUEST_CHANGES", as: "bea")
                        _ = try? await service.hear(site.scene.world.takeDeliveries())
                        _ = try? await service.pass(75, step: 15)
                        try Self.mode(store, "max_page_count = 1000000")
                        // What nobody could find again is put off, and the rest is right.
                        try await service.pass(330, step: 15)
                        #expect(site.wrong.isEmpty)
                        FaultSettings.tell("a full disk: \(taken) marks were taken before, then a sentence")
                    }
                }
            }
        }

        @Test func aDamagedFile() async throws {
            try await Self.site { site in
                try await TestFolder.with { folder in
                    let file = folder.appending(path: "countersign.sqlite")
                    do {
                        let store = try Store.open(file.path)
                        try await SteppedService.with(site.scene, store: store) { try await $0.pass(75, step: 15) }
                        try store.database.close()
                    }
                    let sound = try Data(contentsOf: file)
                    var chance = Chance(FaultSettings.seed)
                    var refused = 0
                    var worked = 0
                    // The first is not green any more: whoever believes the store alone does not see it.
                    site.review(1, "REQUEST_CHANGES", as: "bea")
                    for turn in 0..<40 {
                        var bytes = sound
                        for _ in 0..<(1 << chance.below(10)) {
                            bytes[turn < 4 ? chance.below(100) : chance.below(bytes.count)] = UInt8(chance.below(256))
                        }
                        for suffix in ["-wal", "-shm"] {
                            try? FileManager.default.removeItem(atPath: file.path + suffix)
                        }
                        try bytes.write(to: file)
                        do {
                            let store = try Store.open(file.path)
                            defer { try? store.database.close() }
                            try await SteppedService.with(site.scene, store: store) { service in
                                _ = try? await service.pass(75, step: 15)
                                _ = try? await service.lookAgain()
                            }
                            worked += 1
                        } catch let error as StoreError {
                            refused += 1
                            #expect(!error.description.isEmpty && !error.description.contains("\n"))
                        }
                        #expect(site.summary(2) != "success", "turn \(turn)")
                    }
                    // A sound file again: right at once.
                    try sound.write(to: file)
                    for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file.path + suffix) }
                    try await SteppedService.with(site.scene, store: Store.open(file.path)) {
                        try await $0.pass(330, step: 15)
                    }
                    #expect(site.wrong.isEmpty)
                    FaultSettings.tell("a damaged file: 40 times, \(refused) refused with a sentence, \(worked) opened")
                    #expect(refused > 0)
                }
            }
        }

        private static let damagedWords =
            "the service's store is damaged, so nobody looks behind this: its log says why"

        /// A file that is damaged under a running service cannot tell what is green: the forge is asked.
        @Test(arguments: ["pull", "publication", "repository", "dirty", "verdict", "knownName"])
        func aPageThatGoesBad(_ table: String) async throws {
            try await Self.site { site in
                try await TestFolder.with { folder in
                    let file = folder.appending(path: "countersign.sqlite")
                    do {
                        let store = try Store.open(file.path)
                        try await SteppedService.with(site.scene, store: store) { service in
                            try await service.pass(75, step: 15)
                            #expect(site.summary(1) == "success")
                            try Self.damage(table, of: store, at: file)
                            try await Self.withdraws(service, site)
                            // A look finds the history damaged once it has posted what it found.
                            #expect(
                                site.words(1) == (table == "verdict" ? "changes requested by bea" : Self.damagedWords))
                            await #expect(throws: StoreError.self) { try await store.checkWritable() }
                            try await Self.pagesSaySo(store)
                        }
                    }
                    do throws(StoreError) {
                        _ = try Store.open(file.path)
                        Issue.record("it was opened")
                    } catch {
                        #expect(error.kind == .corrupt)
                    }
                }
            }
        }

        /// After a start nothing was listed yet that could tell where to ask.
        @Test(arguments: ["pull", "repository"])
        func aPageThatGoesBadBeforeTheFirstList(_ table: String) async throws {
            try await Self.site { site in
                try await TestFolder.with { folder in
                    let file = folder.appending(path: "countersign.sqlite")
                    let store = try Store.open(file.path)
                    try await SteppedService.with(site.scene, store: store) { service in
                        try await service.pass(75, step: 15)
                        #expect(site.summary(1) == "success")
                    }
                    try Self.damage(table, of: store, at: file)
                    // What there is cannot be told at once either.
                    site.scene.simulator.faults.add(
                        Fault(method: "GET", path: "/user/repos", times: 12, kind: .status(502)))
                    try await SteppedService.with(site.scene, store: store) { try await Self.withdraws($0, site) }
                }
            }
        }

        /// Whoever may post statuses can post so many that nobody reads them; and a forge fails for a while.
        @Test(arguments: [
            Fault(method: "GET", path: "*/commits/*/status*", kind: .status(500)),
            Fault(method: "GET", path: "*/pulls*", times: 40, kind: .status(502)),
        ])
        func aPageThatGoesBadWhileTheForgeFails(_ fault: Fault) async throws {
            try await Self.site { site in
                try await TestFolder.with { folder in
                    let file = folder.appending(path: "countersign.sqlite")
                    let store = try Store.open(file.path)
                    try await SteppedService.with(site.scene, store: store) { service in
                        try await service.pass(75, step: 15)
                        #expect(site.summary(1) == "success")
                        try Self.damage("pull", of: store, at: file)
                        site.review(1, "REQUEST_CHANGES", as: "bea")
                        site.scene.simulator.faults.add(fault)
                        let before = site.scene.simulator.requests.all.count
                        for _ in 0..<60 {
                            site.scene.clock.advance(by: 1)
                            _ = await service.gate.reconcile()
                        }
                        #expect(site.wrong.isEmpty)
                        // Nobody's statuses are buried under ours, and the forge is not asked in every round.
                        let asked = site.scene.simulator.requests.all.dropFirst(before)
                        let posts = Dictionary(grouping: asked.filter { $0.method == "POST" }, by: \.path)
                        #expect(posts.values.allSatisfy { $0.count <= 2 })
                        #expect(asked.count < 200, "\(asked.count)")
                    }
                }
            }
        }

        /// Statuses are the commit's, and each base has a summary of its own: a commit that nobody can read keeps neither.
        @Test func aHiddenHeadOfTwoBases() async throws {
            try await Self.site { site in
                try await TestFolder.with { folder in
                    let file = folder.appending(path: "countersign.sqlite")
                    site.watch.during {
                        _ = try? site.scene.world.push(
                            to: "release", of: Scene.repository, as: "keeper",
                            files: [".countersign.yml": site.watch.know(BoundToHeadBaseAndPolicy.strict)])
                        site.scene.here(
                            "POST", "/pulls", as: "alice",
                            ["title": "The same", "head": "feature/1", "base": "release"])
                    }
                    site.review(3, "APPROVED", as: "bob")
                    let store = try Store.open(file.path)
                    try await SteppedService.with(site.scene, store: store) { service in
                        try await service.pass(75, step: 15)
                        #expect([site.summary(1), site.summary(3)] == ["success", "success"])
                        try Self.damage("pull", of: store, at: file)
                        site.scene.simulator.faults.add(
                            Fault(method: "GET", path: "*/commits/*/status*", kind: .status(500)))
                        for _ in 0..<60 {
                            site.scene.clock.advance(by: 1)
                            _ = await service.gate.reconcile()
                        }
                        #expect([site.summary(1), site.summary(3)] == ["error", "error"])
                    }
                }
            }
        }

        /// No page says that anything may be merged, or that what was posted holds; one that needs what is damaged is none.
        private static func pagesSaySo(_ store: Store) async throws {
            do throws(StoreError) {
                try store.requireSound()
                Issue.record("it is believed")
            } catch {
                #expect(error.kind == .corrupt)
            }
            do {
                let overview = try await PageSource(store).overview(10)
                #expect(overview.passing == 0 && overview.waiting.allSatisfy(\.isStalled))
                let note = overview.notes.first ?? ""
                #expect(note.hasPrefix("the store is damaged: ") && note.hasSuffix("nothing stays green"), "\(note)")
            } catch {
                #expect((error as? StoreError)?.kind == .corrupt, "\(error)")
            }
        }

        /// Changes are requested, and nobody hears of it: nothing green stands any more, and nothing is posted twice.
        private static func withdraws(_ service: SteppedService, _ site: Site) async throws {
            site.review(1, "REQUEST_CHANGES", as: "bea")
            _ = site.scene.world.takeDeliveries()
            for _ in 0..<100 {
                site.scene.clock.advance(by: 1)
                _ = await service.gate.reconcile()
                _ = try? await service.gate.processNext()
            }
            #expect(site.wrong.isEmpty)
            let posts = site.scene.simulator.requests.all.count { $0.method == "POST" }
            for _ in 0..<70 {
                site.scene.clock.advance(by: 1)
                _ = await service.gate.reconcile()
            }
            #expect(site.scene.simulator.requests.all.count { $0.method == "POST" } == posts)
        }

        /// Spoils a table's first page, as a bad sector does.
        static func damage(_ table: String, of store: Store, at file: URL) throws {
            let root = try store.database.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
                let root = try Int.fetchOne(
                    database, sql: "SELECT rootpage FROM sqlite_master WHERE name = ?", arguments: [table])
                try database.execute(sql: "PRAGMA shrink_memory")
                return root
            }
            let handle = try FileHandle(forUpdating: file)
            try handle.seek(toOffset: UInt64(#require(root) - 1) * 4096)
            try handle.write(contentsOf: Data(repeating: 0xff, count: 4096))
            try handle.close()
        }

        /// A store as the first version made it, with work in it.
        @Test func aStoreOfAnOlderVersion() async throws {
            try await Self.site { site in
                try await TestFolder.with { folder in
                    let file = folder.appending(path: "countersign.sqlite").path
                    let queue = try DatabaseQueue(path: file)
                    let first = try #require(Migrations.migrator.migrations.first)
                    try Migrations.migrator.migrate(queue, upTo: first)
                    try await queue.write { database in
                        try database.execute(
                            sql: """
                                INSERT INTO dirty (repository, name, kind, target, urgency, cause, correlation,
                                    firstMarkedAt, dueAt, claimed) VALUES ('acme/widget', 'acme/widget', 'pull', '1', 0,
                                    'test', '', 1, 1, 1)
                                """)
                    }
                    try queue.close()
                    try await SteppedService.with(site.scene, store: Store.open(file)) { service in
                        try await service.events()
                        #expect(site.summary(1) == "success")
                    }
                }
            }
        }

        @Test(arguments: [315_000_000, -315_000_000, 86_400, -86_400, 3600, -3600])
        func theClockJumps(_ seconds: Double) async throws {
            try await Self.site { site in
                try await SteppedService.with(site.scene) { service in
                    try await service.pass(75, step: 15)
                    #expect(site.wrong.isEmpty)
                    // Only the service's own clock is wrong.
                    site.scene.skew.withLock { $0 = seconds }
                    site.review(1, "REQUEST_CHANGES", as: "bea")
                    site.review(2, "APPROVED", as: "bob")
                    _ = site.scene.world.takeDeliveries()
                    try await service.pass(330, step: 15)
                    #expect(site.wrong.isEmpty, "after the jump")
                    site.scene.skew.withLock { $0 = 0 }
                    site.review(2, "REQUEST_CHANGES", as: "bea")
                    _ = site.scene.world.takeDeliveries()
                    try await service.pass(330, step: 15)
                    #expect(site.wrong.isEmpty, "back again")
                }
            }
        }

        /// The service's account is deleted, somebody else takes its login, may write, and posts greens under it.
        @Test func theLoginIsTakenBySomebodyElse() async throws {
            try await Self.site { site in
                let old = try SteppedService(site.scene)
                try await old.pass(75, step: 15)
                #expect(site.summary(1) == "success" && site.summary(2) == "pending")
                let world = site.scene.world
                let impostor = world.update { state in
                    state.deletePerson(state.person(named: "gate")?.id ?? 0)
                    let account = state.createPerson(login: "gate", email: "new@example.com", password: "")
                    if let team = state.teams.values.first(where: { $0.name == "gates" }) {
                        state.teams[team.id]?.members.insert(account.id)
                    }
                    let successor = state.createPerson(login: "successor", email: "s@example.com", password: "")
                    if let team = state.teams.values.first(where: { $0.name == "gates" }) {
                        state.teams[team.id]?.members.insert(successor.id)
                    }
                    _ = state.createToken(owner: account.id, name: "t", scopes: ["all"], value: "impostor")
                    _ = state.createToken(owner: successor.id, name: "t", scopes: ["all"], value: "successor")
                    return account.id
                }
                #expect(impostor != site.scene.people["gate"]?.id)
                site.review(1, "REQUEST_CHANGES", as: "bea")
                let head = world.update { state in state.pulls.values.first { $0.number == 2 }?.headSHA ?? "" }
                site.scene.here(
                    "POST", "/statuses/\(head)", as: "gate", token: "impostor",
                    ["state": "success", "context": "countersign: main", "description": "passed: first"])
                // The old token is dead: nothing is posted, least of all a green.
                let rows = site.scene.simulator.requests.all.count { $0.method == "POST" && $0.status == 201 }
                _ = try? await old.pass(330, step: 15)
                #expect(site.scene.simulator.requests.all.count { $0.method == "POST" && $0.status == 201 } == rows)
                await old.gate.forge.shutdown()
                // A new account with the old store: neither the impostor's greens nor the ghost's are taken for its own.
                let new = try SteppedService(site.scene, store: old.store, token: "successor")
                try await new.pass(330, step: 15)
                #expect(site.wrong.isEmpty)
                await new.gate.forge.shutdown()
            }
        }

        /// Two services, each with an account and a store of its own: right, and no war of statuses.
        @Test(arguments: [true, false]) func twoServices(_ shareAnAccount: Bool) async throws {
            try await Self.site { site in
                let other = site.scene.world.update { state in
                    let account = state.createPerson(login: "gate2", email: "gate2@example.com", password: "")
                    if let team = state.teams.values.first(where: { $0.name == "gates" }) {
                        state.teams[team.id]?.members.insert(account.id)
                    }
                    return state.createToken(owner: account.id, name: "t", scopes: ["all"]).value
                }
                let services = [
                    try SteppedService(site.scene),
                    try SteppedService(site.scene, token: shareAnAccount ? site.scene.token("gate") : other),
                ]
                func pass(_ seconds: Int) async throws {
                    for _ in 0..<(seconds / 15) {
                        site.scene.clock.advance(by: 15)
                        async let one: Void = services[0].turn()
                        async let two: Void = services[1].turn()
                        _ = try await (one, two)
                    }
                }
                try await pass(330)
                #expect(site.wrong.isEmpty)
                for turn in 0..<4 {
                    site.review(1, turn.isMultiple(of: 2) ? "REQUEST_CHANGES" : "APPROVED", as: "bea")
                    try await pass(330)
                    #expect(site.wrong.isEmpty, "turn \(turn)")
                }
                site.scene.simulator.requests.reset()
                try await pass(3600)
                let posts = site.scene.simulator.requests.all.count { $0.method == "POST" }
                FaultSettings.tell(
                    "two services, \(shareAnAccount ? "one account" : "two accounts"): \(posts) posts an hour")
                #expect(posts <= 40)
                for service in services { await service.gate.forge.shutdown() }
            }
        }

        @Test func aMembershipRevokedWithinTheCachesTime() async throws {
            try await Self.site { site in
                try await SteppedService.with(site.scene) { service in
                    try await service.pass(75, step: 15)
                    #expect(site.summary(1) == "success")
                    let team = site.scene.world.update { $0.teams.values.first { $0.name == "qa" }?.id ?? 0 }
                    site.watch.during { _ = site.scene.call("DELETE", "/teams/\(team)/members/bob", as: "keeper") }
                    try await service.pass(Int(NoFalseGreen.window), step: 5)
                    #expect(site.wrong.isEmpty)
                }
            }
        }

        /// The forge, or something on the way, answers one call with what belongs to another pull request.
        @Test func theAnswerOfAnotherPullRequest() async throws {
            try await Self.site { site in
                try await SteppedService.with(site.scene) { service in
                    try await service.pass(75, step: 15)
                    site.scene.simulator.requests.reset()
                    try await service.gate.refire(#require(RepositoryName(Scene.repository)), .pull(2))
                    try await service.events()
                    let heads = (1...2).map { number in
                        site.scene.world.update { state in
                            state.pulls.values.first { $0.number == number }?.headSHA ?? ""
                        }
                    }
                    func other(_ path: String) -> String {
                        path.replacing("/pulls/2", with: "/pulls/1").replacing("/issues/2", with: "/issues/1")
                            .replacing(heads[1], with: heads[0])
                    }
                    let reads = Set(site.scene.simulator.requests.all.filter { $0.method == "GET" }.map(\.path))
                        .filter { other($0) != $0 }.sorted()
                    #expect(reads.count >= 4)
                    for some in reads.map({ [$0] }) + [reads] {
                        for path in some {
                            let text = site.scene.call("GET", other(path), as: "gate").json.text
                            site.scene.simulator.faults.add(Fault(method: "GET", path: path, kind: .body(text)))
                        }
                        try await service.gate.refire(#require(RepositoryName(Scene.repository)), .pull(2))
                        _ = try? await service.pass(30, step: 15)
                        #expect(site.summary(2) != "success", "\(some)")
                        site.scene.simulator.faults.clear()
                    }
                    try await service.pass(930, step: 30)
                    #expect(site.wrong.isEmpty)
                    FaultSettings.tell(
                        "answers of another pull request: \(reads.count) reads, one by one and all at once")
                }
            }
        }
    }
}
