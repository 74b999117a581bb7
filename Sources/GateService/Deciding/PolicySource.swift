import Crypto
import GateForge
import GatePolicy

/// Finds the policy of a base branch: never on the pull request's head, and absent only when that is proven.
struct PolicySource: Sendable {
    /// What was found.
    enum Answer: Sendable {
        case policy(Policy)
        case broken([Diagnostic])
        case absent
        case unknown(Unknown)
    }

    let forge: ForgeClient
    let settings: DecidingSettings
    /// A policy given by hand, to be used instead of what the base branch has.
    let override: (text: [UInt8], file: String)?
    /// Files of commits that were read before.
    let memory = PolicyMemory()

    /// The policy of a pull request's base branch.
    /// - Parameter known: what the organisation's own file says, where that was read before.
    func policy(of snapshot: PullRequestSnapshot, beside known: OrganizationFile.Answer? = nil) async -> Answer {
        await find(of: snapshot, beside: known).answer
    }

    /// The same, and the branch it was looked for on; nil where that is not known, or it is not the branch's as it is now.
    func find(
        of snapshot: PullRequestSnapshot, beside known: OrganizationFile.Answer? = nil
    ) async -> (answer: Answer, branch: String?) {
        switch await self.place(snapshot) {
        case .known(let place): await policy(of: snapshot, at: place, beside: known)
        case .unknown(let unknown): (.unknown(unknown), nil)
        }
    }

    private func policy(
        of snapshot: PullRequestSnapshot, at place: (branch: String, commit: CommitID),
        beside known: OrganizationFile.Answer?
    ) async -> (answer: Answer, branch: String?) {
        let pull = snapshot.pullRequest
        let answer = await policy(of: snapshot.repository, at: place.commit, beside: known)
        if pull.isOpen || override != nil || !place.branch.isExactly(pull.baseBranch) { return (answer, place.branch) }
        // What went in is judged by the policy that it found, and not by the one that it brought.
        let watched = WatchedFilesReader(forge: forge, repository: snapshot.repository.name)
        switch await watched.unbrought(answer.paths(of: snapshot.repository.name), by: pull, "which policy applies") {
        case .known(nil): return (answer, place.branch)
        case .known(.some(let before)): return (await policy(of: snapshot.repository, at: before, beside: known), nil)
        case .unknown(let unknown): return (.unknown(unknown), nil)
        }
    }

    private func policy(
        of repository: Repository, at commit: CommitID, beside known: OrganizationFile.Answer?
    ) async -> Answer {
        // Asked side by side: what the organisation requires counts beside a policy of the repository's own, too.
        async let organization = organizationFile(of: repository.name.owner, known)
        if let override {
            let text = PolicyText(
                override.text, file: override.file, identity: "", digest: SHA256.hexadecimal(override.text))
            return await compose(text, of: repository, at: commit, beside: await organization)
        }
        for path in PolicyPath.inOrder.map(\.description) {
            switch await file(repository.name, path, commit, shown: path) {
            case .absent: continue
            case .found(let text): return await compose(text, of: repository, at: commit, beside: await organization)
            case .broken(let diagnostics): return .broken(diagnostics)
            case .unknown(let unknown): return .unknown(unknown)
            }
        }
        switch await organization {
        case .absent: return .absent
        case .hidden(let unknown), .unknown(let unknown): return .unknown(unknown)
        case .found(let file): return await organizationPolicy(file, for: repository, commit)
        }
    }

