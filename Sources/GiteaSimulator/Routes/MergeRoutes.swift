/// Merging.
enum MergeRoutes {
    private static let path = "/repos/{owner}/{repo}/pulls/{index}"
    private static let styles = [
        "merge", "rebase", "rebase-merge", "squash", "fast-forward-only", "manually-merged",
    ]

    static let all: [Route] = [
        Route("GET", path + "/merge", .repository) { world, call in
            guard try call.pull(world).mergedAt != nil else { throw APIFailure.notFound() }
            return .empty(204)
        },
        Route("POST", path + "/merge", .repository) { world, call in
            let pull = try call.pull(world)
            let caller = try call.requireCaller()
            let style = call.body["Do"]?.string ?? call.body["do"]?.string ?? ""
            guard styles.contains(style) else { throw APIFailure.message(422, "[Do]: In") }
            do throws(MergeRefusal) {
                if call.body["merge_when_checks_succeed"]?.bool == true, world.refusal(of: pull) != nil,
                    world.mayMerge(caller, pull), !pull.isClosed
                {
                    schedule(&world, pull, caller, style, call)
                    return .empty(201)
                }
                try world.checkMerge(pull, by: caller, force: call.body["force_merge"]?.bool ?? false)
                try world.merge(
                    pull, by: caller, style: style, expectedHead: call.body["head_commit_id"]?.string,
                    title: call.body["MergeTitleField"]?.string.flatMap { $0.isEmpty ? nil : $0 },
                    message: call.body["MergeMessageField"]?.string,
                    deleteBranch: call.body["delete_branch_after_merge"]?.bool ?? false)
                return .empty(200)
            } catch {
                throw failure(error)
            }
        },
        Route("DELETE", path + "/merge", .repository) { world, call in
            let pull = try call.pull(world)
            let caller = try call.requireCaller()
            guard pull.scheduledMerge != nil else { throw APIFailure.notFound() }
            world.pulls[pull.id]?.scheduledMerge = nil
            world.pulls[pull.id]?.updated = world.now
            world.addRow(pull.id, "pull_cancel_scheduled_merge", by: caller)
            return .empty(204)
        },
        Route("POST", path + "/update", .repository) { world, call in
            let pull = try call.pull(world)
            let caller = try call.requireCaller()
            let base = world.baseSHA(of: pull)
            if world.mergeBase(of: pull) == base { throw APIFailure.message(500, "") }
            guard let source = world.repositories[pull.headRepository],
                world.permission(of: caller, in: source).writes("repo.code")
            else { throw APIFailure.empty(403) }
            guard let files = world.mergedFiles(of: pull) else {
                throw APIFailure.message(409, "merge failed because of conflict")
            }
            let commit = world.commit(
                in: source.id, files: files, parents: [world.headSHA(of: pull), base],
                message: "Merge branch '\(pull.base)' into \(pull.head)", doer: caller)
            world.push(source.id, pull.head, to: commit.sha, doer: caller)
            return .empty(200)
        },
    ]

    private static func schedule(
        _ world: inout WorldState, _ pull: PullRequest, _ caller: Int, _ style: String, _ call: Call
    ) {
        world.pulls[pull.id]?.scheduledMerge = .init(
            doer: caller, style: style, deleteBranch: call.body["delete_branch_after_merge"]?.bool ?? false)
        world.pulls[pull.id]?.updated = world.now
        world.addRow(pull.id, "pull_scheduled_merge", by: caller)
    }

    private static func failure(_ refusal: MergeRefusal) -> APIFailure {
        switch refusal {
        case .notAllowed: .message(405, "User not allowed to merge PR")
        case .merged, .closed: .message(405, "")
        case .workInProgress: .message(405, "Work in progress PRs cannot be merged")
        case .tryAgainLater: .message(405, "Please try again later")
        case .reason(let reason): .message(405, "not allowed to merge [reason: \(reason)]")
        case .headMoved: .message(409, "head out of date")
        case .conflict: .message(409, "merge conflict")
        case .forbiddenStyle(let style):
            .message(405, "\(style) is not allowed an allowed merge style for this repository")
        }
    }
}
