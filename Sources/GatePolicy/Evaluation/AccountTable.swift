/// Something for each of a few accounts, in the order of their ids: quicker than hashing, for most gates ask few people.
struct AccountTable<Value> {
    private var entries: [(account: Account, value: Value)] = []

    private func place(of account: Account) -> (index: Int, isThere: Bool) {
        // Most arrive in order.
        guard let last = entries.last, last.account.id >= account.id else { return (entries.count, false) }
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].account.id < account.id { low = middle + 1 } else { high = middle }
        }
        return (low, entries[low].account.id == account.id)
    }

    private mutating func insert(_ value: Value, for account: Account, at index: Int) {
        if index == entries.count {
            entries.append((account, value))
        } else {
            entries.insert((account, value), at: index)
        }
    }

    subscript(account: Account) -> Value? {
        get {
            let (index, isThere) = place(of: account)
            return isThere ? entries[index].value : nil
        }
        set {
            let (index, isThere) = place(of: account)
            switch (isThere, newValue) {
            case (true, let value?): entries[index].value = value
            case (false, let value?): insert(value, for: account, at: index)
            case (true, nil): entries.remove(at: index)
            case (false, nil): break
            }
        }
    }

    subscript(account: Account, default empty: @autoclosure () -> Value) -> Value {
        get { self[account] ?? empty() }
        _modify {
            let (index, isThere) = place(of: account)
            if !isThere { insert(empty(), for: account, at: index) }
            yield &entries[index].value
        }
    }
}

extension AccountTable: Sequence {
    func makeIterator() -> [(account: Account, value: Value)].Iterator { entries.makeIterator() }
}
