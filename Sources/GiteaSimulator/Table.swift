/// Rows by their ids, found by what they belong to without a look at all the others.
struct Table<Row: Sendable>: Sendable {
    private var rows: [Int: Row] = [:]
    /// The ids of the rows of each owner, ascending.
    private var groups: [Int: [Int]] = [:]
    private let owners: @Sendable (Row) -> [Int]

    /// A table of rows that belong to one owner or several.
    init(owners: @escaping @Sendable (Row) -> [Int]) { self.owners = owners }

    /// All rows, in no order.
    var values: Dictionary<Int, Row>.Values { rows.values }

    /// The rows of an owner, by id.
    func rows(of owner: Int) -> [Row] { groups[owner, default: []].compactMap { rows[$0] } }

    subscript(id: Int) -> Row? {
        get { rows[id] }
        set {
            let before = rows[id].map(owners) ?? []
            let after = newValue.map(owners) ?? []
            rows[id] = newValue
            guard before != after else { return }
            for owner in before { groups[owner]?.removeAll { $0 == id } }
            for owner in after {
                let place = groups[owner, default: []].lastIndex { $0 < id }.map { $0 + 1 } ?? 0
                groups[owner, default: []].insert(id, at: place)
            }
        }
    }
}
