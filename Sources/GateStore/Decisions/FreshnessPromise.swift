#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import GRDB

/// How long after a change that no webhook tells a verdict follows, at most, as things are at present.
public struct FreshnessPromise: Hashable, Sendable, Codable {
    /// Seconds between two looks at a pull request that passes.
    public var green: Int64
    /// The same for those where something happened within a day.
    public var active: Int64
    /// The same for all.
    public var all: Int64
    /// Seconds that people and rights are believed without asking again; they come on top.
    public var people: Int64

    /// A promise.
    public init(green: Int64, active: Int64, all: Int64, people: Int64) {
        self.green = green
        self.active = active
        self.all = all
        self.people = people
    }

    /// In one sentence.
    public var text: String {
        "What no webhook tells is found within \(green) s where a pull request passes, \(active) s where something "
            + "happened within a day, and \(all) s elsewhere; members of teams and rights are believed for \(people) s."
    }
}

/// Open pull requests by how often they are looked at.
public struct OpenCounts: Hashable, Sendable {
    /// Those that pass.
    public var green = 0
    /// Others where something happened within a day.
    public var active = 0
    /// The rest.
    public var others = 0

    /// Counts.
    public init(green: Int = 0, active: Int = 0, others: Int = 0) {
        self.green = green
        self.active = active
        self.others = others
    }
}

extension Store {
    /// What is promised at present; nil before the schedule has run once.
    public func freshnessPromise() async throws(StoreError) -> FreshnessPromise? {
        try await read { database in
            try String.fetchOne(database, sql: "SELECT value FROM note WHERE name = 'freshness'")
                .flatMap { StoredValue.value(FreshnessPromise.self, from: Data($0.utf8)) }
        }
    }

    /// Remembers what is promised, for the pages.
    public func remember(promise: FreshnessPromise) async throws(StoreError) {
        if try await freshnessPromise() == promise { return }
        try await write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO note (name, value) VALUES ('freshness', ?)",
                arguments: [String(decoding: try StoredValue.data(promise), as: UTF8.self)])
        }
    }

    /// How many pull requests are open, by how often they are looked at.
    public func openCounts(_ now: Moment) async throws(StoreError) -> OpenCounts {
        try await read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT COUNT(*) AS open,
                        TOTAL(IFNULL(outcome IN (\(Self.passing)), 0)) AS green,
                        TOTAL(IFNULL(outcome NOT IN (\(Self.passing)), 1)
                            AND activeAt >= ?) AS active
                    FROM pull JOIN repository ON repository.id = pull.repository
                    WHERE pull.state = 'open' AND NOT repository.isSkipped
                    """, arguments: [(now - .seconds(86_400)).milliseconds])
            let open: Int = row?["open"] ?? 0
            let green = Int((row?["green"] as Double?) ?? 0)
            let active = Int((row?["active"] as Double?) ?? 0)
            return OpenCounts(green: green, active: active, others: open - green - active)
        }
    }
}
