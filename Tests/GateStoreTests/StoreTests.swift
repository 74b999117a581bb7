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
