import Foundation

/// Files: reading them, and changing them by commits.
enum ContentRoutes {
    static let all: [Route] = [
        Route("GET", "/repos/{owner}/{repo}/contents", .repository) { world, call in try read(world, call, "") },
        Route("GET", "/repos/{owner}/{repo}/contents/{path*}", .repository) { world, call in
            try read(world, call, call["path"])
        },
        Route("GET", "/repos/{owner}/{repo}/raw/{path*}", .repository) { world, call in
            let repository = try call.repository(world)
            guard permits(world, call, repository), let (commit, _, _) = commit(world, call, repository),
                let blob = commit.files[call["path"]], let content = world.git.blobs[blob]
            else { throw APIFailure.notFound() }
            return APIResponse(status: 200, body: content, contentType: "text/plain; charset=utf-8")
        },
        Route("POST", "/repos/{owner}/{repo}/contents", .repository) { world, call in
            let changes = (call.body["files"]?.array ?? []).map {
                FileOperation(
                    kind: $0["operation"]?.string ?? "create", path: $0["path"]?.string ?? "",
                    content: $0["content"]?.string, sha: $0["sha"]?.string, source: $0["from_path"]?.string)
            }
            let (commit, repository, branch) = try change(&world, call, changes)
            let files = changes.filter { $0.kind != "delete" }.map {
                world.contentJSON($0.path, in: repository, commit: commit, ref: branch, isBranch: true) ?? .null
            }
            return .json(
                201,
                [
                    "files": .array(files), "commit": world.fileCommitJSON(commit, in: repository),
                    "verification": WorldState.unsigned,
                ])
        },
        Route("POST", "/repos/{owner}/{repo}/contents/{path*}", .repository) { world, call in
            try single(&world, call, "create", status: 201)
        },
        Route("PUT", "/repos/{owner}/{repo}/contents/{path*}", .repository) { world, call in
            try single(&world, call, "update", status: 200)
        },
        Route("DELETE", "/repos/{owner}/{repo}/contents/{path*}", .repository) { world, call in
            try single(&world, call, "delete", status: 200)
        },
    ]

    struct FileOperation {
        var kind: String
        var path: String
        var content: String?
        var sha: String?
        var source: String?
    }

    private static func permits(_ world: WorldState, _ call: Call, _ repository: Repository) -> Bool {
        world.permission(of: call.caller, in: repository).reads("repo.code")
    }

    /// The commit that `ref` names, the default branch without one.
    private static func commit(
        _ world: WorldState, _ call: Call, _ repository: Repository
    ) -> (Commit, String, Bool)? {
        let asked = call.query("ref") ?? ""
        let ref = asked.isEmpty ? repository.defaultBranch : asked
        guard let sha = world.resolve(ref, in: repository), let commit = world.git.commits[sha] else { return nil }
        return (commit, ref, repository.branches[ref] != nil)
    }

    private static func read(_ world: WorldState, _ call: Call, _ path: String) throws -> APIResponse {
        let repository = try call.repository(world)
        guard permits(world, call, repository) else { throw APIFailure.notFound() }
        guard let (commit, ref, isBranch) = commit(world, call, repository) else {
            throw APIFailure.notFound(
                "GetContentsOrList", errors: ["object does not exist [id: \(call.query("ref") ?? ""), rel_path: ]"])
        }
        if let file = world.contentJSON(path, in: repository, commit: commit, ref: ref, isBranch: isBranch) {
            return .json(200, file)
        }
        let prefix = path.isEmpty ? "" : path + "/"
        let below = commit.files.keys.filter { $0.hasPrefix(prefix) }
        guard !below.isEmpty || path.isEmpty else {
            throw APIFailure.notFound(
                "GetContentsOrList", errors: ["object does not exist [id: , rel_path: \(path)]"])
        }
        let names = Set(below.compactMap { $0.dropFirst(prefix.count).split(separator: "/").first.map(String.init) })
        let list = names.sorted().map { name -> JSON in
            let full = prefix + name
            if var file = world.contentJSON(full, in: repository, commit: commit, ref: ref, isBranch: isBranch) {
                file["content"] = .null
                file["encoding"] = .null
                return file
            }
            return directory(world, repository, name, full)
        }
        return .json(200, .array(list))
    }

    private static func directory(
        _ world: WorldState, _ repository: Repository, _ name: String, _ path: String
    ) -> JSON {
        let url = "\(world.api(repository))/contents/\(WorldState.pathEscaped(path))"
        return [
            "name": .string(name), "path": .string(path), "sha": "", "last_commit_sha": "", "type": "dir",
            "size": 0, "encoding": nil, "content": nil, "target": nil, "url": .string(url), "html_url": .string(url),
            "git_url": .string(url), "download_url": nil, "submodule_git_url": nil,
            "_links": ["self": .string(url), "git": .string(url), "html": .string(url)],
        ]
    }