    /// The base branch if nobody can write it alone, else the default branch.
    private func place(_ snapshot: PullRequestSnapshot) async -> Known<(branch: String, commit: CommitID)> {
        let repository = snapshot.repository
        let base = snapshot.pullRequest.baseBranch
        let isDefault = base.isExactly(repository.defaultBranch)
        // Of one that went in the forge may tell an older commit.
        if isDefault, snapshot.pullRequest.isOpen, let commit = snapshot.pullRequest.base {
            return .known((base, commit))
        }
        do {
            let branch = isDefault ? nil : try await forge.branch(repository.name, base)
            if let branch, branch.isProtected { return .known((base, branch.commit)) }
            if !isDefault, branch == nil, snapshot.pullRequest.isOpen {
                // What something is open into is there: another branch's policy must not take its place.
                return .unknown(
                    Unknown(
                        cause: .malformed, subject: "which policy applies",
                        reason: "the forge says that there is no branch `\(base)`, into which the pull request is open",
                        cure: "run the check again; where that does not help, look what answers for the forge"))
            }
            if let branch = try await forge.branch(repository.name, repository.defaultBranch) {
                return .known((branch.name, branch.commit))
            }
            return .unknown(
                Unknown(
                    cause: .refused, subject: "which policy applies",
                    reason: "the default branch `\(repository.defaultBranch)` does not exist",
                    cure: "set the repository's default branch to one that exists"))
        } catch {
            return .unknown(error.unknown(subject: "whether `\(base)` is protected, so that its policy may be used"))
        }
    }

    /// What is at a policy's path.
    enum Found: Sendable {
        case absent
        case found(PolicyText)
        case broken([Diagnostic])
        case unknown(Unknown)
    }

    func file(_ repository: RepositoryName, _ path: String, _ commit: CommitID, shown: String) async -> Found {
        do {
            switch try await forge.file(repository, path: path, ref: commit.text) {
            case .absent: return .absent
            case .content(let bytes, _):
                let name = PolicyMemory.File(repository: repository, commit: commit, path: path)
                return .found(
                    PolicyText(bytes, file: shown, identity: name.identity, digest: SHA256.hexadecimal(bytes)))
            case .notAFile(let kind):
                return .broken([
                    Diagnostic(
                        span: SourceSpan(file: shown, line: 1, column: 1),
                        message: "expected a file, and found a \(kind.rawValue)",
                        hint: "the first policy path that exists is the policy: put a file there, or take it away")
                ])
            }
        } catch {
            return .unknown(error.unknown(subject: "what `\(shown)` of `\(repository)` says"))
        }
    }

    /// A policy of the repository's own, with what the organisation requires.
    private func compose(
        _ text: PolicyText, of repository: Repository, at commit: CommitID, beside organization: OrganizationFile.Answer
    ) async -> Answer {
        var required: (text: PolicyText, place: PolicyFilePlace)?
        switch organization {
        case .absent: break
        case .hidden(let unknown), .unknown(let unknown): return .unknown(unknown)
        case .found(let file): required = (file.text, file.place)
        }
        let included = IncludedFiles(
            forge: forge, settings: settings, memory: memory, repository: repository, commit: commit,
            root: (repository.name, commit))
        let path = PolicyPath.inOrder.map(\.description).first { text.file.isExactly($0) } ?? text.file
        return Self.answer(
            await included.compose(text, at: PolicyFilePlace(path: path), role: .repository, beside: required))
    }

    static func answer(_ composition: PolicyComposition) -> Answer {
        switch composition.result {
        case .policy(let policy): return .policy(policy)
        case .undecided(let unknowns):
            guard let unknown = unknowns.first else { break }
            return .unknown(unknown)
        case .invalid, .needs, .incomplete: break
        }
        return .broken(composition.diagnostics.filter { $0.severity == .error })
    }

    /// A policy of one file.
    static func read(_ bytes: [UInt8], file: String) -> Answer {
        let (policy, diagnostics) = PolicyReader.read(bytes, file: file, digest: SHA256.hexadecimal(bytes))
        guard let policy else { return .broken(diagnostics.filter { $0.severity == .error }) }
        return .policy(policy)
    }
}

extension PolicySource.Answer {
    /// The files of a repository that made it what it is.
    fileprivate func paths(of repository: RepositoryName) -> Set<ExactText> {
        let paths = Set(PolicyPath.all(of: repository))
        return switch self {
        case .policy(let policy): paths.union(policy.watched)
        case .broken(let diagnostics): paths.union(diagnostics.compactMap(\.ownFile))
        case .absent, .unknown: paths
        }
    }
}

extension Diagnostic {
    /// The file it is about, where that is one of the repository itself.
    var ownFile: ExactText? { span.file.contains(":") ? nil : ExactText(span.file) }
}

extension SHA256 {
    /// The digest of bytes, in hexadecimal.
    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        hash(data: Array(bytes)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
