import Testing

@testable import GatePolicy

@Suite struct GlobTests {
}
