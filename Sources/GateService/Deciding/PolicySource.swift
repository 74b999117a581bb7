import Crypto
import GateForge
import GatePolicy

/// Finds the policy of a base branch: never on the pull request's head, and absent only when that is proven.
struct PolicySource: Sendable {
    /// What was found.
    enum Answer: Sendable {
        case policy(Policy)
        case broken(BrokenPolicy)
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

    /// What looking for it came to.
    struct Finding: Sendable {
        var answer: Answer
        /// The branch it was looked for on; nil where that is not known, or it is not the branch's as it is now.
        var branch: String?
        /// Whether it was read where the branch and the pull request parted.
        var isOlder = false
        /// Whether something that makes a policy is there, though it may not be shown, or not all of it.
        var isThere = false
    }

    /// The same, and where it was read.
    func find(of snapshot: PullRequestSnapshot, beside known: OrganizationFile.Answer? = nil) async -> Finding {
        // Asked side by side: what the organisation requires counts beside a policy of the repository's own, too.
        async let organization = organizationFile(of: snapshot.repository.name.owner, known)
        async let found = placeAndOwnFile(snapshot)
        switch await found {
        case .unknown(let unknown): return Finding(answer: .unknown(unknown), isThere: await organization.isThere)
        case .known(let (place, own)):
            let answer = await policy(of: snapshot.repository, own, at: place.commit, beside: organization)
            let others = (await organization).isThere
            let now = Finding(answer: answer, branch: place.branch, isThere: own.isThere || others)
            let pull = snapshot.pullRequest
            guard !pull.isOpen, override == nil, place.branch.isExactly(pull.baseBranch) else { return now }
            return await unbrought(now, snapshot, on: place.branch, beside: organization)
        }
    }

    private func placeAndOwnFile(
        _ snapshot: PullRequestSnapshot
    ) async -> Known<(place: (branch: String, commit: CommitID), own: Found)> {
        switch await place(snapshot) {
        case .known(let place): .known((place, await ownFile(of: snapshot.repository.name, at: place.commit)))
        case .unknown(let unknown): .unknown(unknown)
        }
    }

    /// What went in is judged by the policy that it found, and not by the one that it brought.
    private func unbrought(
        _ now: Finding, _ snapshot: PullRequestSnapshot, on branch: String, beside organization: OrganizationFile.Answer
    ) async -> Finding {
        let repository = snapshot.repository
        let watched = WatchedFilesReader(forge: forge, repository: repository.name)
        let paths = now.answer.paths(of: repository.name)
        switch await watched.unbrought(paths, by: snapshot.pullRequest, "which policy applies") {
        case .known(nil): return now
        case .unknown(let unknown): return Finding(answer: .unknown(unknown), isThere: now.isThere)
        case .known(.some(let commit)):
            let before = BranchBefore(repository: repository.name, branch: branch, commit: commit)
            let own = await ownFile(of: repository.name, at: commit)
            let others = await organizationFile(of: repository, before) ?? organization
            let answer = await policy(of: repository, own, at: commit, beside: others, before: before)
            return Finding(answer: answer, isOlder: true, isThere: own.isThere || others.isThere)
        }
    }

    /// The first policy of a repository's own, or the one that was given by hand.
    private func ownFile(of repository: RepositoryName, at commit: CommitID) async -> Found {
        if let override {
            return .found(
                PolicyText(
                    override.text, file: override.file, identity: "", digest: SHA256.hexadecimal(override.text)))
        }
        for path in PolicyPath.inOrder.map(\.description) {
            let found = await file(repository, path, commit, shown: path)
            guard case .absent = found else { return found }
        }
        return .absent
    }

    private func policy(
        of repository: Repository, _ own: Found, at commit: CommitID, beside organization: OrganizationFile.Answer,
        before: BranchBefore? = nil
    ) async -> Answer {
        switch (own, organization) {
        case (.broken(let diagnostics), _): .broken(BrokenPolicy(diagnostics))
        case (.unreadable(let unknown), _), (.unknown(let unknown), _), (_, .hidden(let unknown)),
            (_, .unreadable(let unknown)), (_, .unknown(let unknown)):
            .unknown(unknown)
        case (.found(let text), .absent): await compose(text, of: repository, at: commit, beside: nil, before)
        case (.found(let text), .found(let file)):
            await compose(text, of: repository, at: commit, beside: (file.text, file.place), before)
        case (.absent, .absent): .absent
        case (.absent, .found(let file)): await organizationPolicy(file, for: repository, commit, before)
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
                if snapshot.pullRequest.base == nil { return .unknown(.baseGone(base)) }
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
        /// It is there, and longer than anything that is read.
        case unreadable(Unknown)
        case unknown(Unknown)

        var isThere: Bool {
            switch self {
            case .found, .broken, .unreadable: true
            case .absent, .unknown: false
            }
        }
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
            let unknown = error.unknown(subject: "what `\(shown)` of `\(repository)` says")
            return error.isOfTooMuch ? .unreadable(unknown) : .unknown(unknown)
        }
    }

    /// A policy of the repository's own, with what the organisation requires.
    private func compose(
        _ text: PolicyText, of repository: Repository, at commit: CommitID,
        beside required: (text: PolicyText, place: PolicyFilePlace)?, _ before: BranchBefore?
    ) async -> Answer {
        let included = IncludedFiles(
            forge: forge, settings: settings, memory: memory, repository: repository, commit: commit,
            root: (repository.name, commit), before: before)
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
        return .broken(
            BrokenPolicy(
                composition.diagnostics.filter { $0.severity == .error }, included: composition.includedPaths,
                foreign: composition.foreignFiles))
    }
}

extension Unknown {
    /// The pull request and the branch itself say the same: nothing is wrong with the forge, and waiting does not help.
    fileprivate static func baseGone(_ base: String) -> Unknown {
        Unknown(
            cause: .nameGone, subject: "which policy applies",
            reason: "the base branch `\(base)` is deleted",
            cure: "retarget or close the pull request, or bring the branch back")
    }
}

extension PolicySource.Answer {
    /// The files of a repository that made it what it is.
    fileprivate func paths(of repository: RepositoryName) -> Set<ExactText> {
        let paths = Set(PolicyPath.all(of: repository))
        return switch self {
        case .policy(let policy): paths.union(policy.watched)
        case .broken(let broken): paths.union(broken.included)
        case .absent, .unknown: paths
        }
    }
}

extension SHA256 {
    /// The digest of bytes, in hexadecimal.
    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        hash(data: Array(bytes)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
