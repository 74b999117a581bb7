/// What a finding means for the gates.
public enum Severity: String, Codable, Sendable, CaseIterable {
    /// Proven to be as it should.
    case sound
    /// It could not be checked; never counted as sound.
    case unverifiable
    /// It works, but should be changed.
    case warning
    /// It keeps a gate from deciding, or lets something past it.
    case blocking
}
