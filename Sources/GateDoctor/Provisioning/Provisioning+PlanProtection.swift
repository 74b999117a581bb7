import GateForge
import GatePolicy
import GateService

extension Provisioning {
    /// A door is not locked before there is a key: only where a policy is in place and the summary was posted once.
    ///
    /// What the account will see when it is let in is looked at with the administrator's eyes; what is carried out is what
    /// the account itself sees.
    func planProtection(_ plan: inout Plan, foresees: Bool) async throws {
        if foresees, plan.changes.contains(where: \.opensTheWay) {
            return try await planProtection(&plan, with: standIn())
        }
        guard let token = try stored(request.tokenFile) else {
            plan.left.append("branches are protected when the tokens are there")
            return
        }
        try await planProtection(&plan, with: client(token, try stored(request.directoryTokenFile)))
    }

    private func planProtection(_ plan: inout Plan, with service: ForgeClient) async throws {
        do {
            try await planProtection(&plan, service)
            await service.shutdown()
        } catch {
            await service.shutdown()
            throw error
        }
    }

    private func planProtection(_ plan: inout Plan, _ service: ForgeClient) async throws {
        var names = request.repositories
        if names.isEmpty {
            names = try await forge.shownRepositories(of: request.organization, .administrator)
                .filter { !$0.repository.isArchived && !$0.repository.isEmpty }.map(\.repository.name)
        }
        let organization = await decider(service).organizationPolicy(of: request.organization)
        if let unknown = organization.unknown {
            plan.left.append("what `\(request.organization)` asks of all repositories is not known: \(unknown.reason)")
        }
        for name in names {
            let rights: RepositoryRights
            do { rights = try await service.rights(in: name) } catch {
                plan.left.append("`\(name)`: `\(request.account)` cannot see it yet")
                continue
            }
            let bases = request.branches.isEmpty ? [rights.repository.defaultBranch] : request.branches
            for base in bases {
                // What is refused of one repository says nothing of the others.
                try await planned("the protection of `\(base)` of `\(name)`", &plan) {
                    try await planProtection(of: name, base, rights, organization, service, &$0)
                }
            }
        }
    }

    private func planProtection(
        of name: RepositoryName, _ base: String, _ rights: RepositoryRights, _ organization: OrganizationPolicy,
        _ service: ForgeClient, _ plan: inout Plan
    ) async throws {
        guard let branch = try await service.branch(name, base) else {
            plan.left.append("`\(name)`: there is no branch `\(base)`")
            return
        }
        switch await decider(service).repositoryPolicy(
            of: rights.repository.repository, at: branch.commit, into: base, beside: organization)
        {
        case .policy: break
        case .absent:
            let hasBranch = try await service.branch(name, StarterPolicy.branch) != nil
            var isOffered = false
            if hasBranch {
                isOffered = try await service.recentPulls(name).contains {
                    $0.pullRequest.headBranch.isExactly(StarterPolicy.branch)
                }
            }
            if request.offersPolicy, !isOffered {
                plan.changes.append(.offerPolicy(name, hasBranch: hasBranch))
            } else {
                plan.left.append("`\(name)`: there is no policy on `\(base)` yet; nothing is required before there is")
            }
            return
        case .broken, .unknown:
            plan.left.append(
                "`\(name)`: its policy is not valid, or could not be read: "
                    + "`\(request.invocation.line("countersign doctor \(name)"))`")
            return
        }
        let summary = Policy.summaryContext(base: base)
        let rules = try await forge.protectionRules(of: name, .administrator)
        let rule = rules.governing(base)
        // What a rule asks for is a glob, and so is the rule's name.
        let pattern = ForgeGlob.escaped(summary)
        if let rule, rule.isStatusCheckEnabled, rule.contexts.contains(where: { $0.isExactly(pattern) }) { return }
        guard try await wasPosted(summary, name, base, service) else {
            plan.left.append(
                "`\(name)`: `\(summary)` was not posted yet: open a pull request, run "
                    + "`\(request.invocation.line("countersign refire \(name)"))`, then this again")
            return
        }
        let asks = rule?.isStatusCheckEnabled ?? false
        let kept = asks ? rule?.contexts ?? [] : []
        var changes = rules.requiring(kept + [pattern], of: base)
        guard let made = changes.first else {
            if let rule { plan.left.append("`\(name)`: \(RepositoryEvidence.noRuleOfItsOwn(base, rule))") }
            return
        }
        var bindsAdministrators = rule?.bindsAdministrators
        if rule == nil, try await forge.greeting(.administrator).bindsAdministrators {
            // Nobody has decided anything about a rule that is made here: it is one that the doctor finds sound.
            changes[0].settings["block_admin_merge_override"] = true
            bindsAdministrators = true
        }
        let isOurs = try ledger().rules.contains {
            $0.repository == "\(name)" && $0.name.isExactly(made.rule) && !$0.existed
        }
        if !made.isNew, !isOurs, let rule, !rule.name.isExactly(made.rule) {
            plan.left.append(
                "`\(name)`: the rule `\(rule.name)` comes before `\(made.rule)`, so that one is not in force on "
                    + "`\(base)`: put it first, or take it away, then run this again")
            return
        }
        // A rule that is for other branches, too, stays as it is: this branch gets one of its own like it.
        let like = rule.flatMap { $0.isForOneBranch ? nil : $0 }
        let before = ProvisioningLedger.Rule(
            repository: "\(name)", name: made.rule, existed: !made.isNew && !isOurs, askedForStatuses: asks,
            contexts: rule?.contexts ?? [], required: [pattern], copied: like,
            bindsAdministrators: bindsAdministrators)
        plan.changes.append(
            .require(name, before, contexts: kept + [pattern], isPushed: rule?.letsAnybodyPush == true, changes))
    }

    private func wasPosted(
        _ summary: String, _ name: RepositoryName, _ base: String, _ service: ForgeClient
    ) async throws -> Bool {
        let pulls = try await service.recentPulls(name).filter { $0.pullRequest.baseBranch.isExactly(base) }
        for pull in pulls.prefix(10) {
            let rows = try await service.statuses(name, of: pull.pullRequest.head, all: false)
            let ours = rows.filter { $0.creator?.login.lowercased() == request.account.lowercased() }
            if ours.contains(where: { $0.context.isExactly(summary) }) { return true }
        }
        return false
    }
}
