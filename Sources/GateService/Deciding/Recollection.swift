import GatePolicy

/// What was once seen, as whoever has a memory hands it to an evaluation.
public struct Recollection: Sendable {
    /// Pushes, revokes, and the heads that comments were written for.
    public var remembered: Remembered
    /// The answers that acknowledgements were first seen with; nil where nobody keeps that.
    public var answers: [AnswerSighting]?
    /// The ids that were behind a policy's names when it was first used, by the policy's digest.
    public var identities: @Sendable (_ policyDigest: String) async -> Known<[String: Int64]>

    /// A recollection.
    public init(
        remembered: Remembered = Remembered(), answers: [AnswerSighting]? = nil,
        identities: @escaping @Sendable (String) async -> Known<[String: Int64]> = { _ in .known([:]) }
    ) {
        self.remembered = remembered
        self.answers = answers
        self.identities = identities
    }

    /// Of somebody who sees everything for the first time.
    public static let none = Recollection()
}
