import Dispatch
import Testing

@testable import GateWeb

@Suite struct AnsweringThreadsTests {
    /// One answer takes long: all others go by the thread that is free.
    @Test(.timeLimit(.minutes(1))) func nothingWaitsBehindWhatTakesLong() async {
        let threads = AnsweringThreads(2)
        let (held, over) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        @Sendable func hold() {
            held.signal()
            over.wait()
        }
        let long = Task(executorPreference: threads) { hold() }
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        DispatchQueue.global().async {
            held.wait()
            begin.finish()
        }
        for await _ in begun {}
        let answered = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<20 {
                group.addTask(executorPreference: threads) {
                    await Task.yield()
                    return 1
                }
            }
            return await group.reduce(0, +)
        }
        #expect(answered == 20)
        over.signal()
        await long.value
    }

    /// However long the load lasts, and whoever waits meanwhile.
    @Test func aLineThatIsNeverEmpty() {
        var line = WaitingLine<Int>()
        line.append(0)
        for number in 1...100_000 {
            line.append(number)
            #expect(line.take() == number - 1)
        }
        #expect(line.length < 5_000)
        #expect(line.take() == 100_000 && line.take() == nil)
    }
}
