import GateForge
import Synchronization
import Testing

struct SideBySideTests {
    @Test(arguments: [nil, 1, 7])
    func noMoreThanAllowedAtATime(_ most: Int?) async throws {
        try await withForge({ _ in .json("{}") }) { client, _ in
            let running = Mutex((now: 0, most: 0))
            let doubled = await client.sideBySide(Array(0..<100), most: most) { number in
                running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
                await Task.yield()
                running.withLock { $0.now -= 1 }
                return number * 2
            }
            #expect(doubled == (0..<100).map { $0 * 2 })
            #expect(running.withLock { $0.most } <= most ?? client.settings.limits.sideBySide)
        }
    }
}
