extension WorldState {
    func api(_ repository: Repository) -> String { "\(address)/api/v1/repos/\(fullName(repository))" }
    func web(_ repository: Repository) -> String { "\(address)/\(fullName(repository))" }

    func openPulls(of repository: Repository) -> Int {
        pulls(of: repository.id).count { !$0.isClosed }
    }

    /// A repository; `language` is known to the endpoints about repositories only.
    func repositoryJSON(_ repository: Repository, _ permission: Permission, language: Bool = false) -> JSON {
        let isVisible = permission.mode >= .read
        let parent = repository.parent.flatMap { repositories[$0] }
        let isFork = repository.parent != nil
        var json: JSON = [
            "id": .int(repository.id),
            "owner": accounts[repository.owner].map { accountJSON($0, for: isVisible ? .everybody : .nobody) } ?? .null,
            "name": .string(repository.name), "full_name": .string(fullName(repository)),
            "description": .string(repository.description), "empty": .bool(repository.isEmpty),
            "private": .bool(repository.isPrivate), "fork": .bool(isFork), "template": false,
            "parent": parent.map { repositoryJSON($0, permission) } ?? .null, "mirror": .bool(repository.isMirror),
            "size": .int(repository.bytes / 1024),
            "language": .string(language ? mainLanguage(of: repository) : ""),
            "languages_url": .string("\(api(repository))/languages"), "html_url": .string(web(repository)),
            "url": .string(api(repository)), "link": "",
            "ssh_url": .string("root@localhost:\(fullName(repository)).git"),
            "clone_url": .string("\(web(repository)).git"), "original_url": "", "website": "", "stars_count": 0,
            "forks_count": .int(repositories.values.count { $0.parent == repository.id }),
            "watchers_count": .int(repository.watchers), "open_issues_count": 0,
            "open_pr_counter": .int(openPulls(of: repository)), "release_counter": 0,
            "default_branch": .string(repository.defaultBranch), "archived": .bool(repository.archivedAt != nil),
            "created_at": Self.time(repository.created), "updated_at": Self.time(repository.updated),
            "archived_at": repository.archivedAt.map { Self.time($0) } ?? Self.epoch,
        ]
        for (key, value) in repositorySettings(of: repository, permission) { json[key] = value }
        return json
    }

    private func repositorySettings(of repository: Repository, _ permission: Permission) -> [(String, JSON)] {
        let isFork = repository.parent != nil
        var settings: [(String, JSON)] = [
            (
                "permissions",
                [
                    "admin": .bool(permission.isAdmin), "push": .bool(permission.writes("repo.code")),
                    "pull": .bool(permission.reads("repo.code")),
                ]
            ), ("has_issues", .bool(!isFork)),
        ]
        if !isFork {
            let tracker: JSON = [
                "enable_time_tracker": true, "allow_only_contributors_to_track_time": true,
                "enable_issue_dependencies": true,
            ]
            settings.append(("internal_tracker", tracker))
        }
        settings += [
            ("has_wiki", .bool(!isFork)), ("has_pull_requests", .bool(repository.hasPulls)),
            ("has_projects", .bool(!isFork)),
            ("has_releases", .bool(!isFork)), ("has_packages", .bool(!isFork)), ("has_actions", .bool(!isFork)),
            ("ignore_whitespace_conflicts", false),
        ]
        settings += Repository.styleSettings.map { ($0.0, .bool(!repository.forbiddenStyles.contains($0.1))) }
        settings += [
            ("allow_rebase_update", true),
            ("default_delete_branch_after_merge", false), ("default_merge_style", "merge"),
            ("default_allow_maintainer_edit", false), ("avatar_url", ""), ("internal", false),
            ("mirror_interval", ""), ("mirror_updated", Self.zeroTime), ("repo_transfer", nil),
        ]
        return settings
    }

    private func mainLanguage(of repository: Repository) -> String {
        let files = repository.branches[repository.defaultBranch].flatMap { git.commits[$0]?.files } ?? [:]
        let names = ["swift": "Swift", "go": "Go", "py": "Python", "js": "JavaScript", "rs": "Rust"]
        var counts: [String: Int] = [:]
        for path in files.keys {
            if let language = names[path.split(separator: ".").last.map(String.init) ?? ""] {
                counts[language, default: 0] += 1
            }
        }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
    }

    func labelJSON(_ label: Label, in repository: Repository) -> JSON {
        [
            "id": .int(label.id), "name": .string(label.name), "exclusive": false, "is_archived": false,
            "color": .string(label.color), "description": .string(label.description),
            "url": .string("\(api(repository))/labels/\(label.id)"),
        ]
    }

    func statusJSON(_ status: CommitStatus, sha: String, in repository: Repository) -> JSON {
        [
            "id": .int(status.index), "status": .string(status.state), "target_url": .string(status.targetURL),
            "description": .string(status.description), "url": .string("\(api(repository))/statuses/\(sha)"),
            "context": .string(status.context), "creator": accountJSON(status.creator, for: .nobody),
            "created_at": Self.time(status.created), "updated_at": Self.time(status.created),
        ]
    }

    func protectionJSON(_ rule: BranchProtection, in repository: Repository) -> JSON {
        var shown: JSON = [
            "branch_name": .string(repository.branches[rule.rule] == nil ? "" : rule.rule),
            "rule_name": .string(rule.rule), "enable_push": .bool(rule.enablePush),
            "enable_push_whitelist": .bool(rule.enablePushWhitelist),
            "push_whitelist_usernames": .strings(rule.pushUsers), "push_whitelist_teams": .strings(rule.pushTeams),
            "push_whitelist_deploy_keys": false, "enable_merge_whitelist": .bool(rule.enableMergeWhitelist),
            "merge_whitelist_usernames": .strings(rule.mergeUsers),
            "merge_whitelist_teams": .strings(rule.mergeTeams),
            "enable_status_check": .bool(rule.enableStatusCheck), "status_check_contexts": .strings(rule.contexts),
            "required_approvals": .int(rule.requiredApprovals),
            "enable_approvals_whitelist": .bool(rule.enableApprovalsWhitelist),
            "approvals_whitelist_username": .strings(rule.approvalUsers),
            "approvals_whitelist_teams": .strings(rule.approvalTeams),
            "block_on_rejected_reviews": .bool(rule.blockOnRejectedReviews),
            "block_on_official_review_requests": .bool(rule.blockOnOfficialReviewRequests),
            "block_on_outdated_branch": .bool(rule.blockOnOutdatedBranch),
            "dismiss_stale_approvals": .bool(rule.dismissStaleApprovals),
            "require_signed_commits": .bool(rule.requireSignedCommits),
            "protected_file_patterns": .string(rule.protectedFiles),
            "unprotected_file_patterns": .string(rule.unprotectedFiles), "created_at": Self.time(rule.created),
            "updated_at": Self.time(rule.updated),
        ]
        if version.bindsAdministrators { shown["block_admin_merge_override"] = .bool(rule.bindsAdministrators) }
        if version.ordersRules { shown["priority"] = .int(rule.priority) }
        return shown
    }
}
