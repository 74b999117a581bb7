/// A checklist with its texts worded.
struct PlannedChecklist: Sendable {
    struct Item: Sendable {
        let item: Checklist.Item
        let by: PlannedRequirement
        let when: PlannedCondition

        var name: String { item.name }
        /// Whether every pull request is asked for it.
        var alwaysApplies: Bool { when.isAlways }
    }

    let items: [Item]

    init(_ checklist: Checklist, _ index: inout PlanIndex) {
        items = checklist.items.map { item in
            Item(
                item: item, by: PlannedRequirement(item.by, &index), when: PlannedCondition(item.when, &index))
        }
    }

    /// Whether `never` can be avoided: by an item that may not apply, or by a `by` that can be met.
    func canEverBeMet(_ isMeetable: (PlannedRequirement) -> Bool) -> Bool {
        items.allSatisfy { !$0.alwaysApplies || isMeetable($0.by) }
    }
}
