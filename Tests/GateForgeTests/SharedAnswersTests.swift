import GatePolicy
import Synchronization
import Testing

@testable import GateForge

struct SharedAnswersTests {
    private let answers = SharedAnswers<String, Int>(limit: 3)
    private func at(_ seconds: Int64) -> Timestamp { Timestamp(seconds: 1_000 + seconds) }

    @Test func whoAsksAtOnceSharesOneReading() async {
        let readings = Counter()
        let now = at(0)
        let values = await withTaskGroup(of: Int.self) { [answers] group in
            for _ in 0..<50 {
                group.addTask {
                    await answers.answer("qa", now: now, keep: { _ in 60 }) {
                        readings.add()
                        for _ in 0..<100 { await Task.yield() }
                        return 7
                    }
                }
            }
            var values: [Int] = []
            for await value in group { values.append(value) }
            return values
        }
        #expect(readings.count == 1)
        #expect(values == Array(repeating: 7, count: 50))
    }

    @Test func anAnswerIsKeptForItsTimeOnly() async {
        #expect(await answers.answer("qa", now: at(0), keep: { _ in 60 }) { 1 } == 1)
        #expect(await answers.answer("qa", now: at(59), keep: { _ in 60 }) { 2 } == 1)
        #expect(await answers.answer("qa", now: at(60), keep: { _ in 60 }) { 3 } == 3)
    }

    @Test func aClockThatJumpsBackKeepsNothingForLonger() async {
        #expect(await answers.answer("qa", now: at(1000), keep: { _ in 60 }) { 1 } == 1)
        #expect(await answers.answer("qa", now: at(0), keep: { _ in 60 }) { 2 } == 2)
    }

    @Test func whatIsNotWorthKeepingIsReadAgain() async {
        #expect(await answers.answer("qa", now: at(0), keep: { _ in 0 }) { 1 } == 1)
        #expect(await answers.answer("qa", now: at(0), keep: { _ in 0 }) { 2 } == 2)
    }

    @Test func whatWasBeingReadWhenAllWasForgottenIsNotKept() async {
        let first = await answers.answer("qa", now: at(0), keep: { _ in 60 }) { [answers] in
            await answers.clear()
            return 1
        }
        #expect(first == 1)
        #expect(await answers.answer("qa", now: at(1), keep: { _ in 60 }) { 2 } == 2)
    }

    /// Whoever asks after that is not told what was read before it.
    @Test(.timeLimit(.minutes(1))) func whoAsksAfterAllWasForgottenReadsAnew() async {
        let now = at(0)
        let first = await answers.answer("qa", now: now, keep: { _ in 60 }) { [answers] in
            await answers.clear()
            let second = await answers.answer("qa", now: now, keep: { _ in 60 }) { 2 }
            return second - 1
        }
        #expect(first == 1)
        #expect(await answers.answer("qa", now: at(1), keep: { _ in 60 }) { 3 } == 2)
    }

    /// Whoever is told to give up gives up for himself: of those who wait with him another one reads.
    @Test(.timeLimit(.minutes(1))) func whoGivesUpAnswersForNobodyElse() async {
        let now = at(0)
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let first = Task { [answers] in
            await answers.answer("qa", now: now, keep: { _ in 60 }) {
                begin.finish()
                while !Task.isCancelled { await Task.yield() }
                return 0
            }
        }
        for await _ in begun {}
        let readings = Counter()
        let others = (0..<2).map { _ in
            Task { [answers] in
                await answers.answer("qa", now: now, keep: { _ in 60 }) {
                    readings.add()
                    return 7
                }
            }
        }
        // Until both wait; where they do not yet, they read for themselves, which is as right.
        for _ in 0..<100 { await Task.yield() }
        first.cancel()
        #expect(await first.value == 0)
        for other in others { #expect(await other.value == 7) }
        #expect(readings.count == 1)
        #expect(await answers.answer("qa", now: now, keep: { _ in 60 }) { 8 } == 7)
    }

    @Test func thereIsALimit() async {
        for name in ["a", "b", "c", "d"] {
            _ = await answers.answer(name, now: at(0), keep: { _ in 60 }) { 1 }
        }
        #expect(await answers.answer("a", now: at(0), keep: { _ in 60 }) { 2 } == 2)
    }
}

private final class Counter: Sendable {
    private let number = Mutex(0)

    var count: Int { number.withLock { $0 } }

    func add() { number.withLock { $0 += 1 } }
}
