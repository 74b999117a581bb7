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
        INSERT INTO repository (id, owner, name, isPrivate, defaultBranch, state)
        VALUES (3, 'acme', 'widget', 1, 'main', 'managed')
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
        "INSERT INTO managedBranch (repository, branch) VALUES (3, 'main')",
        "INSERT INTO branchWithoutPolicy (repository, base, branch) VALUES (3, 'topic', 'topic')",
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
            #expect(try await store.appliedLaws(3) == [7: AppliedLaw(policyMark: "one")])
            #expect(try await store.repository(3)?.state == .managed)
            #expect(try await store.repository(named: .widget)?.id == 3)
            let state = try await store.set(.unmanaged, of: 3, base: "main", from: "main")
            #expect(state == .lost, "it is still known that there was a policy")
            #expect(try await store.tip(3, branch: "main")?.text == String(repeating: "b", count: 40))
            #expect(try await store.claimNext(.start + .seconds(1))?.target == .pull(7))
            let kept = try await store.read { database in
                try ["verdict", "merge", "bypass"].compactMap {
                    try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM \($0)")
                }
            }
            #expect(kept == [1, 1, 1])
        }
    }

    /// Two of one name: the one that was listed last has it, and each branch that had a policy is known.
    @Test func namesakesAndTheirPolicies() async throws {
        try await Folder.with { folder in
            let path = folder.file("countersign.sqlite")
            let queue = try DatabaseQueue(path: path)
            try Migrations.migrator.migrate(queue, upTo: "remember what repositories were called")
            try await queue.write { database in
                for (id, name, skipped, listed) in [(5, "widget", 0, 2), (9, "Widget", 1, 3), (7, "widget", 0, 1)] {
                    try database.execute(
                        sql: """
                            INSERT INTO repository (id, owner, name, isPrivate, defaultBranch, state, wasManaged,
                                isSkipped, listedAt) VALUES (?, 'acme', ?, 1, 'main', 'managed', 1, ?, ?)
                            """, arguments: [id, name, skipped, listed])
                }
                for (number, mark) in [(1, "one"), (2, "absent"), (3, nil)] as [(Int, String?)] {
                    try database.execute(
                        sql: """
                            INSERT INTO pull (repository, number, head, base, state, stamp, seenAt, activeAt, policyMark)
                            VALUES (5, ?, 'a', ?, 'open', '', 1, 1, ?)
                            """, arguments: [number, "release-\(number)", mark])
                }
            }
            try queue.close()
            let store = try Store.open(path)
            #expect(try await store.repositories().map(\.id) == [5])
            #expect(try await store.identities(named: .widget) == [5, 9, 7])
            var managed: [String] = []
            for base in ["main", "release-1", "release-2", "release-3"] where try await store.wasManaged(base, of: 5) {
                managed.append(base)
            }
            #expect(managed == ["main", "release-1"])
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
