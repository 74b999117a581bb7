/// Why a merge was refused.
enum MergeRefusal: Error, Sendable {
    case notAllowed
    case merged
    case closed
    case workInProgress
    case tryAgainLater
    case reason(String)
    case headMoved
    case conflict
    case forbiddenStyle(String)
}

extension WorldState {
    /// The newest status of every context, by id.
    func currentStatuses(of sha: String, in repository: Repository) -> [CommitStatus] {
        var newest: [String: CommitStatus] = [:]
        for status in repository.statuses[sha] ?? [] { newest[status.context] = status }
        return newest.values.sorted { $0.index < $1.index }
    }

    static func rank(_ state: String) -> Int {
        switch state {
        case "failure": 1
        case "pending": 2
        case "warning": 3
        case "success": 4
        default: 0
        }
    }

    /// The state of a combined status, as Gitea computes it: an empty state is overwritten by the next row.
    static func combined(_ statuses: [CommitStatus]) -> String {
        var state = ""
        for status in statuses where state.isEmpty || rank(status.state) <= rank(state) { state = status.state }
        return state
    }

    private static func worst(_ statuses: [CommitStatus]) -> String {
        var state = statuses.isEmpty ? "" : "success"
        for status in statuses where !status.state.isEmpty && rank(status.state) <= rank(state) { state = status.state }
        return state
    }

    /// Whether the contexts that a branch requires are green; what an absent one means depends on the version.
    func contextsPass(_ contexts: [String], _ statuses: [CommitStatus]) -> Bool {
        let globs = contexts.map { Glob($0) }
        var state = "success"
        var matched = 0
        if version.absentContextIsPending {
            for glob in globs {
                let matches = statuses.filter { glob.matches($0.context) }
                matched += matches.count
                if matches.isEmpty { state = Self.rank(state) < Self.rank("pending") ? state : "pending" }
                for status in matches where !status.state.isEmpty && Self.rank(status.state) <= Self.rank(state) {
                    state = status.state
                }
            }
        } else {
            for status in statuses where globs.contains(where: { $0.matches(status.context) }) {
                matched += 1
                if !status.state.isEmpty, Self.rank(status.state) <= Self.rank(state) { state = status.state }
            }
        }
        if matched == 0, state == "success" { state = Self.worst(statuses) }
        return state == "success" || state == "warning"
    }

    /// What the protection of the base branch says against a merge.
    func refusal(of pull: PullRequest) -> String? {
        guard let repository = repositories[pull.repository], let rule = protection(for: pull.base, in: repository)
        else { return nil }
        let head = headSHA(of: pull)
        if rule.enableStatusCheck, !contextsPass(rule.contexts, currentStatuses(of: head, in: repository)) {
            return "Not all required status checks successful"
        }
        let official = reviews(of: pull.id).filter { $0.official && !$0.dismissed }
        let approvals = official.filter { $0.state == .approved && !(rule.dismissStaleApprovals && $0.stale) }
        if approvals.count < rule.requiredApprovals { return "Does not have enough approvals" }
        if rule.blockOnRejectedReviews, official.contains(where: { $0.state == .requestChanges }) {
            return "There are requested changes"
        }
        if rule.blockOnOfficialReviewRequests, official.contains(where: { $0.state == .requestReview }) {
            return "There are official review requests"
        }
        if rule.blockOnOutdatedBranch, mergeBase(of: pull) != baseSHA(of: pull) {
            return "The head branch is behind the base branch"
        }
        let globs = rule.protectedFiles.split(separator: ";").map { Glob(String($0), separator: "/") }
        if changes(of: pull).contains(where: { change in globs.contains { $0.matches(change.path) } }) {
            return "Changed protected files"
        }
        return nil
    }

    func mayMerge(_ account: Int, _ pull: PullRequest) -> Bool {
        guard let repository = repositories[pull.repository] else { return false }
        let permission = permission(of: account, in: repository)
        guard let rule = protection(for: pull.base, in: repository), rule.enableMergeWhitelist else {
            return permission.writes("repo.code")
        }
        if let login = accounts[account]?.login, rule.mergeUsers.contains(login) { return true }
        return teams.values.contains {
            $0.organization == repository.owner && rule.mergeTeams.contains($0.name) && $0.members.contains(account)
        }
    }

    /// The checks before a merge, in Gitea's order.
    func checkMerge(_ pull: PullRequest, by account: Int, force: Bool) throws(MergeRefusal) {
        guard let repository = repositories[pull.repository] else { throw .closed }
        if pull.mergedAt != nil { throw .merged }
        if pull.isClosed { throw .closed }
        guard mayMerge(account, pull) else { throw .notAllowed }
        if pull.isWorkInProgress { throw .workInProgress }
        if pull.isChecking { throw .tryAgainLater }
        let isBound =
            version.bindsAdministrators
            && protection(for: pull.base, in: repository)?.bindsAdministrators ?? false
        if let reason = refusal(of: pull), !(force && !isBound && permission(of: account, in: repository).isAdmin) {
            throw .reason(reason)
        }
    }

