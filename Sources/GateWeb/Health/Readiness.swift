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
    /// What is being tried.
    private var running: Set<String> = []
    /// What was tried and did not answer in time, nor since.
    private var hanging: Set<String> = []

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
                group.addTask { (index, Result(name: check.name, problem: await self.problem(of: check))) }
            }
            var results: [(Int, Result)] = []
            for await result in group { results.append(result) }
            return results.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// What a check comes to; a problem of its own where nothing is known in time, be it that it cannot be given up.
    private func problem(of check: Check) async -> String? {
        let late = "no answer within \(deadline.components.seconds) s"
        // One that never answers is not asked again and again.
        if hanging.contains(check.name) { return late }
        running.insert(check.name)
        let (answers, answer) = AsyncStream.makeStream(of: String??.self)
        let attempt = Task {
            answer.yield(.some(await check.problem()))
            ended(check)
        }
        let timer = Task { [deadline] in
            try? await Task.sleep(for: deadline)
            answer.yield(.none)
        }
        var first: String?? = .none
        for await one in answers {
            first = one
            break
        }
        timer.cancel()
        guard case .some(let told) = first else {
            attempt.cancel()
            if running.contains(check.name) { hanging.insert(check.name) }
            return late
        }
        return told
    }

    private func ended(_ check: Check) {
        running.remove(check.name)
        hanging.remove(check.name)
    }
}
