import Crypto
import GateForge
import GatePolicy

/// The organisation's own file, as the default branch of its own repository has it.
struct OrganizationFile: Sendable {
    /// The organisation's own repository and the file in it.
    static let repository = ".countersign"
    static let path = "countersign.yml"

    /// What looking for it came to.
    enum Answer: Sendable {
        /// There is none, and that is proven, or the settings say so.
        case absent
        case found(OrganizationFile)
        /// Its repository is there and not shown to the service account.
        case hidden(Unknown)
        /// It is there, and is no file, or one longer than anything that is read.
        case unreadable(Unknown)
        case unknown(Unknown)

        /// Whether it is there, or its repository is: nobody makes that one for nothing.
        var isThere: Bool {
            switch self {
            case .found, .hidden, .unreadable: true
            case .absent, .unknown: false
            }
        }
    }

    var text: PolicyText
    var repository: RepositoryName
    /// The default branch.
    var branch: String
    /// Its commit, where that is not the present one.
    var commit: CommitID?

    var place: PolicyFilePlace { Self.place(in: repository) }

    /// Where it is in an organisation's own repository.
    static func place(in repository: RepositoryName) -> PolicyFilePlace {
        PolicyFilePlace(repository: repository, path: path)
    }
}

extension PolicySource {
    /// The organisation's own file; absent only when that is proven.
    func organizationFile(
        of owner: String, _ known: OrganizationFile.Answer? = nil
    ) async -> OrganizationFile.Answer {
        if let known { return known }
        guard settings.usesOrganizationPolicy else { return .absent }
        let name = RepositoryName(owner: owner, name: OrganizationFile.repository)
        do {
            guard let (answer, branch) = try await forge.fileOfDefaultBranch(name, path: OrganizationFile.path) else {
                // The name leads to a repository that has another one now.
                return await provenAbsence(owner, name)
            }
            return organizationFile(answer, of: name, branch)
        } catch {
            guard case .notFound = error.kind else { return unread(error, name) }
            return await provenAbsence(owner, name)
        }
    }

    /// The same as it was before a merge into the organisation's own repository; nil for every other merge.
    func organizationFile(of repository: Repository, _ before: BranchBefore) async -> OrganizationFile.Answer? {
        let name = RepositoryName(owner: repository.name.owner, name: OrganizationFile.repository)
        guard settings.usesOrganizationPolicy, let commit = before.commit(of: repository.defaultBranch, in: name)
        else { return nil }
        do {
            return organizationFile(
                try await forge.file(name, path: OrganizationFile.path, ref: commit.text), of: name, before.branch,
                commit)
        } catch {
            return unread(error, name)
        }
    }

    private func unread(_ error: ForgeError, _ name: RepositoryName) -> OrganizationFile.Answer {
        let unknown = error.unknown(subject: "what `\(OrganizationFile.place(in: name))` says")
        return error.isOfTooMuch ? .unreadable(unknown) : .unknown(unknown)
    }

    private func organizationFile(
        _ answer: FileAnswer, of name: RepositoryName, _ branch: String, _ commit: CommitID? = nil
    ) -> OrganizationFile.Answer {
        let shown = "\(OrganizationFile.place(in: name))"
        switch answer {
        case .absent: return .absent
        case .content(let bytes, let blob):
            let text = PolicyText(
                bytes, file: shown, identity: "\(name)@\(blob)", digest: SHA256.hexadecimal(bytes))
            return .found(OrganizationFile(text: text, repository: name, branch: branch, commit: commit))
        case .notAFile(let kind):
            return .unreadable(
                Unknown(
                    cause: .refused, subject: "what `\(shown)` says", reason: "it is a \(kind.rawValue), not a file",
                    cure: "put a file there, or take it away"))
        }
    }

    /// Whether there is no such repository; a 404 alone says nothing, for it may be an invisible one.
    private func provenAbsence(_ owner: String, _ name: RepositoryName) async -> OrganizationFile.Answer {
        switch await forge.ownerIsOrganization(owner) {
        case .known(false): return .absent
        case .unknown(let unknown): return .unknown(unknown)
        case .known(true): break
        }
        let subject = "whether `\(owner)` has a policy for all of its repositories"
        switch await forge.organizationRepositories(owner) {
        case .unknown(let unknown):
            return .unknown(
                Unknown(
                    cause: unknown.cause, subject: subject, reason: unknown.reason,
                    cure: unknown.cure + (unknown.isWantOfSight ? "; or set `organization_policy: none`" : "")))
        case .known(let repositories):
            // The list is known only from a credential that has shown to see every repository.
            guard let found = repositories.listed.first(where: { $0.name.isSame(as: name) }) else {
                guard let unknown = repositories.incomplete else { return .absent }
                return .unknown(
                    Unknown(
                        cause: unknown.cause, subject: subject, reason: unknown.reason,
                        cure: unknown.cure))
            }
            if found.isEmpty { return .absent }
            return .hidden(
                Unknown(
                    cause: .refused, subject: subject,
                    reason: "the forge does not show `\(name)` to the owner of `forge.token`",
                    cure: "let that account read `\(name)`; or set `organization_policy: none`"))
        }
    }

    /// The policy of a repository without one of its own.
    func organizationPolicy(
        _ file: OrganizationFile, for repository: Repository, _ commit: CommitID, _ before: BranchBefore?
    ) async -> Answer {
        do {
            // Read again at a commit: the files beside it are to be of the same one.
            let present = file.commit == nil ? try await forge.branch(file.repository, file.branch) : nil
            guard let tip = file.commit ?? present?.commit else {
                // Its file was read from there a moment ago.
                return .unknown(
                    Unknown(
                        cause: .moving, subject: "what `\(file.text.file)` says",
                        reason: "the branch `\(file.branch)` was there, and is not any more",
                        cure: "run the check again"))
            }
            switch await self.file(file.repository, OrganizationFile.path, tip, shown: file.text.file) {
            case .absent: return .absent
            case .broken(let diagnostics):
                let isOwn = file.repository.isSame(as: repository.name)
                return .broken(BrokenPolicy(diagnostics, foreign: isOwn ? [] : [ExactText(file.text.file)]))
            case .unreadable(let unknown), .unknown(let unknown): return .unknown(unknown)
            case .found(let text):
                let included = IncludedFiles(
                    forge: forge, settings: settings, memory: memory, repository: repository, commit: commit,
                    root: (file.repository, tip), before: before)
                return Self.answer(
                    await included.compose(text, at: file.place, role: .organization, beside: nil))
            }
        } catch {
            return .unknown(error.unknown(subject: "what `\(file.text.file)` says"))
        }
    }
}

extension Unknown {
    /// Whether somebody is shown too little, and nothing went wrong: only then may "there is none" be the way out.
    fileprivate var isWantOfSight: Bool { [.notTold, .outsideOrganization, .notInTeam].contains(cause) }
}