    mutating func merge(
        _ pull: PullRequest, by doer: Int, style: String, expectedHead: String?, title: String?, message: String?,
        deleteBranch: Bool
    ) throws(MergeRefusal) {
        if repositories[pull.repository]?.forbiddenStyles.contains(style) == true { throw .forbiddenStyle(style) }
        let head = headSHA(of: pull)
        if let expectedHead, !expectedHead.isEmpty, expectedHead != head { throw .headMoved }
        guard let files = mergedFiles(of: pull), let base = mergeBase(of: pull) else { throw .conflict }
        let before = baseSHA(of: pull)
        let merged = mergeCommit(
            pull, files: files, base: base, style: style, title: title, message: message, doer: doer)
        pulls[pull.id]?.mergedBase = base
        pulls[pull.id]?.mergedBaseSHA = before
        pulls[pull.id]?.mergedAt = now
        pulls[pull.id]?.mergedBy = doer
        pulls[pull.id]?.mergeCommit = merged
        pulls[pull.id]?.headSHA = head
        pulls[pull.id]?.isClosed = true
        pulls[pull.id]?.closedAt = now
        pulls[pull.id]?.updated = now
        pulls[pull.id]?.scheduledMerge = nil
        let row = addRow(pull.id, "merge_pull", by: doer)
        rows[row]?.commitSHA = merged
        repositories[pull.repository]?.branches[pull.base] = merged
        tellPull(pull.id, action: "closed", type: "pull_request", by: doer)
        repositories[pull.repository]?.branches[pull.base] = before
        push(pull.repository, pull.base, to: merged, doer: doer)
        if deleteBranch, let source = repositories[pull.headRepository], source.defaultBranch != pull.head {
            retargetChildren(of: pull, doer: doer)
            push(source.id, pull.head, to: nil, doer: doer)
        }
    }

    private mutating func retargetChildren(of pull: PullRequest, doer: Int) {
        for child in pulls(of: pull.headRepository) where child.base == pull.head && !child.isClosed {
            retarget(child.id, to: pull.base, doer: doer)
        }
    }

    private mutating func mergeCommit(
        _ pull: PullRequest, files: [String: String], base: String, style: String, title: String?, message: String?,
        doer: Int
    ) -> String {
        let ours = baseSHA(of: pull)
        let head = headSHA(of: pull)
        let body = message.map { $0.isEmpty ? "" : "\n\n\($0)" } ?? ""
        switch style {
        case "squash":
            let poster = signature(of: pull.author)
            var text = (title ?? "\(pull.title) (#\(pull.number))") + body
            let person = "\(poster.name) <\(poster.email)>"
            text += "\nCo-authored-by: \(person)\nCo-committed-by: \(person)"
            return commit(
                in: pull.repository, files: files, parents: [ours], message: text, doer: doer, author: poster
            ).sha
        case "rebase", "rebase-merge", "fast-forward-only":
            let commits = git.log(from: head, without: ours)
            let isLinear = commits.allSatisfy { $0.parents.count < 2 }
            if style == "fast-forward-only" || (ours == base && isLinear) { return head }
            var parent = ours
            // `git rebase` leaves merges out.
            for old in commits.reversed() where old.parents.count < 2 {
                guard let current = git.commits[parent], let origin = old.parents.first.flatMap({ git.commits[$0] }),
                    let rebased = git.merge(base: origin.files, ours: current.files, theirs: old.files)
                else { continue }
                parent =
                    commit(
                        in: pull.repository, files: rebased, parents: [parent], message: old.message, doer: doer,
                        author: old.author
                    ).sha
            }
            return parent
        default:
            let source =
                pull.headRepository == pull.repository
                ? pull.head
                : "\(repositories[pull.headRepository].map { fullName($0) } ?? "")"
                    + ":\(pull.head)"
            let text =
                (title ?? "Merge pull request '\(pull.title)' (#\(pull.number)) from \(source) into \(pull.base)")
                + body
            return commit(in: pull.repository, files: files, parents: [ours, head], message: text, doer: doer).sha
        }
    }

    /// Merges what waits for green checks on a commit.
    mutating func runScheduledMerges(on sha: String, in repository: Int) {
        for pull in pulls(of: repository) where headSHA(of: pull) == sha && !pull.isClosed {
            guard let plan = pull.scheduledMerge, refusal(of: pull) == nil else { continue }
            try? merge(
                pull, by: plan.doer, style: plan.style, expectedHead: nil, title: nil, message: nil,
                deleteBranch: plan.deleteBranch)
        }
    }
}
