import Foundation

/// Comments and reactions.
enum CommentRoutes {
    private static let one = "/repos/{owner}/{repo}/issues/comments/{id}"

    static let all: [Route] = [
        Route("GET", "/repos/{owner}/{repo}/issues/{index}/comments", .issue) { world, call in
            let since = call.query("since").flatMap { try? Date($0, strategy: .iso8601) }
            // this endpoint knows neither `page` nor `limit`
            let comments = world.rows(of: try call.pull(world).id).filter { row in
                row.type == "comment" && since.map { Double(row.updated) >= $0.timeIntervalSince1970 } ?? true
            }
            return .json(200, .array(comments.map { world.commentJSON($0) })).with(total: comments.count)
        },
        Route("POST", "/repos/{owner}/{repo}/issues/{index}/comments", .issue) { world, call in
            let pull = try call.pull(world)
            let caller = try call.requireCaller()
            let body = try text(call)
            let id = world.addRow(pull.id, "comment", by: caller, body: body)
            world.pulls[pull.id]?.updated = world.now
            guard let row = world.rows[id] else { return .empty(500) }
            world.tellComment(row, action: "created", by: caller)
            return .json(201, world.commentJSON(row))
        },
        Route("GET", one, .issue) { world, call in .json(200, world.commentJSON(try comment(world, call))) },
        Route("PATCH", one, .issue) { world, call in
            let row = try comment(world, call)
            let caller = try editor(world, call, row)
            let body = try text(call)
            world.rows[row.id]?.body = body
            world.rows[row.id]?.updated = world.now
            let edited = world.rows[row.id] ?? row
            world.tellComment(
                edited, action: "edited", by: caller, changes: ["body": ["from": .string(row.body)]])
            return .json(200, world.commentJSON(edited))
        },
        Route("DELETE", one, .issue) { world, call in
            let row = try comment(world, call)
            let caller = try editor(world, call, row)
            world.rows[row.id] = nil
            world.tellComment(row, action: "deleted", by: caller)
            return .empty(204)
        },
        Route("GET", one + "/reactions", .issue) { world, call in
            let row = try comment(world, call)
            return .json(200, .array(row.reactions.map { reactionJSON($0, world, call) }))
        },
        Route("POST", one + "/reactions", .issue) { world, call in
            let row = try comment(world, call)
            let caller = try call.requireCaller()
            let content = call.body["content"]?.string ?? ""
            if let old = row.reactions.first(where: { $0.account == caller && $0.content == content }) {
                return .json(200, reactionJSON(old, world, call))
            }
            let reaction = TimelineRow.Reaction(account: caller, content: content, created: world.now)
            world.rows[row.id]?.reactions.append(reaction)
            return .json(201, reactionJSON(reaction, world, call))
        },
        Route("DELETE", one + "/reactions", .issue) { world, call in
            let row = try comment(world, call)
            let caller = try call.requireCaller()
            let content = call.body["content"]?.string ?? ""
            world.rows[row.id]?.reactions.removeAll { $0.account == caller && $0.content == content }
            return .empty(200)
        },
    ]

    private static func text(_ call: Call) throws -> String {
        guard let body = call.body["body"]?.string, !body.isEmpty else {
            throw APIFailure.message(422, "[Body]: Required")
        }
        return body
    }

    private static func comment(_ world: WorldState, _ call: Call) throws -> TimelineRow {
        let repository = try call.repository(world)
        guard let row = world.rows[try call.number("id")], row.type == "comment",
            world.pulls[row.pull]?.repository == repository.id
        else { throw APIFailure.notFound() }
        return row
    }

    /// Its author, or somebody who administers the repository: the name on it stays.
    private static func editor(_ world: WorldState, _ call: Call, _ row: TimelineRow) throws -> Int {
        let caller = try call.requireCaller()
        let isAdmin = call.permission(world, try call.repository(world)).isAdmin
        guard row.author == caller || isAdmin else { throw APIFailure.empty(403) }
        return caller
    }

    private static func reactionJSON(_ reaction: TimelineRow.Reaction, _ world: WorldState, _ call: Call) -> JSON {
        [
            "user": world.accountJSON(reaction.account, for: call.viewer), "content": .string(reaction.content),
            "created_at": WorldState.time(reaction.created),
        ]
    }
}
