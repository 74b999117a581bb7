import GatePolicy

/// Who may push to a branch past pull requests.
public enum PushRight: Hashable, Sendable {
    /// Nobody.
    case nobody
    /// Everybody who may write the code.
    case writers
    /// Those who are named.
    case named(users: [String], teams: [String], deployKeys: Bool)
}

extension ProtectionRule {
    /// Who may push past pull requests; nil where the forge does not say.
    ///
    /// Forced pushes have lists of their own, for some of those who may push at all; but a deploy key that may push by
    /// force needs no place in the list of the others.
    public var pushRight: PushRight? {
        guard case .flag(let isOn) = settings["enable_push"] else { return nil }
        guard isOn else { return .nobody }
        guard isSet("enable_push_whitelist") else { return .writers }
        let users = names("push_whitelist_usernames")
        let teams = names("push_whitelist_teams")
        let keysMayForce =
            isSet("enable_force_push")
            && (!isSet("enable_force_push_allowlist") || isSet("force_push_allowlist_deploy_keys"))
        let deployKeys = isSet("push_whitelist_deploy_keys") || keysMayForce
        guard !users.isEmpty || !teams.isEmpty || deployKeys else { return .nobody }
        return .named(users: users, teams: teams, deployKeys: deployKeys)
    }

    /// Whether it says that somebody may push past pull requests.
    public var letsAnybodyPush: Bool { pushRight != nil && pushRight != .nobody }

    /// The patterns of files whose changes everybody who may write the code may push.
    public var unprotectedFiles: [ForgeGlob] {
        guard case .text(let patterns) = settings["unprotected_file_patterns"] else { return [] }
        return patterns.lowercased().split(separator: ";").compactMap { pattern in
            let trimmed = pattern.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
            return trimmed.isEmpty ? nil : ForgeGlob(String(trimmed), separators: [".", "/"])
        }
    }

    private func isSet(_ name: String) -> Bool { settings[name] == .flag(true) }

    private func names(_ name: String) -> [String] {
        guard case .list(let values) = settings[name] else { return [] }
        return values.compactMap { if case .text(let text) = $0 { text } else { nil } }
    }
}
