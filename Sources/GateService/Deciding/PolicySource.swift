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

    func policy(of snapshot: PullRequestSnapshot) async -> Answer {
        if let override { return Self.read(override.text, file: override.file) }
        let place: (branch: String, commit: CommitID)
        switch await self.place(snapshot) {
        case .known(let known): place = known
        case .unknown(let unknown): return .unknown(unknown)
        }
        let repository = snapshot.repository.name
        for path in PolicyPath.inOrder.map(\.description) {
            switch await file(repository, path, place.commit.text, shown: path) {
            case .absent: continue
            case let answer: return answer
            }
        }
        return await organizationPolicy(snapshot.repository)
    }

    /// The base branch if nobody can write it alone, else the default branch.
    private func place(_ snapshot: PullRequestSnapshot) async -> Known<(branch: String, commit: CommitID)> {
        let repository = snapshot.repository
        let base = snapshot.pullRequest.baseBranch
        let isDefault = base.isExactly(repository.defaultBranch)
        if isDefault, let commit = snapshot.pullRequest.base { return .known((base, commit)) }
        do {
            if !isDefault, let branch = try await forge.branch(repository.name, base),
                branch.isProtected
            {
                return .known((base, branch.commit))
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

    private func file(_ repository: RepositoryName, _ path: String, _ ref: String, shown: String) async -> Answer {
        do {
            switch try await forge.file(repository, path: path, ref: ref) {
            case .absent: return .absent
            case .content(let bytes, _): return Self.read(bytes, file: shown)
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

    private func organizationPolicy(_ repository: Repository) async -> Answer {
        guard settings.usesOrganizationPolicy else { return .absent }
        let owner = repository.name.owner
        switch await forge.ownerIsOrganization(owner) {
        case .known(false): return .absent
        case .unknown(let unknown): return .unknown(unknown)
        case .known(true): break
        }
        func notKnown(_ unknown: Unknown) -> Answer {
            .unknown(
                Unknown(
                    cause: unknown.cause, subject: "whether `\(owner)` has a policy for all of its repositories",
                    reason: unknown.reason, cure: unknown.cure + "; or set `organization_policy: none`"))
        }
        switch await forge.organizationRepositories(owner) {
        case .unknown(let unknown): return notKnown(unknown)
        case .known(let repositories):
            let wanted = "\(owner)/\(PolicyPath.organizationRepository)".lowercased()
            guard let found = repositories.first(where: { $0.name.description.lowercased() == wanted }) else {
                // The list is known only from a credential that has shown to see every repository.
                return .absent
            }
            let name = RepositoryName(owner: owner, name: PolicyPath.organizationRepository)
            let shown = "\(found.name):\(PolicyPath.organizationFile.description)"
            do {
                guard let branch = try await forge.branch(name, found.defaultBranch) else { return .absent }
                return await file(name, PolicyPath.organizationFile.description, branch.commit.text, shown: shown)
            } catch {
                return .unknown(error.unknown(subject: "what `\(shown)` says"))
            }
        }
    }

    static func read(_ bytes: [UInt8], file: String) -> Answer {
        let digest = SHA256.hash(data: bytes).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
        let (policy, diagnostics) = PolicyReader.read(bytes, file: file, digest: digest)
        guard let policy else { return .broken(diagnostics.filter { $0.severity == .error }) }
        return .policy(policy)
    }
}
