/// What a check is about.
public enum Area: String, Codable, Sendable, CaseIterable {
    /// Whether the forge is reached, and is one that gates can rely on.
    case reach
    /// The tokens and what they may do.
    case credentials
    /// Who can see the teams.
    case proof
    /// The policies of all repositories.
    case policies
    /// Branch protection.
    case protection
    /// Webhooks.
    case hooks
    /// The running service.
    case service
}
