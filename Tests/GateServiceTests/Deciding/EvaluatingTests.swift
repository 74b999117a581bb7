import Dispatch
import Testing

@testable import GateService

/// Evaluations that take long.
struct EvaluatingTests {
    /// More evaluations hang than there are threads for tasks, and a task that lets them go on still runs.
    @Test(.timeLimit(.minutes(1))) func nobodyWaitsForThem() async {
        let gate = DispatchSemaphore(value: 0)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<64 { group.addTask { await Evaluating.apart { gate.wait() } } }
            group.addTask { for _ in 0..<64 { gate.signal() } }
        }
    }

    @Test func theirAnswerComesBack() async {
        let answers = await withTaskGroup(of: Int.self) { group in
            for number in 0..<100 { group.addTask { await Evaluating.apart { number } } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.sorted() == Array(0..<100))
    }
}
