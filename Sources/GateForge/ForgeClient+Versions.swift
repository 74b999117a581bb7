import GatePolicy

extension ForgeClient {
    /// What a name of a version means in a repository, which must still have the name it is asked by.
    ///
    /// A redirect leads to whatever became of a name: that may be in other hands now, so it is not followed.
    public func version(_ name: String, of repository: RepositoryName) async throws(ForgeError) -> VersionAnswer {
        let whole = Endpoint("/repos/{owner}/{repo}", repository.owner, repository.name)
        async let listed = outcome(RepositoryJSON.self, whole)
        let found: VersionAnswer
        if let id = CommitID(name) {
            async let commit = outcome(CommitJSON.self, endpoint("git/commits/{sha}", repository, name))
            let here = ListedRepository(try await listed.get())
            guard here.name.isSame(as: repository) else { return .moved(to: here.name) }
            // A branch or tag can have 40 digits for a name: the answer must be of the very commit.
            guard try await commit.get().sha == id.text else { return .ambiguous }
            found = .commit(id)
        } else {
            async let branch = branchOutcome(repository, name)
            async let tag = outcome(TagJSON.self, endpoint("tags/{tag}", repository, name))
            let here = ListedRepository(try await listed.get())
            guard here.name.isSame(as: repository) else { return .moved(to: here.name) }
            found = try await version(name, branch.get(), await tag, defaultBranch: here.defaultBranch, repository)
        }
        return found
    }

    private func version(
        _ name: String, _ branch: BranchAnswer?, _ tag: Result<TagJSON, ForgeError>, defaultBranch: String,
        _ repository: RepositoryName
    ) throws(ForgeError) -> VersionAnswer {
        var tagged: CommitID?
        switch tag {
        case .success(let tag):
            guard tag.name.isExactly(name), let commit = CommitID(tag.commit.sha) else {
                throw malformed("it is of another tag, or names no commit", endpoint("tags/{tag}", repository, name))
            }
            tagged = commit
        case .failure(let error):
            // Where the branch was found, or proven to be missing, the repository's code is visible.
            guard case .notFound = error.kind else { throw error }
        }
        switch (branch, tagged) {
        case (_?, _?): return .ambiguous
        case (nil, let commit?): return .tag(commit)
        case (let branch?, nil):
            let isDefault = name.isExactly(defaultBranch)
            return .branch(branch.commit, isTrusted: isDefault || branch.isProtected)
        case (nil, nil): return .absent
        }
    }

    private func endpoint(_ end: String, _ repository: RepositoryName, _ name: String) -> Endpoint {
        Endpoint("/repos/{owner}/{repo}/\(end)", repository.owner, repository.name, name)
    }

    private func outcome<Value: Decodable & Sendable>(
        _ type: Value.Type, _ endpoint: Endpoint
    ) async -> Result<Value, ForgeError> {
        do { return .success(try await read(type, endpoint)) } catch { return .failure(error) }
    }

    private func branchOutcome(_ repository: RepositoryName, _ name: String) async -> Result<BranchAnswer?, ForgeError>
    {
        do { return .success(try await branch(repository, name)) } catch { return .failure(error) }
    }

    /// What is at a path of a repository's default branch, in one answer; nil where the name leads to another one.
    ///
    /// A client that keeps answers believes it for as long as what it was told of people.
    public func fileOfDefaultBranch(
        _ repository: RepositoryName, path: String
    ) async throws(ForgeError) -> (file: FileAnswer, branch: String)? {
        guard let keeping else { return try await readFileOfDefaultBranch(repository, path: path) }
        let answer = await memory.kept.shared.answer(
            "\(repository.description.lowercased()):\(path)", now: keeping.now(),
            keep: { $0.isKept ? keeping.seconds : 0 }
        ) {
            do throws(ForgeError) {
                guard let found = try await readFileOfDefaultBranch(repository, path: path) else {
                    return KeptAnswers.SharedFile.elsewhere
                }
                return .file(found.file, branch: found.branch)
            } catch {
                return .failed(error)
            }
        }
        switch answer {
        case .elsewhere: return nil
        case .file(let file, let branch): return (file, branch)
        case .failed(let error): throw error
        }
    }

    /// Forgets what default branches have: one of them was pushed to.
    public func forgetDefaultBranches() async { await memory.kept.shared.clear() }

    private func readFileOfDefaultBranch(
        _ repository: RepositoryName, path: String
    ) async throws(ForgeError) -> (file: FileAnswer, branch: String)? {
        let listed = ListedRepository(
            try await read(
                RepositoryJSON.self, Endpoint("/repos/{owner}/{repo}", repository.owner, repository.name)))
        guard listed.name.isSame(as: repository) else { return nil }
        return (try await file(repository, path: path, ref: listed.defaultBranch), listed.defaultBranch)
    }
}
