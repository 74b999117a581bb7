import GateForge
import Synchronization
import Testing

struct SideBySideTests {
    @Test(arguments: [(0, 1), (1, 1), (7, 7)]) func noMoreThanAllowedAtATime(_ width: Int, _ allowed: Int) async {
        let running = Mutex((now: 0, most: 0))
        let doubled = await Array(0..<100).sideBySide(width) { number in
            running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            await Task.yield()
            running.withLock { $0.now -= 1 }
            return number * 2
        }
        #expect(doubled == (0..<100).map { $0 * 2 })
        #expect(running.withLock { $0.most } <= allowed)
    }
}
