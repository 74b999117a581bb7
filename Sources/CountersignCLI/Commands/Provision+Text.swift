import GateDoctor

extension Provisioning.Plan {
    /// What `--plan` prints.
    var text: String {
        (changes.isEmpty ? "nothing to change\n" : "")
            + changes.map { "would \($0.description)\n" }.joined() + stays.map { "stays: \($0)\n" }.joined()
            + left.map { "left: \($0)\n" }.joined()
    }
}

extension ProvisioningLedger {
    /// What `--undo` prints before it is told to do it.
    var text: String {
        var lines = rules.map { "protection of `\($0.name)` of `\($0.repository)`" }
        lines += (offers ?? []).map { "the pull request that offers `\($0.repository)` a policy" }
        lines += (actionsSecrets ?? []).filter { !$0.existed }.map { "Actions secret `\($0.name)` of `\($0.place)`" }
        lines += (hooks ?? []).map { "webhook of `\($0.place)` to \($0.url)" }
        lines += (renewedHooks ?? []).map { hook in
            let was = (hook.was ?? []).map(\.text).joined(separator: "; ")
            return "webhook of `\(hook.place)` to \(hook.url), which was there before: "
                + (was.isEmpty ? "it stays" : "as it was (\(was)), with another secret")
        }
        lines += tokens.map { "token `\($0.name)` of `\($0.login)`" }
        if let team { lines.append("team `\(team)`") }
        lines += (joined ?? []).map { "`\($0.login)` in the team `\($0.team)`" }
        lines += (grants ?? []).map { "`\($0.repository)` of the team `\($0.team)`" }
        if let account { lines.append("account `\(account)`") }
        lines += (files ?? []).map { "file `\($0)`" }
        return lines.map { "    \($0)\n" }.joined() + "run it again with `--yes`\n"
    }
}
