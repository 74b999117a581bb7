extension WorldState {
    func pullURL(_ pull: PullRequest) -> String {
        "\(repositories[pull.repository].map { web($0) } ?? address)/pulls/\(pull.number)"
    }

    func labelsJSON(_ pull: PullRequest) -> JSON {
        guard let repository = repositories[pull.repository] else { return [] }
        let labels = repository.labels.filter { pull.labels.contains($0.id) }.sorted { $0.name < $1.name }
        return .array(labels.map { labelJSON($0, in: repository) })
    }

    func commentCount(_ pull: PullRequest) -> Int {
        rows(of: pull.id).count { $0.type == "comment" }
    }

    /// A pull request as the viewer sees it; a webhook's viewer is nobody.
    func pullJSON(_ pull: PullRequest, viewer: Int?, forWebhook: Bool = false) -> JSON {
        let url = pullURL(pull)
        let assignees = pull.assignees.map { accountJSON($0, for: .nobody) }
        let requested = currentReviews(of: pull.id).map { review in
            review.reviewer.map { accountJSON($0, for: .nobody) } ?? .null
        }
        func side(_ label: String, _ sha: String, _ id: Int) -> JSON {
            let repository = repositories[id]
            let permission =
                forWebhook ? Permission.nothing : repository.map { self.permission(of: viewer, in: $0) } ?? .nothing
            return [
                "label": .string(label), "ref": .string(label), "sha": .string(sha), "repo_id": .int(id),
                "repo": repository.map { repositoryJSON($0, permission) } ?? .null,
            ]
        }
        return [
            "id": .int(pull.id), "url": .string(url), "number": .int(pull.number),
            "user": accountJSON(pull.author, for: .nobody), "title": .string(pull.title), "body": .string(pull.body),
            "labels": labelsJSON(pull), "milestone": nil, "assignee": assignees.first ?? .null,
            "assignees": assignees.isEmpty ? .null : .array(assignees),
            "requested_reviewers": requested.isEmpty ? .null : .array(requested),
            "state": pull.isClosed ? "closed" : "open", "is_locked": false, "comments": .int(commentCount(pull)),
            "html_url": .string(url), "diff_url": .string("\(url).diff"), "patch_url": .string("\(url).patch"),
            "mergeable": .bool(isMergeable(pull)), "merged": .bool(pull.mergedAt != nil),
            "merged_at": Self.time(pull.mergedAt), "merge_commit_sha": .optional(pull.mergeCommit),
            "merged_by": pull.mergedBy.map { accountJSON($0, for: .nobody) } ?? .null,
            "allow_maintainer_edit": false, "base": side(pull.base, baseSHA(of: pull), pull.repository),
            "head": side(pull.head, headSHA(of: pull), pull.headRepository),
            "merge_base": .string(mergeBase(of: pull) ?? ""), "due_date": nil, "created_at": Self.time(pull.created),
            "updated_at": Self.time(pull.updated), "closed_at": Self.time(pull.closedAt), "pin_order": 0,
        ]
    }

    /// A pull request as an issue.
    func issueJSON(_ pull: PullRequest) -> JSON {
        guard let repository = repositories[pull.repository] else { return .null }
        let assignees = pull.assignees.map { accountJSON($0, for: .nobody) }
        return [
            "id": .int(pull.id), "url": .string("\(api(repository))/issues/\(pull.number)"),
            "html_url": .string(pullURL(pull)), "number": .int(pull.number),
            "user": accountJSON(pull.author, for: .nobody), "original_author": "", "original_author_id": 0,
            "title": .string(pull.title), "body": .string(pull.body), "ref": "", "assets": [],
            "labels": labelsJSON(pull), "milestone": nil, "assignee": assignees.first ?? .null,
            "assignees": assignees.isEmpty ? .null : .array(assignees), "state": pull.isClosed ? "closed" : "open",
            "is_locked": false, "comments": .int(commentCount(pull)), "created_at": Self.time(pull.created),
            "updated_at": Self.time(pull.updated), "closed_at": Self.time(pull.closedAt), "due_date": nil,
            "pull_request": ["merged": .bool(pull.mergedAt != nil), "merged_at": Self.time(pull.mergedAt)],
            "repository": [
                "id": .int(repository.id), "name": .string(repository.name),
                "owner": .string(accounts[repository.owner]?.login ?? ""), "full_name": .string(fullName(repository)),
            ], "pin_order": 0,
        ]
    }

    func changeJSON(_ change: FileChange, head: String, of pull: PullRequest, in repository: Repository) -> JSON {
        let source = repositories[pull.headRepository] ?? repository
        let path = Self.pathEscaped(change.path)
        var json: JSON = ["filename": .string(change.path)]
        if version.tellsOldNames, let previous = change.previousPath { json["previous_filename"] = .string(previous) }
        json["status"] = .string(change.kind.rawValue)
        json["additions"] = .int(change.additions)
        json["deletions"] = .int(change.deletions)
        json["changes"] = .int(change.additions + change.deletions)
        json["html_url"] = .string("\(web(source))/src/commit/\(head)/\(path)")
        json["contents_url"] = .string("\(api(source))/contents/\(path)?ref=\(head)")
        json["raw_url"] = .string("\(web(source))/raw/commit/\(head)/\(path)")
        return json
    }

    func reviewJSON(_ review: Review, viewer: Int?) -> JSON {
        let url = pulls[review.pull].map { pullURL($0) } ?? address
        let hasText = review.row != 0
        return [
            "id": .int(review.id),
            "user": review.reviewer.map { accountJSON($0, for: viewer.map { .account($0) } ?? .nobody) } ?? .null,
            "team": review.team.flatMap { teams[$0] }.map { teamJSON($0, withOrganization: false) } ?? .null,
            "state": .string(review.state.rawValue), "body": .string(review.body),
            "commit_id": .string(review.commit), "stale": .bool(review.stale), "official": .bool(review.official),
            "dismissed": .bool(review.dismissed), "comments_count": .int(review.codeComments),
            "submitted_at": Self.time(review.created), "updated_at": Self.time(review.updated),
            "html_url": .string(hasText ? "\(url)#issuecomment-\(review.row)" : ""),
            "pull_request_url": .string(url),
        ]
    }

    func commentJSON(_ row: TimelineRow) -> JSON {
        let url = pulls[row.pull].map { pullURL($0) } ?? address
        return [
            "id": .int(row.id), "html_url": .string("\(url)#issuecomment-\(row.id)"),
            "pull_request_url": .string(url), "issue_url": "", "user": accountJSON(row.author, for: .nobody),
            "original_author": "", "original_author_id": 0, "body": .string(row.body), "assets": [],
            "created_at": Self.time(row.created), "updated_at": Self.time(row.updated),
        ]
    }

    func rowJSON(_ row: TimelineRow) -> JSON {
        let pull = pulls[row.pull]
        let url = pull.map { pullURL($0) } ?? address
        let repository = pull.flatMap { repositories[$0.repository] }
        let label = repository?.labels.first { $0.id == row.label }
        return [
            "id": .int(row.id), "type": .string(row.type), "html_url": .string("\(url)#issuecomment-\(row.id)"),
            "pull_request_url": .string(url), "issue_url": "", "user": accountJSON(row.author, for: .nobody),
            "body": .string(row.body), "created_at": Self.time(row.created), "updated_at": Self.time(row.updated),
            "old_project_id": 0, "project_id": 0, "old_milestone": nil, "milestone": nil, "tracked_time": nil,
            "old_title": .string(row.oldTitle), "new_title": .string(row.newTitle), "old_ref": .string(row.oldRef),
            "new_ref": .string(row.newRef), "ref_issue": nil, "ref_comment": nil, "ref_action": "none",
            "ref_commit_sha": .string(row.commitSHA), "review_id": .int(row.review),
            "label": label.flatMap { label in repository.map { labelJSON(label, in: $0) } } ?? .null,
            "assignee": row.assignee.map { accountJSON($0, for: .nobody) } ?? .null,
            "assignee_team": row.assigneeTeam.flatMap { teams[$0] }.map { teamJSON($0, withOrganization: false) }
                ?? .null,
            "removed_assignee": .bool(row.removedAssignee), "resolve_doer": nil, "dependent_issue": nil,
        ]
    }
}
