import Foundation

extension WorldState {
    @discardableResult
    mutating func addRow(_ pull: Int, _ type: String, by author: Int, body: String = "") -> Int {
        let id = nextID(.row)
        rows[id] = TimelineRow(id: id, pull: pull, type: type, author: author, body: body, created: now, updated: now)
        return id
    }

    func headSHA(of pull: PullRequest) -> String {
        if pull.mergedAt != nil || pull.isClosed { return pull.headSHA }
        return repositories[pull.headRepository]?.branches[pull.head] ?? pull.headSHA
    }

    func baseSHA(of pull: PullRequest) -> String {
        repositories[pull.repository]?.branches[pull.base] ?? pull.mergedBaseSHA ?? ""
    }

    func mergeBase(of pull: PullRequest, head: String? = nil) -> String? {
        if head == nil, let merged = pull.mergedBase { return merged }
        return git.mergeBase(baseSHA(of: pull), head ?? headSHA(of: pull))
    }

    /// The files that a pull request changes.
    func changes(of pull: PullRequest) -> [FileChange] {
        guard let base = mergeBase(of: pull).flatMap({ git.commits[$0] }), let head = git.commits[headSHA(of: pull)]
        else { return [] }
        return git.diff(base.files, head.files)
    }

    /// The commits that a pull request brings, newest first.
    func commits(of pull: PullRequest) -> [Commit] {
        git.log(from: headSHA(of: pull), without: mergeBase(of: pull))
    }

    func mergedFiles(of pull: PullRequest) -> [String: String]? {
        guard let base = mergeBase(of: pull).flatMap({ git.commits[$0] }), let ours = git.commits[baseSHA(of: pull)],
            let theirs = git.commits[headSHA(of: pull)]
        else { return nil }
        return git.merge(base: base.files, ours: ours.files, theirs: theirs.files)
    }

    func isMergeable(_ pull: PullRequest) -> Bool {
        if pull.mergedAt != nil { return true }
        return !pull.isChecking && !pull.isWorkInProgress && mergedFiles(of: pull) != nil
    }

    mutating func openPull(
        in repository: Repository, head: String, headRepository: Int, base: String, title: String, body: String,
        author: Int
    ) -> PullRequest {
        repositories[repository.id]?.lastIndex += 1
        let sha = repositories[headRepository]?.branches[head] ?? ""
        let pull = PullRequest(
            id: nextID(.pull), repository: repository.id,
            number: repositories[repository.id]?.lastIndex ?? 0, author: author, title: title, body: body, base: base,
            head: head, headRepository: headRepository, headSHA: sha, created: now, updated: now)
        pulls[pull.id] = pull
        learn(sha, in: repository.id)
        let commits = commits(of: pull).map { "\"\($0.sha)\"" }.reversed().joined(separator: ",")
        if !commits.isEmpty {
            addRow(pull.id, "pull_push", by: author, body: "{\"is_force_push\":false,\"commit_ids\":[\(commits)]}")
        }
        return pull
    }

    mutating func setClosed(_ id: Int, _ closed: Bool, doer: Int) {
        pulls[id]?.isClosed = closed
        pulls[id]?.closedAt = closed ? now : nil
        pulls[id]?.updated = now
        addRow(id, closed ? "close" : "reopen", by: doer)
        tellPull(id, action: closed ? "closed" : "reopened", type: "pull_request", by: doer)
    }

    mutating func deletePull(_ id: Int) {
        for review in reviews(of: id) { reviews[review.id] = nil }
        for row in rows(of: id) { rows[row.id] = nil }
        pulls[id] = nil
    }

    mutating func retarget(_ id: Int, to base: String, doer: Int) {
        guard let pull = pulls[id], pull.base != base else { return }
        pulls[id]?.base = base
        let row = addRow(id, "change_target_branch", by: doer)
        rows[row]?.oldRef = pull.base
        rows[row]?.newRef = base
        pulls[id]?.updated = now
        tellPull(
            id, action: "edited", type: "pull_request", by: doer,
            changes: ["ref": ["from": .string(base)]])
    }

    mutating func retitle(_ id: Int, _ title: String, doer: Int) {
        guard let old = pulls[id]?.title, old != title else { return }
        pulls[id]?.title = title
        let row = addRow(id, "change_title", by: doer)
        rows[row]?.oldTitle = old
        rows[row]?.newTitle = title
        pulls[id]?.updated = now
    }

    mutating func setLabels(_ id: Int, _ wanted: [Int], doer: Int) {
        guard let pull = pulls[id] else { return }
        var changed = false
        for label in pull.labels where !wanted.contains(label) {
            rows[addRow(id, "label", by: doer)]?.label = label
            changed = true
        }
        for label in wanted where !pull.labels.contains(label) {
            rows[addRow(id, "label", by: doer, body: "1")]?.label = label
            changed = true
        }
        guard changed else { return }
        pulls[id]?.labels = wanted
        pulls[id]?.updated = now
    }

    mutating func setAssignees(_ id: Int, _ wanted: [Int], doer: Int) {
        guard let pull = pulls[id] else { return }
        for account in pull.assignees where !wanted.contains(account) {
            let row = addRow(id, "assignees", by: doer)
            rows[row]?.assignee = account
            rows[row]?.removedAssignee = true
            pulls[id]?.assignees.removeAll { $0 == account }
            tellPull(id, action: "unassigned", type: "pull_request_assign", by: doer)
        }
        for account in wanted where !pull.assignees.contains(account) {
            rows[addRow(id, "assignees", by: doer)]?.assignee = account
            pulls[id]?.assignees.append(account)
            tellPull(id, action: "assigned", type: "pull_request_assign", by: doer)
        }
        pulls[id]?.updated = now
    }
}
