import GatePolicy

/// A policy that cannot be used.
struct BrokenPolicy: Sendable {
    var diagnostics: [Diagnostic]
    /// Files of the repository that it includes, those that are missing among them.
    var included: [ExactText]
    /// Whether every mistake stands in a file of the repository itself.
    var isOwn: Bool

    /// - Parameter foreign: files of other repositories that are part of it, as diagnostics name them.
    init(_ diagnostics: [Diagnostic], included: [ExactText] = [], foreign: [ExactText] = []) {
        self.diagnostics = diagnostics
        self.included = included
        isOwn = !diagnostics.contains { foreign.contains(ExactText($0.span.file)) }
    }

    /// A policy that was read and asks for what it cannot have.
    init(_ policy: Policy, _ diagnostics: [Diagnostic]) {
        self.init(diagnostics, included: policy.included, foreign: policy.foreign)
    }
}
