/// Branch protection.
enum ProtectionRoutes {
    private static let path = "/repos/{owner}/{repo}/branch_protections"

    static let all: [Route] = [
        Route("GET", path, .repository) { world, call in
            let repository = try call.administered(world)
            return .json(200, .array(repository.orderedProtections.map { world.protectionJSON($0, in: repository) }))
        },
        Route("GET", path + "/{name*}", .repository) { world, call in
            let repository = try call.administered(world)
            guard let rule = repository.protections.first(where: { $0.rule == call["name"] }) else {
                throw APIFailure.notFound()
            }
            return .json(200, world.protectionJSON(rule, in: repository))
        },
        Route("POST", path, .repository) { world, call in
            let repository = try call.administered(world)
            let branch = call.body["branch_name"]?.string ?? ""
            let name = call.body["rule_name"]?.string.flatMap { $0.isEmpty ? nil : $0 } ?? branch
            guard !name.isEmpty else { throw APIFailure.message(400, "both rule_name and branch_name are empty") }
            if repository.protections.contains(where: { $0.rule == name }) {
                throw APIFailure.message(403, "Branch protection already exist")
            }
            var rule = BranchProtection(rule: name, created: world.now, updated: world.now)
            read(call.body, into: &rule)
            if !world.version.ordersRules {
                rule.priority = 0
            } else if rule.priority == 0 {
                rule.priority = (repository.protections.map(\.priority).max() ?? 0) + 1
            }
            world.repositories[repository.id]?.protections.append(rule)
            return .json(201, world.protectionJSON(rule, in: repository))
        },
        Route("PATCH", path + "/{name*}", .repository) { world, call in
            let repository = try call.administered(world)
            guard let index = repository.protections.firstIndex(where: { $0.rule == call["name"] }) else {
                throw APIFailure.notFound()
            }
            var rule = repository.protections[index]
            read(call.body, into: &rule)
            if !world.version.ordersRules { rule.priority = 0 }
            rule.updated = world.now
            world.repositories[repository.id]?.protections[index] = rule
            return .json(200, world.protectionJSON(rule, in: repository))
        },
        Route("DELETE", path + "/{name*}", .repository) { world, call in
            let repository = try call.administered(world)
            guard repository.protections.contains(where: { $0.rule == call["name"] }) else {
                throw APIFailure.notFound()
            }
            world.repositories[repository.id]?.protections.removeAll { $0.rule == call["name"] }
            return .empty(204)
        },
    ]

    private static func read(_ body: JSON, into rule: inout BranchProtection) {
        func flag(_ key: String, _ path: WritableKeyPath<BranchProtection, Bool>) {
            if let value = body[key]?.bool { rule[keyPath: path] = value }
        }
        func list(_ key: String, _ path: WritableKeyPath<BranchProtection, [String]>) {
            if let value = body[key]?.strings { rule[keyPath: path] = value }
        }
        if let priority = body["priority"]?.int { rule.priority = priority }
        flag("enable_push", \.enablePush)
        flag("enable_push_whitelist", \.enablePushWhitelist)
        list("push_whitelist_usernames", \.pushUsers)
        list("push_whitelist_teams", \.pushTeams)
        flag("enable_merge_whitelist", \.enableMergeWhitelist)
        list("merge_whitelist_usernames", \.mergeUsers)
        list("merge_whitelist_teams", \.mergeTeams)
        flag("enable_status_check", \.enableStatusCheck)
        list("status_check_contexts", \.contexts)
        if let count = body["required_approvals"]?.int { rule.requiredApprovals = count }
        flag("enable_approvals_whitelist", \.enableApprovalsWhitelist)
        list("approvals_whitelist_username", \.approvalUsers)
        list("approvals_whitelist_teams", \.approvalTeams)
        flag("block_on_rejected_reviews", \.blockOnRejectedReviews)
        flag("block_on_official_review_requests", \.blockOnOfficialReviewRequests)
        flag("block_on_outdated_branch", \.blockOnOutdatedBranch)
        flag("dismiss_stale_approvals", \.dismissStaleApprovals)
        flag("require_signed_commits", \.requireSignedCommits)
        flag("block_admin_merge_override", \.bindsAdministrators)
        if let text = body["protected_file_patterns"]?.string { rule.protectedFiles = text }
        if let text = body["unprotected_file_patterns"]?.string { rule.unprotectedFiles = text }
    }
}
