import Testing

extension Trait where Self == ConditionTrait {
    /// For what no real server lets a story do: faults, a stepped clock, a hand between two calls, a count of calls.
    static var simulatorOnly: Self { .enabled(if: Story.live == nil, "this needs the simulator's own means") }
}
