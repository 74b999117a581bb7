import CoreMetrics
import Synchronization

/// How often values fell into which bucket: a timer in seconds, or an aggregating recorder in its own unit.
final class HistogramSeries: TimerHandler, RecorderHandler {
    /// What was counted, of one moment.
    struct Counts: Sendable {
        /// How many values are at most the bound of the same place, and at most infinity in the last place.
        var cumulative: [Int]
        var sum: Double
    }

    private struct State {
        var buckets: [Int]
        var sum = 0.0
    }

    /// The upper bounds, ascending, without infinity.
    let bounds: [Double]
    private let state: Mutex<State>

    init(bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(State(buckets: Array(repeating: 0, count: bounds.count + 1)))
    }

    var counts: Counts {
        state.withLock { state in
            var total = 0
            return Counts(
                cumulative: state.buckets.map { bucket in
                    total += bucket
                    return total
                }, sum: state.sum)
        }
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1_000_000_000) }
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        guard !value.isNaN else { return }
        let place = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock { state in
            state.buckets[place] += 1
            state.sum += value
        }
    }
}
