import Testing

/// What can go wrong around the service; one suite after the other, for they measure time and memory.
///
/// `SteppedFaults` and `BoundToHeadBaseAndPolicy` measure nothing: their tests run side by side.
@Suite(.serialized) enum Faults {}
