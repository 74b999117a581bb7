import GatePolicy

/// One webhook in the place of others: the forge gives one that is there no other secret.
extension Webhook {
    /// Whether it calls an address, be it with a user and a password for something in front of it.
    public func calls(_ address: String) -> Bool { url.withoutUser.isExactly(address.withoutUser) }

    /// Whether it sends what the forge tells programs, and not what a chat shows.
    public var isOfForge: Bool { ["gitea", "forgejo", "gogs"].contains(kind) }

    /// A webhook that tells of everything a verdict depends on, and of what those told that it comes for; it has what
    /// they show to something in front of the service.
    public static func hearing(at place: Place, url: String, for others: [Webhook] = []) -> Webhook {
        var hook = Webhook(id: 0, place: place, url: others.first?.url ?? url, events: [], isActive: true)
        hook.authorization = others.lazy.compactMap { $0.authorization }.first
        if let kind = others.first?.kind, ["forgejo", "gogs"].contains(kind) { hook.kind = kind }
        // Servers that tell of no statuses pass the name over.
        let wanted = ["push"] + ofPullRequests + [statusEvent]
        hook.events = wanted + others.flatMap(\.events).filter { !wanted.contains($0) }
        return hook
    }

    /// Everything that one word, `pull_request`, brings.
    private static let ofPullRequests =
        neededEvents.filter { $0.hasPrefix("pull_request") } + ["pull_request_assign", "pull_request_milestone"]

    /// The names that switch exactly its events on: some are other words than those that the forge shows.
    public var eventNames: [String] {
        let hasAll = Self.ofPullRequests.allSatisfy(events.contains)
        return events.reduce(into: []) { names, event in
            let name =
                switch event {
                case _ where hasAll && event.hasPrefix("pull_request"): "pull_request"
                // These two would bring more than themselves.
                case "issues": "issues_only"
                case "pull_request": "pull_request_only"
                case "pull_request_review_approved", "pull_request_review_comment", "pull_request_review_rejected":
                    "pull_request_review"
                default: event
                }
            if !names.contains(name) { names.append(name) }
        }
    }

    /// What is not as in another one, in words for whoever is to do without it.
    public func differences(from old: Webhook) -> [String] {
        var words: [String] = []
        if isActive != old.isActive { words.append(isActive ? "is switched on" : "is switched off") }
        if isJSON != old.isJSON { words.append(isJSON ? "calls with JSON and not with a form" : "calls with a form") }
        if branchFilter != old.branchFilter {
            words.append(
                branchFilter.isEmpty
                    ? "tells of all branches and not of `\(old.branchFilter)` alone"
                    : "tells of the branches `\(branchFilter)` alone")
        }
        let more = events.filter { !old.events.contains($0) }
        if !more.isEmpty {
            let named = more.map { $0 == Self.statusEvent ? "`\($0)` (from Gitea 1.23 on)" : "`\($0)`" }
            words.append("tells of " + named.joined(separator: ", ") + " besides")
        }
        let fewer = old.events.filter { !events.contains($0) }
        if !fewer.isEmpty { words.append("does not tell of " + fewer.map { "`\($0)`" }.joined(separator: ", ")) }
        return words
    }
}
