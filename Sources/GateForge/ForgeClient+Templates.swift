import GatePolicy

extension ForgeClient {
    /// The folders in which the forge looks for templates; the first is the root.
    static let templateFolders = ["", ".gitea", ".forgejo", ".github"]
    /// The names of the files it looks for.
    static let templateNames = ["PULL_REQUEST_TEMPLATE", "pull_request_template"].flatMap { name in
        [".md", ".yaml", ".yml"].map { name + $0 }
    }

    /// Every file of the default branch whose text the forge may put into the description of a new pull request.
    ///
    /// A forge takes the first that it finds; all are read, because which comes first differs among forges.
    public func pullRequestTemplates(
        _ repository: RepositoryName, defaultBranch: String
    ) async throws(ForgeError) -> [PullRequestTemplate] {
        // By its commit: a tag of the branch's name would win over the branch.
        guard let branch = try await branch(repository, defaultBranch)?.commit.text else {
            let endpoint = Endpoint(
                "/repos/{owner}/{repo}/branches/{branch}", repository.owner, repository.name, defaultBranch)
            throw malformed("the default branch is said not to be there", endpoint)
        }
        let root = try await entries(repository, of: "", ref: branch)
        var found: [PullRequestTemplate] = []
        for folder in Self.templateFolders {
            let entries: [ContentsJSON.Listed]
            if folder.isEmpty {
                entries = root
            } else if root.contains(where: { $0.name.isExactly(folder) && $0.type == "dir" }) {
                entries = try await self.entries(repository, of: folder, ref: branch)
            } else {
                continue
            }
            for name in Self.templateNames
            where entries.contains(where: { $0.name.isExactly(name) && $0.type == "file" }) {
                let path = folder.isEmpty ? name : "\(folder)/\(name)"
                if case .content(let bytes, _) = try await file(repository, path: path, ref: branch) {
                    found.append(PullRequestTemplate(path: path, text: String(decoding: bytes, as: UTF8.self)))
                }
            }
        }
        return found
    }

    /// What a directory holds; empty when the forge has shown that nothing is there.
    private func entries(
        _ repository: RepositoryName, of path: String, ref: String
    ) async throws(ForgeError) -> [ContentsJSON.Listed] {
        let template = "/repos/{owner}/{repo}/contents"
        let endpoint =
            path.isEmpty
            ? Endpoint(template, repository.owner, repository.name, query: [("ref", ref)])
            : Endpoint("\(template)/{path*}", repository.owner, repository.name, path, query: [("ref", ref)])
        do {
            guard case .directory(let entries) = try await read(ContentsJSON.self, endpoint) else { return [] }
            return entries
        } catch {
            if error.provesMissingPath { return [] }
            throw error
        }
    }
}
