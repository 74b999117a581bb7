import Synchronization

/// One call that reached the simulator.
public struct RequestRecord: Sendable {
    /// Its place in the row of calls, from 1.
    public var number: Int
    /// The HTTP method.
    public var method: String
    /// The path below `/api/v1`, as it was sent, without the query.
    public var path: String
    /// The query as it was sent, without the question mark.
    public var query: String
    /// Whose token or password was sent, nil for nobody.
    public var login: String?
    /// The tick at which it began; ticks count the beginnings and ends of all calls.
    public var began: Int
    /// The tick at which it ended, nil while it runs.
    public var ended: Int?
    /// The status that was answered.
    public var status: Int?
}

/// The calls that reached the simulator, in order.
public final class RequestLog: Sendable {
    private struct State {
        var records: [RequestRecord] = []
        var ticks = 0
        var number = 0
    }

    private let state = Mutex(State())

    /// All calls since the last reset.
    public var all: [RequestRecord] { state.withLock { $0.records } }

    /// How many calls there were since the last reset.
    public var count: Int { state.withLock { $0.records.count } }

    /// Forgets the calls; numbers and ticks go on.
    public func reset() { state.withLock { $0.records = [] } }

    /// How many rounds the calls took: calls that overlap share one.
    public var rounds: Int { rounds(of: all) }

    /// How many rounds some of the calls took.
    public func rounds(of records: [RequestRecord]) -> Int {
        var rounds = 0
        var end = Int.min
        for record in records.sorted(by: { $0.began < $1.began }) {
            let finished = record.ended ?? Int.max
            if record.began > end {
                rounds += 1
                end = finished
            } else {
                end = min(end, finished)
            }
        }
        return rounds
    }

    func begin(_ method: String, _ path: String, _ query: String, _ login: String?) -> RequestRecord {
        state.withLock { state in
            state.ticks += 1
            state.number += 1
            let record = RequestRecord(
                number: state.number, method: method, path: path, query: query, login: login, began: state.ticks)
            state.records.append(record)
            return record
        }
    }

    func end(_ number: Int, status: Int?) {
        state.withLock { state in
            state.ticks += 1
            guard let index = state.records.lastIndex(where: { $0.number == number }) else { return }
            state.records[index].ended = state.ticks
            state.records[index].status = status
        }
    }
}
