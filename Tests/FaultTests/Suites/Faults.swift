import Testing

/// What can go wrong around the service; one suite after the other, for they measure time and memory.
///
/// `BoundToHeadBaseAndPolicy` measures nothing: its tests run side by side.
@Suite(.serialized) enum Faults {}
