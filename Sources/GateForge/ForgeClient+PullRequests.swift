import GatePolicy

extension ForgeClient {
    /// A pull request with its repository; a renamed repository is followed, and answers with its present name.
    public func pullRequest(
        _ repository: RepositoryName, _ number: Int64
    ) async throws(ForgeError) -> PullRequestSnapshot {
        let endpoint = Endpoint("/repos/{owner}/{repo}/pulls/{index}", repository.owner, repository.name, "\(number)")
        let pull = try await read(PullJSON.self, endpoint)
        guard pull.number == number else { throw malformed("it is of pull request #\(pull.number)", endpoint) }
        return try snapshot(pull, endpoint)
    }

    func snapshot(_ pull: PullJSON, _ endpoint: Endpoint) throws(ForgeError) -> PullRequestSnapshot {
        guard let base = pull.base.repo else { throw malformed("`base.repo` is missing", endpoint) }
        guard let pullRequest = pull.pullRequest else { throw malformed("`head.sha` is no full object id", endpoint) }
        let ownerKind = Unknown(
            cause: .notRead, subject: "whether `\(base.owner.login)` is an organisation",
            reason: "a pull request does not say it", cure: "nothing; it is asked for when it matters")
        return PullRequestSnapshot(
            repository: base.repository(ownerIsOrganization: .unknown(ownerKind)), pullRequest: pullRequest,
            isArchived: base.isArchived ?? false, updatedAt: Wire.timestamp(pull.updatedAt), merge: pull.merge)
    }

    /// All reviews that the service account can see, in the order of their ids.
    public func reviews(_ repository: RepositoryName, _ number: Int64) async throws(ForgeError) -> [Review] {
        try await reviewsAndDrafts(repository, number).reviews
    }

    /// The same, and how many drafts of others there are besides, which the forge counts and does not show.
    public func reviewsAndDrafts(
        _ repository: RepositoryName, _ number: Int64
    ) async throws(ForgeError) -> (reviews: [Review], drafts: Int) {
        let endpoint = Endpoint(
            "/repos/{owner}/{repo}/pulls/{index}/reviews", repository.owner, repository.name, "\(number)")
        let (rows, total, _) = try await counted(
            ReviewJSON.self, endpoint, as: .service, .settled, named: "reviews", limit: settings.limits.reviews,
            check: { $0.refusal(of: number) })
        return (rows.sorted { $0.id < $1.id }.map(\.review), max(0, (total ?? 0) - rows.count))
    }

    /// The changed files of a head; `.moving` when any page was of another head.
    ///
    /// A list without files names no head: read the pull request again afterwards, as ever.
    public func files(
        _ repository: RepositoryName, _ number: Int64, head: CommitID
    ) async throws(ForgeError) -> FileListing {
        let endpoint = Endpoint(
            "/repos/{owner}/{repo}/pulls/{index}/files", repository.owner, repository.name, "\(number)")
        let rows = try await list(
            FileJSON.self, endpoint, as: .service, .counted, named: "files", limit: settings.limits.files
        ) { row in
            switch row.head {
            case head where row.isNamed: nil
            case head: .malformed("the name of a changed file is not UTF-8, so that files cannot be told apart")
            case .some(let other): .moving("its files are now those of `\(other.short)`")
            case .none: .malformed("`contents_url` does not name a commit")
            }
        }
        return FileListing(rows)
    }

    /// All commits of a head, newest first; `.moving` when the list begins with another one.
    ///
    /// The list may be empty: a head that is already in its base.
    public func commits(
        _ repository: RepositoryName, _ number: Int64, head: CommitID
    ) async throws(ForgeError) -> [Commit] {
        let endpoint = Endpoint(
            "/repos/{owner}/{repo}/pulls/{index}/commits", repository.owner, repository.name, "\(number)",
            query: [("stat", "false"), ("verification", "false"), ("files", "false")])
        let rows = try await list(
            CommitJSON.self, endpoint, as: .service, .counted, named: "commits", limit: settings.limits.commits)
        try checkConnected(rows.map { ($0.sha, Wire.list($0.parents).map(\.sha)) }, head: head, endpoint)
        return try commits(from: rows, endpoint)
    }

    /// What a head has that its base does not is reached from the head through itself: other rows are of another head.
    private func checkConnected(
        _ rows: [(id: String, parents: [String])], head: CommitID, _ endpoint: Endpoint
    ) throws(ForgeError) {
        guard let first = rows.first else { return }
        if first.id != head.text {
            throw ForgeError(.moving("its commits now begin with `\(clean(first.id))`"), endpoint.call(.service))
        }
        let parents = Dictionary(rows) { one, _ in one }
        var reached: Set<String> = []
        var open = [first.id]
        while let next = open.popLast() {
            guard let below = parents[next], reached.insert(next).inserted else { continue }
            open += below
        }
        if let stray = rows.first(where: { !reached.contains($0.id) }) {
            throw ForgeError(.moving("`\(clean(stray.id))` is none of its commits"), endpoint.call(.service))
        }
    }

    /// What the forge says of the signatures of all commits of a head; `.moving` when the list begins with another one.
    public func verifications(
        _ repository: RepositoryName, _ number: Int64, head: CommitID
    ) async throws(ForgeError) -> [CommitVerification] {
        let endpoint = Endpoint(
            "/repos/{owner}/{repo}/pulls/{index}/commits", repository.owner, repository.name, "\(number)",
            query: [("stat", "false"), ("verification", "true"), ("files", "false")])
        let rows = try await list(
            VerificationJSON.self, endpoint, as: .service, .counted, named: "commits", limit: settings.limits.commits)
        try checkConnected(rows.map { ($0.sha, Wire.list($0.parents).map(\.sha)) }, head: head, endpoint)
        return try rows.map { (row) throws(ForgeError) in
            guard let verification = row.verification else {
                throw malformed("a commit without a `verification`, or `sha` is no full object id", endpoint)
            }
            return verification
        }
    }

    func commits(from rows: [CommitJSON], _ endpoint: Endpoint) throws(ForgeError) -> [Commit] {
        try rows.map { (row) throws(ForgeError) in
            guard let commit = row.commit else {
                throw malformed("a commit has no full object id, or no list of parents", endpoint)
            }
            return commit
        }
    }

    func malformed(_ detail: String, _ endpoint: Endpoint, _ credential: Credential = .service) -> ForgeError {
        ForgeError(.malformed(detail), endpoint.call(credential))
    }
}
