extension WorldState {
    /// Whether a decision of this account counts for the protection of the base branch.
    func isOfficial(_ account: Int, on pull: PullRequest) -> Bool {
        guard let repository = repositories[pull.repository] else { return false }
        guard let rule = protection(for: pull.base, in: repository), rule.enableApprovalsWhitelist else {
            return permission(of: account, in: repository).writes("repo.code")
        }
        if let login = accounts[account]?.login, rule.approvalUsers.contains(login) { return true }
        return teams.values.contains {
            $0.organization == repository.owner && rule.approvalTeams.contains($0.name) && $0.members.contains(account)
        }
    }

    /// Files a review, or a draft when the state is pending; a draft that exists is used.
    mutating func submitReview(
        on pull: PullRequest, by account: Int, state: Review.State, body: String, commit: String?, codeComments: Int
    ) -> Review {
        let draft = reviews(of: pull.id).first { $0.reviewer == account && $0.state == .pending }
        return file(
            draft, on: pull, by: account, state: state, body: body, commit: commit, codeComments: codeComments)
    }

    mutating func file(
        _ draft: Review?, on pull: PullRequest, by account: Int, state: Review.State, body: String, commit: String?,
        codeComments: Int
    ) -> Review {
        for _ in 0..<codeComments { _ = nextID(.row) }
        let head = headSHA(of: pull)
        let isDecision = state == .approved || state == .requestChanges
        let official = isDecision && isOfficial(account, on: pull)
        if isDecision { clearOfficial(of: account, on: pull.id) }
        var review: Review
        if var old = draft {
            old.state = state
            old.body = body
            old.official = official
            old.codeComments += codeComments
            old.updated = now
            if let commit { old.commit = commit }
            old.stale = old.commit != head
            review = old
        } else {
            review = Review(
                id: nextID(.review), pull: pull.id, reviewer: account, state: state, body: body,
                commit: commit ?? head, stale: (commit ?? head) != head, official: official,
                codeComments: codeComments, row: 0, created: now, updated: now)
        }
        let row = addRow(pull.id, "review", by: account, body: body)
        rows[row]?.review = review.id
        if review.row == 0 { review.row = row }
        reviews[review.id] = review
        guard state != .pending else { return review }
        pulls[pull.id]?.updated = now
        if isDecision { dropTeamRequests(answeredBy: account, on: pull.id) }
        tellReview(review, by: account)
        return review
    }

    private mutating func clearOfficial(of account: Int, on pull: Int) {
        for review in reviews(of: pull) where review.reviewer == account { reviews[review.id]?.official = false }
    }

    private mutating func dropTeamRequests(answeredBy account: Int, on pull: Int) {
        for review in reviews(of: pull) where review.state == .requestReview {
            if let team = review.team, teams[team]?.members.contains(account) == true { reviews[review.id] = nil }
        }
    }

    mutating func requestReview(on pull: PullRequest, from account: Int, doer: Int) -> Review? {
        let last = reviews(of: pull.id).last { $0.reviewer == account && $0.state != .pending && $0.state != .comment }
        if last?.state == .requestReview { return nil }
        let official = isOfficial(account, on: pull)
        if official { clearOfficial(of: account, on: pull.id) }
        return addRequest(on: pull, reviewer: account, team: nil, official: official, doer: doer)
    }

    mutating func requestReview(on pull: PullRequest, fromTeam team: Int, doer: Int) -> Review? {
        if reviews(of: pull.id).contains(where: { $0.team == team && $0.state == .requestReview }) { return nil }
        return addRequest(on: pull, reviewer: nil, team: team, official: false, doer: doer)
    }

    private mutating func addRequest(
        on pull: PullRequest, reviewer: Int?, team: Int?, official: Bool, doer: Int
    ) -> Review {
        let review = Review(
            id: nextID(.review), pull: pull.id, reviewer: reviewer, team: team, state: .requestReview, body: "",
            commit: "", official: official, row: 0, created: now, updated: now)
        reviews[review.id] = review
        let row = addRow(pull.id, "review_request", by: doer)
        rows[row]?.review = review.id
        rows[row]?.assignee = reviewer
        rows[row]?.assigneeTeam = team
        pulls[pull.id]?.updated = now
        return review
    }

    mutating func withdrawRequest(on pull: PullRequest, reviewer: Int?, team: Int?, doer: Int) {
        let match = reviews(of: pull.id).last {
            $0.state == .requestReview && $0.reviewer == reviewer && $0.team == team
        }
        guard let match else { return }
        reviews[match.id] = nil
        let row = addRow(pull.id, "review_request", by: doer)
        rows[row]?.assignee = reviewer
        rows[row]?.assigneeTeam = team
        rows[row]?.removedAssignee = true
        tellPull(
            pull.id, action: "review_request_removed", type: "pull_request_review_request", by: doer,
            requested: reviewer)
    }

    mutating func setDismissed(_ id: Int, _ dismissed: Bool, message: String, doer: Int) {
        guard let review = reviews[id] else { return }
        reviews[id]?.dismissed = dismissed
        reviews[id]?.updated = now
        guard dismissed else { return }
        let row = addRow(review.pull, "dismiss_review", by: doer, body: message)
        rows[row]?.review = id
        pulls[review.pull]?.updated = now
    }

    /// The newest decision or request of everybody, least lately changed first, teams last; drafts do not count.
    func currentReviews(of pull: Int) -> [Review] {
        var newest: [String: Review] = [:]
        for review in reviews(of: pull) where !review.dismissed {
            guard review.state != .pending, review.state != .comment else { continue }
            newest[review.team.map { "t\($0)" } ?? "a\(review.reviewer ?? -1)"] = review
        }
        return newest.values.sorted {
            ($0.team == nil ? 0 : 1, $0.updated, $0.id) < ($1.team == nil ? 0 : 1, $1.updated, $1.id)
        }
    }
}
