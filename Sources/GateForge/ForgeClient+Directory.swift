import GatePolicy

extension ForgeClient {
    /// What a directory has, by name: of a commit its root, of a tree's id that tree; nothing below it.
    ///
    /// Names that are not UTF-8 are left out: they are all told as the same text, which no name that is asked for is.
    public func directory(
        _ repository: RepositoryName, _ object: CommitID, _ credential: Credential = .service
    ) async throws(ForgeError) -> [ExactText: TreeEntry] {
        let endpoint = Endpoint(
            "/repos/{owner}/{repo}/git/trees/{sha}", repository.owner, repository.name, object.text,
            query: [("per_page", "1000")])
        let call = endpoint.call(credential)
        var entries: [ExactText: TreeEntry] = [:]
        var read = 0
        for number in 1...max(settings.limits.pages, 1) {
            let page = try await self.read(TreeJSON.self, endpoint.with("page", "\(number)"), as: credential)
            // Of another object it would be another directory.
            guard page.sha == object.text else { throw malformed("it is of another object", endpoint) }
            let rows = Wire.list(page.tree)
            for row in rows where !row.path.contains("\u{fffd}") {
                let tree = row.type == "tree" ? CommitID(row.sha) : nil
                guard row.type != "tree" || tree != nil else {
                    throw malformed("`sha` of a directory is no full object id", endpoint)
                }
                let entry = TreeEntry(object: "\(row.mode) \(row.sha)", directory: tree)
                guard entries.updateValue(entry, forKey: ExactText(row.path)) == nil else {
                    throw malformed("a name is there twice", endpoint)
                }
            }
            read += rows.count
            guard read <= settings.limits.treeEntries else { break }
            if !page.truncated {
                guard read == page.total else { throw malformed("it is a part of a directory", endpoint) }
                return entries
            }
            guard !rows.isEmpty else { throw malformed("an empty page of a tree that says there is more", endpoint) }
        }
        throw ForgeError(.overLimit("entries in a directory", limit: settings.limits.treeEntries), call)
    }

    /// What a directory has, kept for as long as what was told of people; by a client that keeps nothing, to its end.
    public func keptDirectory(
        _ repository: RepositoryName, _ object: CommitID
    ) async throws(ForgeError) -> [ExactText: TreeEntry] {
        let key = "\(repository.description.lowercased()):\(object.text)"
        let now = keeping?.now() ?? Timestamp(seconds: 0)
        let seconds = keeping?.seconds ?? 1
        let answer = await memory.kept.trees.answer(key, now: now, keep: { $0.isSmall ? seconds : 0 }) {
            do throws(ForgeError) {
                return Result<[ExactText: TreeEntry], ForgeError>.success(try await directory(repository, object))
            } catch {
                return .failure(error)
            }
        }
        return try answer.get()
    }
}
