import GateStore

/// How often everything can be looked at within the budget: where that does not suffice, everything comes later by the
/// same measure.
public struct Pace: Hashable, Sendable {
    /// The periods that are kept.
    public var periods: ReconcilePeriods
    /// By how much they are longer than the settings ask for; 1 for not at all.
    public var factor: Double

    /// The pace for what there is.
    /// - Parameters:
    ///   - open: the open pull requests.
    ///   - lists: calls for one round of listing the open pull requests of all repositories.
    ///   - leftAlone: repositories that are asked for in case that they are there again.
    ///   - lookCost: calls for one look, on average.
    ///   - perSecond: calls that may be made.
    init(
        _ wanted: ReconcilePeriods, _ open: OpenCounts, lists: Int, leftAlone: Int, lookCost: Double, perSecond: Double
    ) {
        func rate(_ count: Int, _ period: Duration) -> Double {
            Double(count) / max(Double(period.wholeMilliseconds) / 1000, 1)
        }
        let looks = rate(open.green, wanted.green) + rate(open.active, wanted.active) + rate(open.others, wanted.all)
        let seeks = min(rate(leftAlone, wanted.discovery), perSecond / 10)
        let demand = looks * lookCost + rate(lists, wanted.list) + seeks
        factor = max(1, demand / max(perSecond, 0.01))
        periods = wanted
        periods.green = wanted.green * factor
        periods.active = wanted.active * factor
        periods.all = wanted.all * factor
        periods.list = wanted.list * factor
    }
}
