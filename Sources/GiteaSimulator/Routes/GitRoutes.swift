import Foundation

/// Commits, trees and blobs.
enum GitRoutes {
    static let all: [Route] = [
        Route("GET", "/repos/{owner}/{repo}/git/commits/{sha}", .repository) { world, call in
            let repository = try readable(world, call)
            guard let sha = world.resolve(call["sha"], in: repository), let commit = world.git.commits[sha] else {
                throw APIFailure.notFound()
            }
            return .json(200, world.commitJSON(commit, in: repository))
        },
        Route("GET", "/repos/{owner}/{repo}/commits", .repository) { world, call in
            let repository = try readable(world, call)
            let asked = call.query("sha") ?? ""
            guard let sha = world.resolve(asked.isEmpty ? repository.defaultBranch : asked, in: repository) else {
                throw APIFailure.notFound()
            }
            let other = call.query("not").flatMap { world.resolve($0, in: repository) }
            return commits(world, call, world.git.log(from: sha, without: other), in: repository)
        },
        Route("GET", "/repos/{owner}/{repo}/git/trees/{sha}", .repository) { world, call in
            try tree(world, call)
        },
        Route("GET", "/repos/{owner}/{repo}/git/blobs/{sha}", .repository) { world, call in
            let repository = try readable(world, call)
            let sha = call["sha"]
            guard let content = world.git.blobs[sha],
                repository.known.contains(where: { world.git.commits[$0]?.files.values.contains(sha) == true })
            else { throw APIFailure.notFound() }
            return .json(
                200,
                [
                    "content": .string(Data(content).base64EncodedString()), "encoding": "base64",
                    "url": .string("\(world.api(repository))/git/blobs/\(sha)"), "sha": .string(sha),
                    "size": .int(content.count),
                ])
        },
    ]

    private static func readable(_ world: WorldState, _ call: Call) throws -> Repository {
        let repository = try call.repository(world)
        guard call.permission(world, repository).reads("repo.code") else { throw APIFailure.notFound() }
        return repository
    }

    /// A page of a list of commits, with the headers that go with it.
    static func commits(
        _ world: WorldState, _ call: Call, _ all: [Commit], in repository: Repository, alwaysCounts: Bool = false
    ) -> APIResponse {
        let page = Page(call)
        let list = page.slice(all).map {
            world.commitJSON(
                $0, in: repository, stat: alwaysCounts || call.query("stat") != "false",
                verification: call.query("verification") != "false", files: call.query("files") != "false")
        }
        return paged(.json(200, .array(list)), page, call, total: all.count, world)
    }

    /// Adds the headers of the endpoints that tell whether there is more.
    static func paged(
        _ answer: APIResponse, _ page: Page, _ call: Call, total: Int, _ world: WorldState
    ) -> APIResponse {
        var answer = answer.with(total: total)
        answer.headers.append(("X-HasMore", page.number * page.size < total ? "true" : "false"))
        if let link = page.link(call, total: total, address: world.address) { answer.headers.append(link) }
        return answer
    }

    private static func tree(_ world: WorldState, _ call: Call) throws -> APIResponse {
        let repository = try readable(world, call)
        let asked = call["sha"]
        let commit = world.resolve(asked, in: repository).flatMap { world.git.commits[$0] }
        guard let root = commit?.tree ?? (world.git.trees[asked] == nil ? nil : asked) else {
            throw APIFailure.message(400, "sha not found [\(asked)]")
        }
        let isRecursive = ["1", "true"].contains(call.query("recursive") ?? "")
        var entries: [JSON] = []
        collect(world, repository, root, "", isRecursive, &entries)
        let size = min(1000, max(1, call.query("per_page").flatMap { Int($0) } ?? 1000))
        let page = max(1, call.query("page").flatMap { Int($0) } ?? 1)
        let shown = entries.dropFirst((page - 1) * size).prefix(size)
        let sha = commit?.sha ?? root
        return APIResponse.json(
            200,
            [
                "sha": .string(sha), "url": .string("\(world.api(repository))/git/trees/\(sha)"),
                "tree": .array(Array(shown)), "truncated": .bool(page * size < entries.count), "page": .int(page),
                "total_count": .int(entries.count),
            ]
        ).with(total: entries.count)
    }

    private static func collect(
        _ world: WorldState, _ repository: Repository, _ sha: String, _ prefix: String, _ isRecursive: Bool,
        _ entries: inout [JSON]
    ) {
        for entry in world.git.trees[sha] ?? [] {
            let kind = entry.isTree ? "tree" : "blob"
            entries.append([
                "path": .string(prefix + entry.name),
                "mode": entry.isTree ? "040000" : .string(world.git.mode(of: entry.sha)),
                "type": .string(kind), "size": .int(world.git.blobs[entry.sha]?.count ?? 0),
                "sha": .string(entry.sha), "url": .string("\(world.api(repository))/git/\(kind)s/\(entry.sha)"),
            ])
            if entry.isTree, isRecursive {
                collect(world, repository, entry.sha, prefix + entry.name + "/", true, &entries)
            }
        }
    }
}
