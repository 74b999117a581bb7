import Foundation
import GRDB
import GatePolicy
import Testing

@testable import GateStore

/// The file: durable, upgradable, copied while in use.
struct StoreTests {
    @Test func anAnsweredDeliverySurvivesAPowerCut() throws {
        try Folder.with { folder in
            let store = try Store.open(folder.file("countersign.sqlite"))
            #expect(try store.pragma("synchronous") == 2)
            #expect(try store.pragma("foreign_keys") == 1)
        }
    }

    @Test func whatWasClaimedWhenTheProcessEndedIsDueAgain() async throws {
        try await Folder.with { folder in
            let path = folder.file("countersign.sqlite")
            let mark = Mark(.widget, .pull(7), cause: "test")
            do {
                let store = try Store.open(path)
                try await store.mark([mark], at: .start)
                #expect(try await store.claimNext(.start) != nil)
                #expect(try await store.claimNext(.start) == nil)
            }
            let store = try Store.open(path)
            #expect(try await store.claimNext(.start)?.target == .pull(7))
        }
    }

    @Test func aStoreOfALaterVersionIsNotTouched() throws {
        try Folder.with { folder in
            let path = folder.file("countersign.sqlite")
            let queue = try DatabaseQueue(path: path)
            var migrator = Migrations.migrator
            migrator.registerMigration("something of the future") { try $0.execute(sql: "CREATE TABLE future (x)") }
            try migrator.migrate(queue)
            try queue.close()
            #expect(throws: StoreError.self) { try Store.open(path) }
        }
    }

    @Test func aDamagedFileIsASentence() throws {
        try Folder.with { folder in
            let path = folder.file("countersign.sqlite")
            try Data(String(repeating: "this is no database ", count: 100).utf8).write(to: URL(filePath: path))
            do throws(StoreError) {
                _ = try Store.open(path)
                Issue.record("it was opened")
            } catch {
                #expect(error.kind == .corrupt)
                #expect(error.description.contains("restore a backup"))
            }
        }
    }

    @Test func aBackupIsTakenWhileItIsWritten() async throws {
        try await Folder.with { folder in
            let store = try Store.open(folder.file("countersign.sqlite"))
            try await store.mark((1...500).map { Mark(.widget, .pull($0), cause: "test") }, at: .start)
            async let marks: Void = store.mark((501...600).map { Mark(.widget, .pull($0), cause: "test") }, at: .start)
            try await store.backup(to: folder.file("copy.sqlite"))
            try await marks
            let copy = try Store.open(folder.file("copy.sqlite"))
            #expect(try await copy.backlog(.start).events >= 500)
        }
    }

