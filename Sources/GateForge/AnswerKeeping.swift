import GatePolicy

/// How long a client believes what it was told of people and rights without asking again.
///
/// It is part of every promise about freshness: a membership that is revoked counts until then.
public struct AnswerKeeping: Sendable {
    /// Seconds.
    public var seconds: Int64
    /// The time.
    public var now: @Sendable () -> Timestamp

    /// A time to keep answers for.
    public init(seconds: Int64, now: @escaping @Sendable () -> Timestamp) {
        self.seconds = seconds
        self.now = now
    }
}

/// The answers that a client keeps.
struct KeptAnswers: Sendable {
    struct FileKey: Hashable, Sendable {
        var repository: String
        var path: ExactText
        var commit: String
    }

    /// A file of a default branch.
    enum SharedFile: Sendable {
        case file(FileAnswer, branch: String)
        /// The name leads to another repository.
        case elsewhere
        case failed(ForgeError)

        var isKept: Bool {
            switch self {
            case .file, .elsewhere: return true
            case .failed(let error):
                if case .notFound = error.kind { return true }
                return false
            }
        }
    }

    /// What a commit changes against a branch's commit.
    struct ChangeKey: Hashable, Sendable {
        var repository: Int64
        var commit: CommitID
        var tip: CommitID
    }

    let shared = SharedAnswers<String, SharedFile>(limit: 200)
    let directories = SharedAnswers<String, Known<TeamDirectory>>(limit: 1_000)
    let members = SharedAnswers<Int64, Known<TeamMembers>>(limit: 2_000)
    let everybody = SharedAnswers<String, Known<[Account]>>(limit: 100)
    let users = SharedAnswers<String, Known<Account?>>(limit: 20_000)
    let owners = SharedAnswers<String, Known<Bool>>(limit: 1_000)
    let repositories = SharedAnswers<String, Known<RepositoryListing>>(limit: 100)
    let writers = SharedAnswers<Int64, RightHolders>(limit: 1_000)
    let admins = SharedAnswers<Int64, RightHolders>(limit: 1_000)
    let trees = SharedAnswers<String, Result<[ExactText: TreeEntry], ForgeError>>(limit: 100)
    let changes = SharedAnswers<ChangeKey, Known<EffectiveChange?>>(limit: 1_000)
    let wholeTrees = SharedAnswers<String, Result<[ExactText: String]?, ForgeError>>(limit: 20)
    let histories = SharedAnswers<String, Result<History, ForgeError>>(limit: 40)
    let files = SharedAnswers<FileKey, Result<FileAnswer, ForgeError>>(limit: 5_000)
}

extension ForgeClient {
    /// The answer, kept or read; what could not be had for a passing reason is asked for again at once.
    func kept<Key, Value>(
        _ answers: SharedAnswers<Key, Known<Value>>, _ key: Key, _ read: @Sendable () async -> Known<Value>
    ) async -> Known<Value> {
        guard let keeping else { return await read() }
        return await answers.answer(
            key, now: keeping.now(),
            keep: { answer in
                if case .unknown(let unknown) = answer, unknown.cause.isPassing { return 0 }
                return keeping.seconds
            }, read)
    }

    func kept<Key>(
        _ answers: SharedAnswers<Key, RightHolders>, _ key: Key, _ read: @Sendable () async -> RightHolders
    ) async -> RightHolders {
        guard let keeping else { return await read() }
        return await answers.answer(
            key, now: keeping.now(), keep: { $0.unknown.cause.isPassing ? 0 : keeping.seconds }, read)
    }
}

extension Result where Success == [ExactText: TreeEntry] {
    /// Large directories are read again rather than held.
    var isSmall: Bool { if case .success(let entries) = self { entries.count <= 2_000 } else { false } }
}

extension Result where Success == FileAnswer {
    /// Policies and the like; large files are read again rather than held.
    var isKept: Bool {
        switch self {
        case .success(.content(let bytes, _)): bytes.count <= 262_144
        case .success: true
        case .failure: false
        }
    }
}

extension Unknown.Cause {
    /// Whether it may well be gone a little later, without anybody doing anything.
    public var isPassing: Bool {
        switch self {
        case .proxy, .timeout, .unreachable, .serverError, .moving, .notRead, .malformed: true
        case .notInTeam, .outsideOrganization, .missingScope, .badToken, .refused, .overLimit, .nameGone,
            .identityChanged,
            .matcherGaveUp, .notTold:
            false
        }
    }
}
