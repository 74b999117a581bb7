/// A checklist with its texts worded.
struct PlannedChecklist: Sendable {
    struct Item: Sendable {
        let item: Checklist.Item
        let by: PlannedRequirement
        let when: PlannedCondition
    }

    let items: [Item]

    init(_ checklist: Checklist, _ paths: inout PathIndex.Builder, _ quotas: inout Int) {
        items = checklist.items.map { item in
            Item(
                item: item, by: PlannedRequirement(item.by, &paths, &quotas), when: PlannedCondition(item.when, &paths))
        }
    }

    /// Whether `never` can be avoided: by an item that may not apply, or by a `by` that can be met.
    func canEverBeMet(_ isMeetable: (PlannedRequirement) -> Bool) -> Bool {
        items.allSatisfy { item in
            if case .constant(true) = item.when.shape { isMeetable(item.by) } else { true }
        }
    }
}
