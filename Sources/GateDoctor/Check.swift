import GateForge

/// One question of the doctor's: a pure function of what was read, one kind a file.
///
/// A new check is a new file in `Checks/`, a line in `CheckRegistry`, a test and a page in `Documentation/doctor/`.
public protocol Check: Sendable {
    /// Its name, which never changes: scripts and pages know it.
    static var id: String { get }
    /// What it is about.
    static var area: Area { get }
    /// What it makes sure of, as a sentence that is true when all is sound.
    static var promise: String { get }
    /// What must be there before it can be asked at all.
    static var needs: Prerequisite { get }
    /// Whether it looks at what the gates of a policy say, so that a policy that cannot be used tells it nothing.
    static var readsGates: Bool { get }
    /// Whether a finding of its own may follow from what another check finds to block: told once, by that one.
    static func follows(_ finding: Finding, from cause: any Check.Type) -> Bool
    /// Asks.
    static func examine(_ examination: Examination) -> CheckOutcome
}

extension Check {
    /// What people sign for, and what policies ask of them.
    public static var readsGates: Bool { [.proof, .policies].contains(area) }
    /// Most checks find causes.
    public static func follows(_ finding: Finding, from cause: any Check.Type) -> Bool { false }
}

extension Check {
    /// Whether what it finds keeps facts from being read.
    static var spoilsReading: Bool { [.reach, .credentials, .proof].contains(area) }
}

/// What must work before a check can be made.
public enum Prerequisite: Sendable {
    /// Nothing.
    case nothing
    /// The forge answers.
    case forge
    /// The service account's token works.
    case service
    /// The token that reads teams works too.
    case directory
}

/// What a check came to.
public struct CheckOutcome: Sendable {
    /// How many things were looked at and could be judged.
    public var examined = 0
    /// What was wrong with some of them.
    public var findings: [Finding] = []
    /// What could not be judged, and why.
    public var notMade: [String] = []
    /// What is worth knowing although it is sound.
    public var told: [String] = []

    /// Nothing yet.
    public init() {}

    mutating func add(_ finding: Finding?) {
        examined += 1
        if let finding { findings.append(finding) }
    }
    mutating func skip(_ reason: String) { if !notMade.contains(reason) { notMade.append(reason) } }
}

extension CheckOutcome {
    /// What the forge says of itself; nil where it does not answer, and then the check is not made.
    mutating func greeting(of examination: Examination) -> ServerGreeting? {
        switch examination.greeting {
        case .success(let greeting): return greeting
        case .failure(let error):
            skip("the forge does not answer `GET /version`: \(error.reason)")
            return nil
        }
    }
}