    private static func single(
        _ world: inout WorldState, _ call: Call, _ kind: String, status: Int
    ) throws -> APIResponse {
        let operation = FileOperation(
            kind: kind, path: call["path"], content: call.body["content"]?.string, sha: call.body["sha"]?.string,
            source: call.body["from_path"]?.string)
        let (commit, repository, branch) = try change(&world, call, [operation])
        let content =
            kind == "delete"
            ? nil : world.contentJSON(call["path"], in: repository, commit: commit, ref: branch, isBranch: true)
        return .json(
            status,
            [
                "content": content ?? .null, "commit": world.fileCommitJSON(commit, in: repository),
                "verification": WorldState.unsigned,
            ])
    }

    /// Commits some changes to a branch, or to a new one begun at it.
    private static func change(
        _ world: inout WorldState, _ call: Call, _ operations: [FileOperation]
    ) throws -> (Commit, Repository, String) {
        let repository = try call.repository(world)
        let caller = try call.requireCaller()
        try call.refuseArchived(world, repository)
        let base = call.body["branch"]?.string.flatMap { $0.isEmpty ? nil : $0 } ?? repository.defaultBranch
        let new = call.body["new_branch"]?.string.flatMap { $0.isEmpty || $0 == base ? nil : $0 }
        guard call.permission(world, repository).writes("repo.code") else {
            throw APIFailure.message(403, "user should have permission to write to the target branch")
        }
        let parent = repository.branches[base].flatMap { world.git.commits[$0] }
        guard parent != nil || repository.isEmpty else {
            throw APIFailure.notFound("branch does not exist [name: \(base)]")
        }
        let replacesBranch = call.body["force_push"]?.bool ?? false
        if let new, repository.branches[new] != nil, !replacesBranch {
            throw APIFailure.message(422, "branch already exists [name: \(new)]")
        }
        try refuseProtected(world, call, repository, branch: new ?? base)
        var files = parent?.files ?? [:]
        for operation in operations { try apply(operation, to: &files, &world) }
        let message = call.body["message"]?.string ?? ""
        let author = person(call.body["author"], world, caller)
        let commit = world.commit(
            in: repository.id, files: files, parents: parent.map { [$0.sha] } ?? [],
            message: message.isEmpty ? "Update \(operations.first?.path ?? "files")" : message, doer: caller,
            author: author, committer: person(call.body["committer"], world, caller) ?? author)
        world.push(repository.id, new ?? base, to: commit.sha, doer: caller)
        return (commit, world.repositories[repository.id] ?? repository, new ?? base)
    }

    static func refuseProtected(
        _ world: WorldState, _ call: Call, _ repository: Repository, branch: String
    ) throws {
        guard let rule = world.protection(for: branch, in: repository), let caller = call.caller else { return }
        let login = world.accounts[caller]?.login ?? ""
        let isListed =
            rule.pushUsers.contains(login)
            || world.teams(of: repository.owner).contains {
                rule.pushTeams.contains($0.name) && $0.members.contains(caller)
            }
        guard rule.enablePush && (!rule.enablePushWhitelist || isListed) else {
            throw APIFailure.message(403, "user cannot commit to branch \(branch)")
        }
    }

    private static func person(_ json: JSON?, _ world: WorldState, _ caller: Int) -> Commit.Signature? {
        guard let json, json["email"]?.string?.isEmpty == false || json["name"]?.string?.isEmpty == false else {
            return nil
        }
        let me = world.signature(of: caller)
        return Commit.Signature(
            name: json["name"]?.string ?? me.name, email: json["email"]?.string ?? me.email, time: world.now)
    }

    private static func apply(
        _ operation: FileOperation, to files: inout [String: String], _ world: inout WorldState
    ) throws {
        let path = operation.source ?? operation.path
        let old = files[path]
        if operation.kind == "create" {
            guard old == nil else {
                throw APIFailure.message(422, "repository file already exists [path: \(operation.path)]")
            }
        } else {
            guard let old else {
                throw APIFailure.notFound("repository file does not exist [path: \(path)]")
            }
            guard let given = operation.sha, !given.isEmpty else { throw APIFailure.message(422, "[SHA]: Required") }
            guard given == old else {
                throw APIFailure.message(422, "sha does not match [given: \(given), expected: \(old)]")
            }
        }
        if operation.kind == "delete" || operation.source != nil { files[path] = nil }
        guard operation.kind != "delete" else { return }
        guard let content = Data(base64Encoded: operation.content ?? "") else {
            throw APIFailure.message(422, "illegal base64 data at input byte 0")
        }
        files[operation.path] = world.git.blob(Array(content))
    }
}
