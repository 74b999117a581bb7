import GRDB

extension Store {
    /// Binds the store to a forge: the ids in it are that forge's, and mean strangers on another.
    /// - Parameter isMoved: whether the store's forge has this address now.
    public func bind(to address: String, isMoved: Bool = false) throws(StoreError) {
        do {
            try database.write { database in
                let known = try String.fetchOne(database, sql: "SELECT value FROM note WHERE name = 'forge'")
                if let known, known != address, !isMoved {
                    throw StoreError(
                        .other,
                        "it belongs to the forge `\(known)`, and `forge.url` is `\(address)`: give another forge a store of "
                            + "its own; if it is the same one under a new address, start once with `--forge-moved`")
                }
                try database.execute(
                    sql: "INSERT OR REPLACE INTO note (name, value) VALUES ('forge', ?)", arguments: [address])
            }
        } catch {
            throw StoreError(error)
        }
    }
}
