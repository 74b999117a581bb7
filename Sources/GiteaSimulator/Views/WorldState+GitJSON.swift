import Foundation

extension WorldState {
    static let unsigned: JSON = [
        "verified": false, "reason": "gpg.error.not_signed_commit", "signature": "", "signer": nil, "payload": "",
    ]

    /// What the server found of a commit's signature.
    private func verificationJSON(_ commit: Commit) -> JSON {
        guard let signature = git.signatures[commit.sha] else { return Self.unsigned }
        return [
            "verified": true, "reason": .string("\(signature.signer) / \(signature.key)"),
            "signature": "-----BEGIN PGP SIGNATURE-----\n\n-----END PGP SIGNATURE-----\n",
            "signer": [
                "name": .string(signature.signer), "email": .string(signature.email), "username": "",
            ],
            "payload": .string("tree \(commit.tree)\n"),
        ]
    }

    private func signatureJSON(_ signature: Commit.Signature) -> JSON {
        [
            "name": .string(signature.name), "email": .string(signature.email), "date": Self.time(signature.time),
        ]
    }

    private func link(_ repository: Repository, _ kind: String, _ sha: String) -> JSON {
        .string("\(api(repository))/git/\(kind)/\(sha)")
    }

    /// A commit as the lists and `git/commits` show it.
    func commitJSON(
        _ commit: Commit, in repository: Repository, stat: Bool = true, verification: Bool = true, files: Bool = true
    ) -> JSON {
        let parent = commit.parents.first.flatMap { git.commits[$0] }
        let changes = git.diff(parent?.files ?? [:], commit.files)
        let added = changes.reduce(0) { $0 + $1.additions }
        let removed = changes.reduce(0) { $0 + $1.deletions }
        let created = Self.time(commit.committer.time)
        let inner: JSON = [
            "url": link(repository, "commits", commit.sha), "author": signatureJSON(commit.author),
            "committer": signatureJSON(commit.committer), "message": .string(commit.message),
            // this version puts the commit's id where the tree's belongs
            "tree": ["url": link(repository, "trees", commit.sha), "sha": .string(commit.sha), "created": created],
            "verification": verification ? verificationJSON(commit) : nil,
        ]
        return [
            "url": link(repository, "commits", commit.sha), "sha": .string(commit.sha), "created": created,
            "html_url": .string("\(web(repository))/commit/\(commit.sha)"), "commit": inner,
            "author": account(withEmail: commit.author.email).map { accountJSON($0, for: .nobody) } ?? .null,
            "committer": account(withEmail: commit.committer.email).map { accountJSON($0, for: .nobody) } ?? .null,
            "parents": .array(commit.parents.map { parentJSON($0, in: repository) }),
            "files": files ? .array(changes.map { fileJSON($0) }) : .null,
            "stats": stat
                ? ["total": .int(added + removed), "additions": .int(added), "deletions": .int(removed)] : .null,
        ]
    }

    private func fileJSON(_ change: FileChange) -> JSON {
        let words: [FileChange.Kind: String] = [.added: "added", .deleted: "removed"]
        return ["filename": .string(change.path), "status": .string(words[change.kind] ?? "modified")]
    }

    private func parentJSON(_ sha: String, in repository: Repository) -> JSON {
        ["url": link(repository, "commits", sha), "sha": .string(sha), "created": Self.zeroTime]
    }

    /// The commit in the answer to a change of files.
    func fileCommitJSON(_ commit: Commit, in repository: Repository) -> JSON {
        [
            "url": link(repository, "commits", commit.sha), "sha": .string(commit.sha), "created": Self.zeroTime,
            "html_url": .string("\(web(repository))/commit/\(commit.sha)"),
            "author": signatureJSON(commit.author), "committer": signatureJSON(commit.committer),
            "parents": .array(commit.parents.map { parentJSON($0, in: repository) }),
            "message": .string(commit.message),
            "tree": [
                "url": link(repository, "trees", commit.tree), "sha": .string(commit.tree), "created": Self.zeroTime,
            ],
        ]
    }

