#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import GatePolicy

extension ForgeClient {
    /// What is at a path of a commit or branch; `.absent` only when the forge has shown that nothing is there.
    ///
    /// What a commit has at a path never changes: a client that keeps answers reads it once.
    public func file(_ repository: RepositoryName, path: String, ref: String) async throws(ForgeError) -> FileAnswer {
        guard let keeping, CommitID(ref) != nil else { return try await readFile(repository, path: path, ref: ref) }
        let key = KeptAnswers.FileKey(
            repository: repository.description.lowercased(), path: ExactText(path), commit: ref)
        let answer = await memory.kept.files.answer(key, now: keeping.now(), keep: { $0.isKept ? 86_400 : 0 }) {
            await readFileResult(repository, path: path, ref: ref)
        }
        return try answer.get()
    }

    private func readFileResult(
        _ repository: RepositoryName, path: String, ref: String
    ) async -> Result<FileAnswer, ForgeError> {
        do { return .success(try await readFile(repository, path: path, ref: ref)) } catch { return .failure(error) }
    }

    private func readFile(
        _ repository: RepositoryName, path: String, ref: String
    ) async throws(ForgeError) -> FileAnswer {
        let endpoint = Endpoint(
            "/repos/{owner}/{repo}/contents/{path*}", repository.owner, repository.name, path, query: [("ref", ref)])
        let contents: ContentsJSON
        do {
            contents = try await read(ContentsJSON.self, endpoint)
        } catch {
            guard error.provesMissingPath else { throw error }
            var commit = CommitID(ref)
            if commit == nil { commit = try await branch(repository, ref)?.commit }
            guard let commit else { throw malformed("it is a path of a branch that there is not", endpoint) }
            guard try await lists(path, repository, commit) else { return .absent }
            // A branch may have moved in between; a commit has what it has.
            if CommitID(ref) == nil { return try await readFile(repository, path: path, ref: commit.text) }
            throw malformed("it is said to be missing, and its directory lists it", endpoint)
        }
        guard case .entry(let entry) = contents else { return .notAFile(.directory) }
        if let kind = FileAnswer.Kind(rawValue: entry.type == "dir" ? "directory" : entry.type) {
            return .notAFile(kind)
        }
        guard entry.type == "file" else { throw malformed("`type` is not one that is known", endpoint) }
        guard entry.size <= settings.limits.fileBytes else {
            throw ForgeError(.overLimit("bytes in `\(clean(path))`", limit: settings.limits.fileBytes), call(endpoint))
        }
        guard entry.encoding == "base64", let data = entry.content.flatMap({ Data(base64Encoded: $0) }),
            data.count == entry.size
        else { throw malformed("`content` is not the whole file in base64", endpoint) }
        return .content([UInt8](data), blob: entry.sha)
    }

    /// Whether the directories of a commit list a path: a policy that is not seen lets another govern.
    private func lists(
        _ path: String, _ repository: RepositoryName, _ commit: CommitID
    ) async throws(ForgeError) -> Bool {
        let names = path.split(separator: "/").map { ExactText(String($0)) }
        var object = commit
        for name in names.dropLast() {
            guard let next = try await keptDirectory(repository, object)[name]?.directory else { return false }
            object = next
        }
        guard let name = names.last else { return false }
        return try await keptDirectory(repository, object)[name] != nil
    }

    /// A branch; nil when the forge has shown that the repository is visible and has no such branch.
    ///
    /// Where the refusal does not say that it is the branch that is missing, reading the default branch proves it.
    public func branch(
        _ repository: RepositoryName, _ name: String, _ credential: Credential = .service
    ) async throws(ForgeError) -> BranchAnswer? {
        let endpoint = Endpoint("/repos/{owner}/{repo}/branches/{branch}", repository.owner, repository.name, name)
        let branch: BranchJSON
        do {
            branch = try await read(BranchJSON.self, endpoint, as: credential)
        } catch {
            if error.provesAbsence { return nil }
            if case .notFound = error.kind, try await showsDefaultBranch(repository, otherThan: name, credential) {
                return nil
            }
            throw error
        }
        guard branch.name.isExactly(name) else { throw malformed("it is of another branch", endpoint) }
        guard let answer = branch.answer else { throw malformed("`commit.id` is no full object id", endpoint) }
        return answer
    }

    /// All branches of a repository, with the protection that any reader is shown; an error where there are more than
    /// `limits.branches`.
    public func branches(of repository: RepositoryName) async throws(ForgeError) -> [BranchAnswer] {
        let endpoint = Endpoint("/repos/{owner}/{repo}/branches", repository.owner, repository.name)
        let rows = try await list(BranchJSON.self, endpoint, named: "branches", limit: settings.limits.branches)
        let answers = rows.compactMap(\.answer)
        guard answers.count == rows.count else { throw malformed("`commit.id` is no full object id", endpoint) }
        return answers
    }

    /// Whether the forge has shown that a repository, whose code is visible, does not have a commit any more.
    public func isGone(_ commit: CommitID, from repository: RepositoryName) async throws(ForgeError) -> Bool {
        do {
            let endpoint = Endpoint(
                "/repos/{owner}/{repo}/git/commits/{sha}", repository.owner, repository.name, commit.text)
            _ = try await read(CommitJSON.self, endpoint)
            return false
        } catch {
            guard case .notFound = error.kind else { throw error }
            return try await showsDefaultBranch(repository, otherThan: "")
        }
    }

