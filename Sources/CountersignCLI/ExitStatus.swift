import ArgumentParser
import GatePolicy

/// What `countersign` ends with; part of its contract.
public enum ExitStatus: Int32, Sendable, CaseIterable {
    /// All gates pass, or the repository has no policy.
    case passed = 0
    /// Something waits or is rejected.
    case held = 1
    /// Something could not be known.
    case undecided = 2
    /// The policy is not valid (or is missing, with `--require-policy`).
    case invalidPolicy = 3
    /// The command line or the settings are wrong.
    case usage = 64
    /// The forge could not be reached at all.
    case unreachable = 69
    /// Our own failure.
    case failure = 70
    /// Somebody interrupted it.
    case interrupted = 130

    var code: ExitCode { ExitCode(rawValue) }

    /// What a verdict ends a command with.
    init(_ outcome: Outcome) {
        switch outcome {
        case .undecided: self = .undecided
        case .rejected, .waiting: self = .held
        case .approved, .waived, .notNeeded, .off: self = .passed
        }
    }
}
