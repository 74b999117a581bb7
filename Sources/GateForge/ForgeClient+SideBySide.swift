extension ForgeClient {
    /// Runs a call for each element, a few at a time; the results are in the elements' order.
    ///
    /// - Parameter most: how many at a time; without it as many as the limits say.
    public func sideBySide<Element: Sendable, Value: Sendable>(
        _ elements: [Element], most: Int? = nil, _ body: @escaping @Sendable (Element) async -> Value
    ) async -> [Value] {
        await withTaskGroup(of: (Int, Value).self) { group in
            var values: [Int: Value] = [:]
            var waiting = elements.enumerated().makeIterator()
            for _ in 0..<max(most ?? settings.limits.sideBySide, 1) {
                guard let (index, element) = waiting.next() else { break }
                group.addTask { (index, await body(element)) }
            }
            while let (index, value) = await group.next() {
                values[index] = value
                if let (next, element) = waiting.next() { group.addTask { (next, await body(element)) } }
            }
            return elements.indices.compactMap { values[$0] }
        }
    }

    /// A call's answer or error as a value.
    func outcome(_ endpoint: Endpoint, as credential: Credential) async -> Result<Answer, ForgeError> {
        do { return .success(try await send(endpoint, as: credential)) } catch { return .failure(error) }
    }
}
