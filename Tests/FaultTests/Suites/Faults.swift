import Testing

/// Everything that can go wrong around the service; one suite after the other, for they measure time and memory.
@Suite(.serialized) enum Faults {}