    @Test func aBackupIsPrivateAndTakesNoOtherFilesPlace() async throws {
        try await Folder.with { folder in
            let path = folder.file("countersign.sqlite")
            do {
                let store = try Store.open(path)
                try await store.mark([Mark(.widget, .pull(1), cause: "test")], at: .start)
                try await store.backup(to: folder.file("one.sqlite"))
                for taken in ["one.sqlite", "countersign.sqlite"] {
                    await #expect(throws: StoreError.self) { try await store.backup(to: folder.file(taken)) }
                }
                #expect(throws: StoreError.self, "a service works with it") {
                    try Store.copy(path, to: folder.file("two.sqlite"))
                }
                #expect(try await store.backlog(.start).events == 1)
            }
            try Store.copy(path, to: folder.file("two.sqlite"))
            for copy in ["one.sqlite", "two.sqlite"] {
                let permissions = try FileManager.default.attributesOfItem(atPath: folder.file(copy))
                #expect(permissions[.posixPermissions] as? Int == 0o600)
                #expect(try await Store.openExisting(folder.file(copy)).backlog(.start).events == 1)
            }
        }
    }

    /// Two services that are started by a link that leads nowhere yet.
    @Test func aStoreIsOneBehindALinkToWhereNothingIs() async throws {
        try await Folder.with { folder in
            let (link, target) = (folder.file("link.sqlite"), folder.file("target.sqlite"))
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
            let store = try Store.open(link)
            for name in [link, target] {
                let found = #expect(throws: StoreError.self) { try Store.open(name) }
                #expect(found?.kind == .locked)
            }
            #expect(try await store.backlog(.start).events == 0)
        }
    }

    /// What the store in whose place a backup is put had not written into its file yet lies beside it.
    @Test(arguments: [false, true]) func aBackupIsPutInThePlaceOfAStoreThatWasCut(_ isLinked: Bool) async throws {
        try await Folder.with { folder in
            let path = folder.file("countersign.sqlite")
            do {
                let store = try Store.open(path)
                try await store.mark([Mark(.widget, .pull(1), cause: "test")], at: .start)
            }
            try Store.copy(path, to: folder.file("backup.sqlite"))
            do {
                let store = try Store.open(path)
                try await store.mark((2...2000).map { Mark(.widget, .pull($0), cause: "test") }, at: .start)
                // As a process that is killed leaves it.
                for end in ["", "-wal"] {
                    try FileManager.default.copyItem(
                        atPath: path + end, toPath: folder.file("cut.sqlite") + end)
                }
            }
            let cut = folder.file("cut.sqlite")
            #expect(try Data(contentsOf: URL(filePath: cut + "-wal")).count > 0)
            try Data(contentsOf: URL(filePath: folder.file("backup.sqlite"))).write(
                to: URL(filePath: cut))
            var name = cut
            if isLinked {
                name = folder.file("link.sqlite")
                try FileManager.default.createSymbolicLink(atPath: name, withDestinationPath: cut)
            }
            // A backup of what was put back, before the service was started again.
            try Store.copy(name, to: folder.file("nightly.sqlite"))
            #expect(try await Store.open(folder.file("nightly.sqlite")).backlog(.start).events == 1)
            for _ in 0..<2 {
                let store = try Store.open(name)
                #expect(try await store.backlog(.start).events == 1)
                // Two names of one store are one store.
                if isLinked {
                    #expect(throws: StoreError.self) { try Store.open(cut) }
                    #expect(throws: StoreError.self) { try Store.copy(cut, to: folder.file("kept.sqlite")) }
                }
            }
            // What is written since is not taken for another one's.
            let store = try Store.open(name)
            try await store.mark([Mark(.widget, .pull(2), cause: "test")], at: .start)
            for end in ["", "-wal"] {
                try FileManager.default.copyItem(
                    atPath: cut + end, toPath: folder.file("again.sqlite") + end)
            }
            #expect(try await Store.open(folder.file("again.sqlite")).backlog(.start).events == 2)
        }
    }

    /// A page that went bad is found before anything is believed, and where it goes bad later nothing is from then on.
    @Test(arguments: ["pull", "publication", "dirty"])
    func aDamagedPageIsASentence(_ table: String) async throws {
        try await Folder.with { folder in
            let path = folder.file("countersign.sqlite")
            do {
                let store = try Store.open(path)
                try await store.mark([Mark(.widget, .pull(1), cause: "test")], at: .start)
                try store.damage(table, at: path)
                await #expect(throws: StoreError.self) {
                    try await store.read { try Row.fetchAll($0, sql: "SELECT * FROM \(table)").count }
                }
                await #expect(throws: StoreError.self) { try await store.checkWritable() }
                await #expect(throws: StoreError.self) {
                    try await store.mark([Mark(.widget, .pull(2), cause: "test")], at: .start)
                }
                #expect(store.problem?.kind == .corrupt)
            }
            do throws(StoreError) {
                _ = try Store.open(path)
                Issue.record("it was opened")
            } catch {
                #expect(error.kind == .corrupt)
            }
        }
    }

    /// An older program may have to read the copy.
    @Test func aCopyOfAnOldStoreIsOld() throws {
        try Folder.with { folder in
            let queue = try DatabaseQueue(path: folder.file("old.sqlite"))
            let first = try #require(Migrations.migrator.migrations.first)
            try Migrations.migrator.migrate(queue, upTo: first)
            try queue.close()
            try Store.copy(folder.file("old.sqlite"), to: folder.file("copy.sqlite"))
            let copy = try DatabaseQueue(path: folder.file("copy.sqlite"))
            #expect(try copy.read { try Migrations.migrator.appliedIdentifiers($0) } == [first])
        }
    }

    @Test func whereThereIsNoStoreNoneIsMade() throws {
        try Folder.with { folder in
            let path = folder.file("none.sqlite")
            #expect(throws: StoreError.self) { try Store.openExisting(path) }
            #expect(throws: StoreError.self) { try Store.copy(path, to: folder.file("copy.sqlite")) }
            let made = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
            #expect(made.isEmpty)
        }
    }
}

extension Store {
    /// Spoils a table's first page in the file, as a bad sector does.
    func damage(_ table: String, at path: String) throws {
        let root = try database.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            let root = try Int.fetchOne(
                database, sql: "SELECT rootpage FROM sqlite_master WHERE name = ?", arguments: [table])
            try database.execute(sql: "PRAGMA shrink_memory")
            return root
        }
        let file = try FileHandle(forUpdating: URL(filePath: path))
        try file.seek(toOffset: UInt64(#require(root) - 1) * 4096)
        try file.write(contentsOf: Data(repeating: 0xff, count: 4096))
        try file.close()
    }
}

/// A folder of one test.
struct Folder {
    let url: URL

    func file(_ name: String) -> String { url.appendingPathComponent(name).path }

    static func with(_ body: (Folder) throws -> Void) throws {
        let folder = try Folder()
        defer { try? FileManager.default.removeItem(at: folder.url) }
        try body(folder)
    }

    static func with(_ body: (Folder) async throws -> Void) async throws {
        let folder = try Folder()
        defer { try? FileManager.default.removeItem(at: folder.url) }
        try await body(folder)
    }

    private init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("countersign-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }
}

extension RepositoryName {
    static let widget = RepositoryName(owner: "acme", name: "widget")
}

extension Moment {
    static let start = Moment(milliseconds: 1_780_000_000_000)
}
