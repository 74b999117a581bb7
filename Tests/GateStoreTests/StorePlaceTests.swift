import Foundation
import GRDB
import GatePolicy
import Testing

@testable import GateStore

/// Somebody moves the store's file, or its lock's, while a service works with it.
struct StorePlaceTests {
    enum Deed: CaseIterable, Sendable {
        case movedAway, deleted, replaced, overwritten

        func act(on path: String, backup: String) throws {
            let files = FileManager.default
            switch self {
            case .movedAway:
                for end in ["", "-wal", "-shm"] { try files.moveItem(atPath: path + end, toPath: path + ".away" + end) }
            case .deleted: try files.removeItem(atPath: path)
            case .replaced:
                try files.moveItem(atPath: path, toPath: path + ".away")
                try files.moveItem(atPath: backup, toPath: path)
            case .overwritten:
                // As `cp` does it.
                let file = try FileHandle(forWritingTo: URL(filePath: path))
                try file.write(contentsOf: Data(contentsOf: URL(filePath: backup)))
                try file.truncate(atOffset: file.offset())
                try file.close()
            }
        }
    }

    private static let mark = Mark(.widget, .pull(7), cause: "test")

    @Test(arguments: Deed.allCases, [true, false])
    func aFileThatIsNotThereAnyMore(_ deed: Deed, isWrittenFirst: Bool) async throws {
        try await Folder.with { folder in
            let path = folder.file("countersign.sqlite")
            let store = try Store.open(path)
            try await store.mark([Self.mark], at: .start)
            try await store.backup(to: folder.file("backup.sqlite"))
            try deed.act(on: path, backup: folder.file("backup.sqlite"))
            func write() async {
                let error = await #expect(throws: StoreError.self) { try await store.mark([Self.mark], at: .start) }
                #expect(error?.kind == .replaced && error?.description.contains("stop the service") == true)
            }
            func read() async {
                let error = await #expect(throws: StoreError.self) { try await store.backlog(.start) }
                #expect(error?.kind == .replaced, "\(String(describing: error))")
            }
            if isWrittenFirst { await write() }
            await read()
            await write()
            #expect(store.problem?.kind == .replaced)
            #expect(throws: StoreError.self) { try store.requireSound() }
            await #expect(throws: StoreError.self) { try await store.backup(to: folder.file("another.sqlite")) }
        }
    }

    /// What was written meanwhile may lie in another: only a start knows which.
    @Test func aFileThatIsPutBack() async throws {
        try await Folder.with { folder in
            let path = folder.file("countersign.sqlite")
            let store = try Store.open(path)
            try Deed.movedAway.act(on: path, backup: "")
            await #expect(throws: StoreError.self) { try await store.checkWritable() }
            for end in ["", "-wal", "-shm"] {
                try FileManager.default.moveItem(atPath: path + ".away" + end, toPath: path + end)
            }
            let error = await #expect(throws: StoreError.self) { try await store.checkWritable() }
            #expect(error?.kind == .replaced)
        }
    }

    /// Nobody came meanwhile: the lock is taken anew, and the store is believed as before.
    @Test func aLockThatIsDeleted() async throws {
        try await Folder.with { folder in
            let path = folder.file("countersign.sqlite")
            let store = try Store.open(path)
            try FileManager.default.removeItem(atPath: path + ".lock")
            try await store.mark([Self.mark], at: .start)
            let refused = #expect(throws: StoreError.self) { try Store.open(path) }
            #expect(refused?.kind == .locked)
            #expect(store.problem == nil)
        }
    }

    @Test(arguments: [true, false]) func aSecondServiceBesideADeletedLock(_ isWritten: Bool) async throws {
        try await Folder.with { folder in
            let path = folder.file("countersign.sqlite")
            let first = try Store.open(path)
            try FileManager.default.removeItem(atPath: path + ".lock")
            let second = try Store.open(path)
            let error = await #expect(throws: StoreError.self) {
                if isWritten { try await first.checkWritable() } else { _ = try await first.backlog(.start) }
            }
            #expect(error?.kind == .replaced && error?.description.contains("another service") == true)
            #expect(first.problem?.kind == .replaced)
            try await second.mark([Self.mark], at: .start)
            #expect(try await second.backlog(.start).events == 1)
        }
    }
}
