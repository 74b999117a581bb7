extension Array where Element: Sendable {
    /// Runs something for each element, `width` at a time, at least one; the results are in the elements' order.
    public func sideBySide<Value: Sendable>(
        _ width: Int, _ body: @escaping @Sendable (Element) async -> Value
    ) async -> [Value] {
        await withTaskGroup(of: (Int, Value).self) { group in
            var values: [Int: Value] = [:]
            var waiting = enumerated().makeIterator()
            for _ in 0..<Swift.max(width, 1) {
                guard let (index, element) = waiting.next() else { break }
                group.addTask { (index, await body(element)) }
            }
            while let (index, value) = await group.next() {
                values[index] = value
                if let (next, element) = waiting.next() { group.addTask { (next, await body(element)) } }
            }
            return indices.compactMap { values[$0] }
        }
    }
}
