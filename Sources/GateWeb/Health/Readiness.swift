/// Whether the service can do its work: each thing it needs, tried, and remembered for a few seconds.
public actor Readiness {
    /// One thing that is needed.
    public struct Check: Sendable {
        let name: String
        let problem: @Sendable () async -> String?

        /// A check.
        /// - Parameters:
        ///   - name: what is tried, in a few words: `store`, `service token`.
        ///   - problem: tries it; nil when it works, else a sentence without secrets.
        public init(_ name: String, problem: @escaping @Sendable () async -> String?) {
            self.name = name
            self.problem = problem
        }
    }

    /// What one check came to.
    struct Result: Sendable, Hashable {
        var name: String
        var problem: String?
    }

    private let checks: [Check]
    private let remembers: Duration
    private let deadline: Duration
    private var last: (at: ContinuousClock.Instant, results: [Result])?
    private var waiting: [CheckedContinuation<[Result], Never>] = []
    private var isChecking = false

    /// Checks to be made when somebody asks.
    /// - Parameters:
    ///   - remembers: how long an answer stands, so that asking often costs the forge nothing.
    ///   - deadline: how long each may take: whoever asks waits for seconds, not for every try of a call.
    public init(_ checks: [Check], remembers: Duration = .seconds(5), deadline: Duration = .seconds(5)) {
        self.checks = checks
        self.remembers = remembers
        self.deadline = deadline
    }

    /// What does not work at this moment, and why: tried now, for an operator who asks.
    public func problems() async -> [(name: String, problem: String)] {
        await check().compactMap { result in result.problem.map { (result.name, $0) } }
    }

    /// What the checks came to; callers that ask at once share one round.
    func results() async -> [Result] {
        if let last, ContinuousClock.now - last.at < remembers { return last.results }
        if isChecking { return await withCheckedContinuation { waiting.append($0) } }
        isChecking = true
        let results = await check()
        isChecking = false
        last = (.now, results)
        for continuation in waiting { continuation.resume(returning: results) }
        waiting = []
        return results
    }

    private func check() async -> [Result] {
        await withTaskGroup(of: (Int, Result).self) { group in
            for (index, check) in checks.enumerated() {
                group.addTask { [deadline] in
                    (index, Result(name: check.name, problem: await check.problem(within: deadline)))
                }
            }
            var results: [(Int, Result)] = []
            for await result in group { results.append(result) }
            return results.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}

extension Readiness.Check {
    /// What it comes to; a problem of its own where nothing is known in time.
    fileprivate func problem(within deadline: Duration) async -> String? {
        await withTaskGroup(of: String??.self) { group in
            group.addTask { .some(await problem()) }
            group.addTask {
                try? await Task.sleep(for: deadline)
                return .none
            }
            let first = await group.next() ?? .none
            group.cancelAll()
            switch first {
            case .some(let answer): return answer
            case .none: return "no answer within \(deadline.components.seconds) s"
            }
        }
    }
}
