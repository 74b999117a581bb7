import GateForge
import GatePolicy

extension Provisioning {
    /// Makes the changes of a plan, and looks anew after those that others wait for; what is not in the plan is not made.
    public func carryOut(_ planned: Plan, progress: (ProvisioningChange) -> Void) async throws -> Outcome {
        var outcome = Outcome()
        if request.rotates { try beginRotation(planned) }
        var tried: Set<ProvisioningChange> = []
        while true {
            let open = try await plan(rotates: false, foresees: false).changes.filter { !tried.contains($0) }
            let changes = open.filter { $0.isIn(planned.changes) }
            guard !changes.isEmpty else {
                outcome.unplanned = open
                outcome.waiting = planned.changes.filter { change in
                    change.isForeseen && !tried.contains { $0.isIn([change]) }
                }
                return outcome
            }
            for change in changes {
                tried.insert(change)
                try await attempt(change, &outcome, progress)
            }
        }
    }

    /// Notes what a rotation replaces before anything is replaced: one that is cut is finished by the next run.
    private func beginRotation(_ planned: Plan) throws {
        var replacing: [ProvisioningLedger.Named] = []
        var renews = false
        for change in planned.changes {
            switch change {
            case .makeToken(_, let login, let name, _): replacing.append(.init(login: login, name: name))
            case .renewHooks: renews = true
            default: break
            }
        }
        try note { ledger in
            ledger.replacing = replacing
            if renews { ledger.isRenewingHook = true }
        }
    }

    private func attempt(
        _ change: ProvisioningChange, _ outcome: inout Outcome, _ progress: (ProvisioningChange) -> Void
    ) async throws {
        var before = ProvisioningLedger()
        do {
            if case .endTokens(let credential, let stale) = change, try await isNeeded(stale, credential) {
                outcome.kept.append(change)
                return
            }
            before = try ledger()
            try await make(change)
            outcome.done.append(change)
            progress(change)
        } catch let error as ForgeError {
            guard error.isRefusal else { throw error }
            try forget(change, before)
            outcome.refused.append((change, error))
        }
    }

    /// Forgets what was noted of a change that was refused: what somebody else makes now is not ours to take back.
    private func forget(_ change: ProvisioningChange, _ before: ProvisioningLedger) throws {
        switch change {
        case .makeAccount, .makeTeam, .giveRepository, .joinTeam, .setSecret: try note { $0 = before }
        case .makeToken(_, let login, let name, _):
            try note { ledger in
                ledger = before
                ledger.replacing?.removeAll { $0 == .init(login: login, name: name) }
            }
        // The file with its secret was written.
        case .makeHook: try note { $0.hooks = before.hooks }
        case .offerPolicy(let repository, _):
            try note { $0.offers?.removeAll { $0 == .init(repository: "\(repository)") } }
        // Of several calls the first may have made the rule.
        case .require(_, _, _, _, let changes) where changes.count == 1: try note { $0.rules = before.rules }
        case .widenTeam, .endTokens, .renewHooks, .require: break
        }
    }

    /// Whether one of these tokens is still the one that is used: here, or by an Actions secret.
    private func isNeeded(_ stale: [ProvisioningLedger.Named], _ credential: Credential) async throws -> Bool {
        guard let token = try stored(request.file(credential)) else { return true }
        let login = request.login(credential)
        let names = try await tokens(of: login).filter { $0.ending == token.ending }.map(\.name)
        if names.isEmpty || stale.contains(where: { $0.login == login && names.contains($0.name) }) { return true }
        let ledger = try ledger()
        return secrets(credential, ledger).contains { secret in
            !(ledger.actionsSecrets ?? []).contains {
                $0.place == secret.place && $0.name == secret.name && $0.ending == token.ending
            }
        }
    }
}