    /// A commit as webhooks and branches show it; `withFiles` lists the paths, otherwise they are null.
    func payloadCommit(_ commit: Commit, in repository: Repository, withFiles: Bool) -> JSON {
        func person(_ signature: Commit.Signature) -> JSON {
            [
                "name": .string(signature.name), "email": .string(signature.email),
                "username": .string(account(withEmail: signature.email)?.login ?? ""),
            ]
        }
        let parent = commit.parents.first.flatMap { git.commits[$0] }
        let changes = withFiles ? git.diff(parent?.files ?? [:], commit.files) : []
        let removed = changes.compactMap { $0.kind == .deleted ? $0.path : $0.previousPath }
        func paths(_ kinds: FileChange.Kind...) -> JSON {
            withFiles ? .strings(changes.filter { kinds.contains($0.kind) }.map(\.path)) : .null
        }
        return [
            "id": .string(commit.sha), "message": .string(commit.message),
            "url": .string("\(web(repository))/commit/\(commit.sha)"), "author": person(commit.author),
            "committer": person(commit.committer), "verification": withFiles ? nil : Self.unsigned,
            "timestamp": Self.time(commit.committer.time), "added": paths(.added, .renamed),
            "removed": withFiles ? .strings(removed) : .null, "modified": paths(.changed),
        ]
    }

    func branchJSON(_ name: String, _ sha: String, in repository: Repository, viewer: Int?) -> JSON {
        let rule = protection(for: name, in: repository)
        let permission = permission(of: viewer, in: repository)
        let writes = permission.writes("repo.code")
        let mayPush = rule.map { rule in
            rule.enablePush
                && (!rule.enablePushWhitelist
                    || viewer.flatMap { accounts[$0]?.login }.map { rule.pushUsers.contains($0) } ?? false)
        }
        return [
            "name": .string(name),
            "commit": git.commits[sha].map { payloadCommit($0, in: repository, withFiles: false) } ?? .null,
            "protected": .bool(rule != nil), "required_approvals": .int(rule?.requiredApprovals ?? 0),
            "enable_status_check": .bool(rule?.enableStatusCheck ?? false),
            "status_check_contexts": .strings(rule?.contexts ?? []),
            "user_can_push": .bool(writes && (mayPush ?? true)), "user_can_merge": .bool(writes),
            "effective_branch_protection_name": .string(permission.isAdmin ? rule?.rule ?? "" : ""),
        ]
    }

    func contentJSON(_ path: String, in repository: Repository, commit: Commit, ref: String, isBranch: Bool) -> JSON? {
        guard let blob = commit.files[path], let content = git.blobs[blob] else { return nil }
        let encodedRef = Self.queryEscaped(ref)
        let url = "\(api(repository))/contents/\(Self.pathEscaped(path))?ref=\(encodedRef)"
        let kind = isBranch ? "branch" : "commit"
        let html = "\(web(repository))/src/\(kind)/\(ref)/\(Self.pathEscaped(path))"
        let gitURL = "\(api(repository))/git/blobs/\(blob)"
        return [
            "name": .string(path.split(separator: "/").last.map(String.init) ?? path), "path": .string(path),
            "sha": .string(blob),
            "last_commit_sha": .string(git.lastCommit(touching: path, in: commit.sha)?.sha ?? commit.sha),
            "type": git.isLink(blob) ? "symlink" : "file", "size": .int(content.count),
            "encoding": git.isLink(blob) ? nil : "base64",
            "content": git.isLink(blob) ? nil : .string(Data(content).base64EncodedString()),
            "target": git.isLink(blob)
                ? .string(String(decoding: content.dropFirst(GitStore.linkPrefix.utf8.count), as: UTF8.self)) : nil,
            "url": .string(url),
            "html_url": .string(html), "git_url": .string(gitURL),
            "download_url": .string("\(web(repository))/raw/\(kind)/\(ref)/\(Self.pathEscaped(path))"),
            "submodule_git_url": nil,
            "_links": ["self": .string(url), "git": .string(gitURL), "html": .string(html)],
        ]
    }

    static func pathEscaped(_ path: String) -> String {
        path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
    }

    static func queryEscaped(_ text: String) -> String {
        text.addingPercentEncoding(
            withAllowedCharacters: CharacterSet(charactersIn: "-_.~").union(.alphanumerics)) ?? text
    }
}
