import AsyncHTTPClient
import NIOCore
import NIOHTTP1

extension ForgeClient {
    /// The one place that talks to the forge: token, deadline, limit, redirects, repetitions, and errors by name.
    func send(_ endpoint: Endpoint, as credential: Credential = .service) async throws(ForgeError) -> Answer {
        // Whose right is missing is told of whoever asked.
        let credential = settings.administratorStandsIn ? .administrator : credential
        let call = endpoint.call(credential)
        guard let relative = endpoint.relativeAddress else {
            throw ForgeError(.invalidInput("an empty name, or one that is `.` or `..`"), call)
        }
        var attempt = 1
        while true {
            let failure: ForgeError.Kind
            let start = ContinuousClock.now
            let outcome = await follow(endpoint, from: settings.address.api(relative), as: credential)
            CallMeter.current?.add()
            switch outcome {
            case .success(let answer):
                settings.onCall?(call, nil, start.duration(to: .now))
                return answer
            case .failure(let failed): failure = failed.kind
            }
            settings.onCall?(call, failure, start.duration(to: .now))
            let error = ForgeError(failure, call)
            guard endpoint.mayRepeat, attempt < settings.retry.attempts, let wait = wait(after: attempt, error) else {
                throw error
            }
            do { try await settings.retry.sleep(wait) } catch { throw ForgeError(.cancelled, call) }
            attempt += 1
        }
    }

    private struct Failed: Error {
        var kind: ForgeError.Kind
    }

    /// The wait before the next try; nil when another try would not help.
    private func wait(after attempt: Int, _ error: ForgeError) -> Duration? {
        guard error.isTransient, error.kind != .cancelled else { return nil }
        if case .rateLimited(.some(let seconds)) = error.kind {
            return .seconds(seconds) <= settings.retry.longestDelay ? .seconds(seconds) : nil
        }
        return settings.retry.delay(after: attempt)
    }

    /// One try, with its redirects inside the forge.
    private func follow(
        _ endpoint: Endpoint, from start: String, as credential: Credential
    ) async -> Result<Answer, Failed> {
        var address = start
        for _ in 0...settings.limits.redirects {
            let answer: Answer
            switch await exchange(endpoint, at: address, as: credential) {
            case .success(let got): answer = got
            case .failure(let failed): return .failure(failed)
            }
            guard (300..<400).contains(answer.status), let location = answer.field("location") else {
                return verdict(on: answer, to: endpoint.method).map { .failure(Failed(kind: $0)) } ?? .success(answer)
            }
            switch settings.address.destination(of: location, from: address) {
            case .elsewhere(let place): return .failure(Failed(kind: .redirectRefused(to: clean("`\(place)`"))))
            case .page(let place): return .failure(Failed(kind: .redirectedAway(to: clean(place))))
            case .here(let next):
                guard endpoint.method == "GET" || answer.status == 307 || answer.status == 308 else {
                    return .failure(Failed(kind: .redirectRefused(to: "another address of its own")))
                }
                address = next
            }
        }
        return .failure(Failed(kind: .redirectRefused(to: "itself again and again")))
    }

    /// One request and its whole answer.
    private func exchange(
        _ endpoint: Endpoint, at address: String, as credential: Credential
    ) async -> Result<Answer, Failed> {
        var request = HTTPClientRequest(url: address)
        request.method = HTTPMethod(rawValue: endpoint.method)
        for field in settings.authorization(credential) { request.headers.add(name: field.name, value: field.value) }
        request.headers.add(name: "User-Agent", value: settings.userAgent)
        request.headers.add(name: "Accept", value: "application/json")
        if let body = endpoint.body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(body)
        }
        do {
            return .success(
                try await Self.within(settings.deadline) { [request, carrier] in try await carrier.carry(request) })
        } catch {
            return .failure(Failed(kind: kind(of: error)))
        }
    }

    /// The library's own deadline ends with the first byte of an answer; this one is for the last.
    private static func within<Value: Sendable>(
        _ deadline: Duration, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: deadline)
                throw HTTPClientError.deadlineExceeded
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() else { throw CancellationError() }
            return value
        }
    }

    /// A text from outside made fit for an error: one line, short, without secrets.
    func clean(_ text: String) -> String {
        let scalars = settings.redacted(text).unicodeScalars.map { scalar -> Unicode.Scalar in
            scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
                || scalar.properties.isWhitespace ? " " : scalar
        }
        let cut = scalars.prefix(200).map(Character.init)
        return String(cut) + (scalars.count > 200 ? "…" : "")
    }
}
