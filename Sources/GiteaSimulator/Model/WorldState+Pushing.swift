import Foundation

extension WorldState {
    /// Moves a branch (nil deletes it) and lets the server draw its conclusions, at once or when it is told to.
    mutating func push(_ repository: Int, _ branch: String, to sha: String?, doer: Int) {
        let before = repositories[repository]?.branches[branch]
        repositories[repository]?.branches[branch] = sha
        if let sha { learn(sha, in: repository) }
        for pull in pulls.rows(of: repository)
        where pull.headRepository == repository && pull.head == branch && !pull.isClosed {
            if let sha {
                learn(sha, in: pull.repository)
                pulls[pull.id]?.headSHA = sha
            }
        }
        pendingPushes.append(
            Push(
                repository: repository, branch: branch, before: before, after: sha, doer: doer,
                lastPull: lastIDs[.pull] ?? 0))
        if !defersPushes { processPushes() }
    }

    /// Makes a commit and its history known to a repository.
    mutating func learn(_ sha: String, in repository: Int) {
        guard let known = repositories[repository]?.known, !known.contains(sha) else { return }
        repositories[repository]?.known.formUnion(git.ancestors(of: sha, without: known))
    }

    /// Works off the pushes that wait: webhooks, timelines, staleness, dismissals.
    mutating func processPushes() {
        let waiting = pendingPushes
        pendingPushes = []
        for push in waiting { process(push) }
    }

    private mutating func process(_ push: Push) {
        guard let repository = repositories[push.repository] else { return }
        // webhooks still show the moment of the push before
        defer { repositories[push.repository]?.updated = now }
        tellPush(push)
        guard let after = push.after else { return closePulls(of: push) }
        for pull in pulls.rows(of: push.repository) where !pull.isClosed {
            if pull.headRepository == push.repository && pull.head == push.branch && push.before != after {
                synchronize(pull, push)
            } else if pull.repository == repository.id && pull.base == push.branch {
                pulls[pull.id]?.isChecking = false
            }
        }
        referToPulls(push, in: repository)
    }

    private mutating func closePulls(of push: Push) {
        for pull in pulls.rows(of: push.repository) where !pull.isClosed {
            if pull.headRepository == push.repository && pull.head == push.branch {
                setClosed(pull.id, true, doer: push.doer)
            }
        }
    }

    /// A pull request's head moved: a row in the timeline, stale reviews, dismissed approvals, a webhook.
    private mutating func synchronize(_ pull: PullRequest, _ push: Push) {
        guard let after = push.after else { return }
        if let before = push.before, pull.id <= push.lastPull {
            let isForced = !git.contains(before, in: after)
            let commits = git.log(from: after, without: isForced ? mergeBase(of: pull, head: after) : before)
                // What came from the base is not the push's: `CommitsBetweenNotBase`.
                .map(\.sha).filter { !git.contains($0, in: baseSHA(of: pull)) }.reversed()
            let ids = isForced ? [before, after] : Array(commits)
            let list = ids.map { "\"\($0)\"" }.joined(separator: ",")
            addRow(
                pull.id, "pull_push", by: push.doer, body: "{\"is_force_push\":\(isForced),\"commit_ids\":[\(list)]}")
            pulls[pull.id]?.updated = now
            markStale(pull.id, before: before, after: after)
            dismissStaleApprovals(pull.id, doer: push.doer)
        }
        // of a branch that was there before, the webhook shows the repository as changed already
        tellPull(
            pull.id, action: "synchronized", type: "pull_request_sync", by: push.doer,
            repositoryUpdated: push.before == nil ? nil : now)
    }

    /// Reviews are stale when what the pull request proposes is no longer the same.
    private mutating func markStale(_ id: Int, before: String, after: String) {
        guard let pull = pulls[id] else { return }
        let changed = proposal(of: pull, head: before) != proposal(of: pull, head: after)
        for review in reviews(of: id) {
            if changed && review.commit != after {
                reviews[review.id]?.stale = true
            } else if review.commit == after
                || (!review.commit.isEmpty
                    && proposal(of: pull, head: review.commit) == proposal(of: pull, head: after))
            {
                reviews[review.id]?.stale = false
            }
        }
    }

    /// The difference a head makes to the merge base.
    func proposal(of pull: PullRequest, head: String) -> [String: [String?]] {
        guard let commit = git.commits[head], let base = mergeBase(of: pull, head: head).flatMap({ git.commits[$0] })
        else { return [:] }
        var result: [String: [String?]] = [:]
        for path in Set(commit.files.keys).union(base.files.keys) where commit.files[path] != base.files[path] {
            result[path] = [base.files[path], commit.files[path]]
        }
        return result
    }

    private mutating func dismissStaleApprovals(_ id: Int, doer: Int) {
        guard let pull = pulls[id], let repository = repositories[pull.repository],
            protection(for: pull.base, in: repository)?.dismissStaleApprovals == true
        else { return }
        for review in reviews(of: id) where review.state == .approved && review.stale && !review.dismissed {
            reviews[review.id]?.dismissed = true
            reviews[review.id]?.updated = now
            let row = addRow(
                id, "dismiss_review", by: doer,
                body: "New commits pushed, approval review dismissed automatically according to repository settings")
            rows[row]?.review = review.id
        }
    }

    /// A commit on the default branch that names a pull request is noted there.
    private mutating func referToPulls(_ push: Push, in repository: Repository) {
        guard push.branch == repository.defaultBranch, let after = push.after else { return }
        for commit in git.log(from: after, without: push.before).reversed() {
            for match in commit.message.matches(of: /\(#(\d+)\)/) {
                guard let number = Int(match.1), let pull = pull(number, in: repository.id) else { continue }
                let row = addRow(pull.id, "commit_ref", by: push.doer, body: commit.message)
                rows[row]?.commitSHA = commit.sha
            }
        }
    }
}
