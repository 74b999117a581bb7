import Testing

/// What can go wrong around the service, step by step on a clock that stands still between the steps.
///
/// Nothing is measured: all of it runs side by side.
enum SteppedFaults {}