    /// Whether the repository's default branch, another one than this, can be read.
    private func showsDefaultBranch(
        _ repository: RepositoryName, otherThan name: String, _ credential: Credential = .service
    ) async throws(ForgeError) -> Bool {
        do {
            let whole = Endpoint("/repos/{owner}/{repo}", repository.owner, repository.name)
            let branch = try await read(RepositoryJSON.self, whole, as: credential).defaultBranch
            guard branch != name else { return false }
            let endpoint = Endpoint(
                "/repos/{owner}/{repo}/branches/{branch}", repository.owner, repository.name, branch)
            return try await read(BranchJSON.self, endpoint, as: credential).name == branch
        } catch {
            if case .notFound = error.kind { return false }
            throw error
        }
    }

    /// Every file of a commit as `mode blob` by path; nil when the forge has shown that it no longer has the commit.
    public func tree(_ repository: RepositoryName, commit: CommitID) async throws(ForgeError) -> [ExactText: String]? {
        let endpoint = Endpoint(
            "/repos/{owner}/{repo}/git/trees/{sha}", repository.owner, repository.name, commit.text,
            query: [("recursive", "true"), ("per_page", "1000")])
        var entries: [ExactText: String] = [:]
        var directories: [String] = []
        var parents: Set<ExactText> = []
        var read = 0
        var pages = 0
        var isTruncated = true
        while isTruncated {
            pages += 1
            let page: TreeJSON
            do {
                page = try await self.read(TreeJSON.self, endpoint.with("page", "\(pages)"))
            } catch {
                if pages == 1, error.provesAbsence { return nil }
                throw error
            }
            guard page.sha == commit.text else { throw malformed("it is of another object", endpoint) }
            let rows = Wire.list(page.tree)
            for row in rows {
                parents.insert(Self.directory(of: row.path))
                if row.type == "tree", !Self.emptyTrees.contains(row.sha) { directories.append(row.path) }
            }
            for row in rows where row.type != "tree" {
                // Bytes that are not UTF-8 all become U+FFFD: one file could hide behind another.
                let isTold = !row.path.contains("\u{fffd}")
                guard isTold, entries.updateValue("\(row.mode) \(row.sha)", forKey: ExactText(row.path)) == nil else {
                    throw malformed("the names of two files cannot be told apart", endpoint)
                }
            }
            read += rows.count
            guard read <= settings.limits.treeEntries, pages < settings.limits.pages else {
                throw ForgeError(.overLimit("entries in a tree", limit: settings.limits.treeEntries), call(endpoint))
            }
            guard !page.truncated || !rows.isEmpty else {
                throw malformed("an empty page of a tree that says there is more", endpoint)
            }
            isTruncated = page.truncated
            guard isTruncated || read == page.total else { throw malformed("it is a part of a tree", endpoint) }
        }
        // Each directory is listed, and what is in it: without that it is the answer for the root alone.
        guard directories.allSatisfy({ parents.contains(ExactText($0)) }) else {
            throw malformed("it does not say what is in its directories", endpoint)
        }
        return entries
    }

    /// What git calls a directory without anything in it, by SHA-1 and by SHA-256.
    private static let emptyTrees = [
        "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
        "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
    ]

    private static func directory(of path: String) -> ExactText {
        ExactText(path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? "")
    }

    /// The commits reachable from one, newest first, at most the given number of them.
    /// - Parameter other: what is reachable from this one is left out.
    public func history(
        _ repository: RepositoryName, from commit: CommitID, without other: CommitID? = nil, limit: Int
    ) async throws(ForgeError) -> History {
        let endpoint = Endpoint(
            "/repos/{owner}/{repo}/commits", repository.owner, repository.name,
            query: [
                ("sha", commit.text), ("stat", "false"), ("verification", "false"), ("files", "false"),
                ("limit", "\(Self.wantedPageSize)"),
            ] + (other.map { [("not", $0.text)] } ?? []))
        var rows: [CommitJSON] = []
        // No commit comes before what it is a parent of.
        var named: Set<String> = [commit.text]
        var seen: Set<String> = []
        var page = 0
        while rows.count < limit, page < settings.limits.pages {
            page += 1
            let answer = try await send(endpoint.with("page", "\(page)"))
            let got = try decode([CommitJSON].self, from: answer, call(endpoint))
            // It begins with the commit itself, so it is never empty.
            if page == 1, got.first.flatMap({ CommitID($0.sha) }) != commit {
                throw malformed("it is of another commit", endpoint)
            }
            let fresh = got.filter { seen.insert($0.sha).inserted }
            for row in fresh {
                guard named.contains(row.sha) else { throw malformed("a commit is left out", endpoint) }
                named.formUnion((row.parents ?? []).map(\.sha))
            }
            rows += fresh
            let size = answer.total == nil ? try await pageSize() : 0
            let isLast = answer.total.map { rows.count >= $0 } ?? (!answer.hasMore && got.count < size)
            guard !fresh.isEmpty, !isLast else {
                return History(
                    commits: try commits(from: Array(rows.prefix(limit)), endpoint),
                    isWhole: isLast && rows.count <= limit)
            }
        }
        return History(commits: try commits(from: Array(rows.prefix(limit)), endpoint), isWhole: false)
    }

    private func call(_ endpoint: Endpoint) -> ForgeCall { endpoint.call(.service) }
}
