import GRDB
import GatePolicy
import Testing

@testable import GateStore

/// A store that an earlier version made, with something in every table, is brought up to date and loses nothing.
struct MigrationTests {
    /// Rows as every version so far could have written them.
    private static let rows = [
        """
        INSERT INTO dirty (repository, name, kind, target, urgency, cause, correlation, firstMarkedAt, dueAt)
        VALUES ('acme/widget', 'acme/widget', 'pull', '7', 0, 'test', 'one', 1000, 1000)
        """,
        """
        INSERT INTO repository (id, owner, name, isPrivate, defaultBranch, state, wasManaged)
        VALUES (3, 'acme', 'widget', 1, 'main', 'managed', 1)
        """,
        """
        INSERT INTO pull (repository, number, head, base, state, stamp, seenAt, activeAt, outcome, policyMark)
        VALUES (3, 7, '\(String(repeating: "a", count: 40))', 'main', 'open', '', 1000, 1000, 'waiting', 'one')
        """,
        "INSERT INTO verdict (repository, number, head, at, entry) VALUES (3, 7, 'a', 1000, x'7b7d')",
        """
        INSERT INTO publication (repository, head, context, number, base, state, description, row, at)
        VALUES (3, '\(String(repeating: "a", count: 40))', 'countersign: main', 7, 'main', 'success', 'x', 5, 1000)
        """,
        """
        INSERT INTO foreignStatus (repository, row, number, head, context, state, description, isFavourable, at)
        VALUES (3, 9, 7, '\(String(repeating: "a", count: 40))', 'countersign: main', 'success', 'x', 1, 1000)
        """,
        """
        INSERT INTO sighting (repository, number, kind, key, value, at)
        VALUES (3, 7, 'look', '', '{"comment":4,"head":"\(String(repeating: "a", count: 40))"}', 1000)
        """,
        "INSERT INTO knownName (repository, name, id, policyMark, at) VALUES (3, '@alice', 7, 'one', 1000)",
        "INSERT INTO merge (repository, number, at, entry) VALUES (3, 6, 1000, x'7b7d')",
        "INSERT INTO mergeFacts (repository, number, at, entry) VALUES (3, 6, 1000, x'7b7d')",
        "INSERT INTO bypass (repository, key, at, entry) VALUES (3, '#6', 1000, x'7b7d')",
        "INSERT INTO formerName (name, repository) VALUES ('acme/gadget', 3)",
        "INSERT INTO note (name, value) VALUES ('tip 3 main', '\(String(repeating: "b", count: 40))')",
    ]

    /// Every version that was ever released, the present one among them.
    @Test(arguments: Migrations.migrator.migrations) func anyVersion(_ version: String) async throws {
        try await Folder.with { folder in
            let path = folder.file("countersign.sqlite")
            let queue = try DatabaseQueue(path: path)
            try Migrations.migrator.migrate(queue, upTo: version)
            let tables = try await queue.write { database in
                let tables = try String.fetchAll(
                    database,
                    sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' "
                        + "AND name <> 'grdb_migrations'")
                for table in tables {
                    for row in Self.rows where row.hasPrefix("INSERT INTO \(table) ") { try database.execute(sql: row) }
                }
                return tables
            }
            // Nothing is tested by an empty table.
            for table in tables {
                let count = try await queue.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM \(table)") }
                #expect(count == 1, "\(table)")
            }
            try queue.close()

            let store = try Store.open(path)
            let head = try #require(CommitID(String(repeating: "a", count: 40)))
            #expect(try await store.identities(3, policyMark: "one") == ["@alice": 7])
            #expect(try await store.identities(3, policyMark: "two").isEmpty)
            #expect(try await store.remembered(3, 7).lastLook == .init(head: head, comment: 4))
            #expect(try await store.publications(3, head: head).map(\.state) == [.success])
            #expect(try await store.foreignStatuses(3, head: head).count == 1)
            #expect(try await store.pull(3, 7)?.head == head)
            #expect(try await store.policyMarks(3, base: "main") == [7: "one"])
            #expect(try await store.repository(3)?.state == .managed)
            #expect(try await store.set(.unmanaged, of: 3) == .lost, "it is still known that there was a policy")
            #expect(try await store.exchangeTip(3, branch: "main", head)?.text == String(repeating: "b", count: 40))
            #expect(try await store.claimNext(.start + .seconds(1))?.target == .pull(7))
            let kept = try await store.read { database in
                try ["verdict", "merge", "bypass"].compactMap {
                    try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM \($0)")
                }
            }
            #expect(kept == [1, 1, 1])
        }
    }

    @Test func whatCannotBeWrittenIsSaid() async throws {
        try await Folder.with { folder in
            let path = folder.file("countersign.sqlite")
            let store = try Store.open(path)
            try await store.checkWritable()
            try await store.checkWritable()
            let count = try await store.read {
                try String.fetchOne($0, sql: "SELECT value FROM note WHERE name = 'written'")
            }
            #expect(count == "2", "every check writes")
            try await store.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only=ON") }
            do throws(StoreError) {
                try await store.checkWritable()
                Issue.record("nothing was written")
            } catch {
                #expect(error.kind == .readOnly)
            }
        }
    }
}
