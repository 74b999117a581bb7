/// Something for each of a few accounts, in the order of their ids: quicker than hashing, for most gates ask few people.
struct AccountTable<Value> {
    private var entries: [(id: Int64, value: Value)] = []

    /// Whether it has nothing for anybody.
    var isEmpty: Bool { entries.isEmpty }

    private func place(of id: Int64) -> (index: Int, isThere: Bool) {
        // Most arrive in order.
        guard let last = entries.last, last.id >= id else { return (entries.count, false) }
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return (low, entries[low].id == id)
    }

    private mutating func insert(_ value: Value, for id: Int64, at index: Int) {
        if entries.isEmpty { entries.reserveCapacity(8) }
        if index == entries.count {
            entries.append((id, value))
        } else {
            entries.insert((id, value), at: index)
        }
    }

    subscript(id: Int64) -> Value? {
        get {
            let (index, isThere) = place(of: id)
            return isThere ? entries[index].value : nil
        }
        set {
            let (index, isThere) = place(of: id)
            switch (isThere, newValue) {
            case (true, let value?): entries[index].value = value
            case (false, let value?): insert(value, for: id, at: index)
            case (true, nil): entries.remove(at: index)
            case (false, nil): break
            }
        }
    }

    subscript(id: Int64, default empty: @autoclosure () -> Value) -> Value {
        get { self[id] ?? empty() }
        _modify {
            let (index, isThere) = place(of: id)
            if !isThere { insert(empty(), for: id, at: index) }
            yield &entries[index].value
        }
    }

    subscript(account: Account) -> Value? {
        get { self[account.id] }
        set { self[account.id] = newValue }
    }

    subscript(account: Account, default empty: @autoclosure () -> Value) -> Value {
        get { self[account.id] ?? empty() }
        _modify { yield &self[account.id, default: empty()] }
    }
}

extension AccountTable: Sequence {
    func makeIterator() -> [(id: Int64, value: Value)].Iterator { entries.makeIterator() }
}
