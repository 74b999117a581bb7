import Dispatch
import GRDB
import Testing

@testable import GateStore

/// Writes that share a commit: each for itself, and all or nothing where the disk takes the whole.
struct CommitGroupTests {
    private let store: Store

    init() throws { store = try Store.inMemory() }

    private struct Refused: Error {}

    /// What became of writes that were made one after the other, and share a commit.
    private func together(
        _ bodies: [@Sendable (Database) throws -> Void]
    ) async -> [Result<Void, StoreError>] {
        let disk = DispatchSemaphore(value: 0)
        store.database.asyncWriteWithoutTransaction { _ in disk.wait() }
        var writes: [Task<Result<Void, StoreError>, Never>] = []
        for body in bodies {
            writes.append(
                Task { [commits = store.commits] in
                    do throws(StoreError) { return .success(try await commits.write(body)) } catch {
                        return .failure(error)
                    }
                })
            while store.commits.pending < writes.count { await Task.yield() }
        }
        disk.signal()
        var results: [Result<Void, StoreError>] = []
        for write in writes { results.append(await write.value) }
        return results
    }

    private func notes() async throws -> Set<String> {
        try await store.read { try String.fetchSet($0, sql: "SELECT name FROM note WHERE name LIKE 'test-%'") }
    }

    private static func note(_ name: String) -> @Sendable (Database) throws -> Void {
        { try $0.execute(sql: "INSERT INTO note (name, value) VALUES (?, '1')", arguments: ["test-\(name)"]) }
    }

    @Test func whatOneCannotWriteHarmsNoOther() async throws {
        let failing: @Sendable (Database) throws -> Void = { database in
            try Self.note("b")(database)
            throw Refused()
        }
        let results = await together([Self.note("a"), failing, Self.note("c"), Self.note("a")])
        #expect(results.map { (try? $0.get()) != nil } == [true, false, true, false])
        #expect(try await notes() == ["test-a", "test-c"])
    }

    /// SQLite takes a whole transaction back where the disk is full: nobody is told that it was written.
    @Test func nobodyIsToldBeforeTheWholeIsInTheFile() async throws {
        let full: @Sendable (Database) throws -> Void = { database in
            try database.execute(sql: "ROLLBACK")
            throw DatabaseError(resultCode: .SQLITE_FULL)
        }
        let results = await together([Self.note("first"), Self.note("a"), full, Self.note("c")])
        // The first may have had a commit of its own.
        #expect(results.dropFirst().allSatisfy { (try? $0.get()) == nil })
        #expect(try await notes().subtracting(["test-first"]).isEmpty)
        #expect(store.problem?.kind == .full)
        try await store.checkWritable()
        #expect(store.problem == nil)
    }

    /// Whoever gives up takes nobody's commit along.
    @Test func whoGivesUpIsWrittenAllTheSame() async throws {
        let disk = DispatchSemaphore(value: 0)
        store.database.asyncWriteWithoutTransaction { _ in disk.wait() }
        let commits = store.commits
        let first = Task { try await commits.write(Self.note("a")) }
        while commits.pending < 1 { await Task.yield() }
        let second = Task { try await commits.write(Self.note("b")) }
        while commits.pending < 2 { await Task.yield() }
        first.cancel()
        disk.signal()
        _ = await (first.result, second.result)
        #expect(try await notes() == ["test-a", "test-b"])
    }
}
