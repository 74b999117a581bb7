extension Evaluation {
    /// Why a name does not mean what it meant when it was first seen; nil while it does.
    ///
    /// A freed login can be registered by somebody else, and a team made anew: neither may inherit a policy's trust.
    mutating func changed(_ name: @autoclosure () -> String, to id: Int64) -> Unknown? {
        if facts.rememberedIdentities.isEmpty { return nil }
        let name = name().lowercased()
        guard let before = facts.rememberedIdentities[name], before != id else { return nil }
        return Unknown(
            cause: .identityChanged, subject: "who `\(name)` is",
            reason: "the name belonged to id \(before) when the policy was first used, and belongs to id \(id) now",
            cure: "edit the policy if the new owner of the name is meant, or let an administrator run "
                + "`countersign confirm \(facts.repository.name) \(name)`")
    }
}
