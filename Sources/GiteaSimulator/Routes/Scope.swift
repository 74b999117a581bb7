/// What a token may do.
enum Scope {
    enum Area: String, Sendable, CaseIterable {
        case activitypub, admin, misc, notification, organization, package, issue, repository, user
    }

    static func isValid(_ scope: String) -> Bool {
        if scope == "all" || scope == "public-only" || scope.isEmpty { return true }
        let parts = scope.split(separator: ":")
        return parts.count == 2 && (parts[0] == "read" || parts[0] == "write")
            && Area(rawValue: String(parts[1])) != nil
    }

    /// The scopes in the order in which the server stores them.
    static func normalized(_ scopes: [String]) -> [String] {
        if scopes.contains("all") { return ["all"] }
        var result = scopes.contains("public-only") ? ["public-only"] : []
        for area in Area.allCases {
            if scopes.contains("write:\(area.rawValue)") {
                result.append("write:\(area.rawValue)")
            } else if scopes.contains("read:\(area.rawValue)") {
                result.append("read:\(area.rawValue)")
            }
        }
        return result
    }

    /// The scopes a call needs and the token lacks, or nil.
    static func missing(_ scopes: [String], _ areas: [Area], method: String) -> String? {
        if scopes.contains("all") { return nil }
        let isRead = method == "GET" || method == "HEAD"
        for area in areas {
            if scopes.contains("write:\(area.rawValue)") { continue }
            if isRead, scopes.contains("read:\(area.rawValue)") { continue }
            return "\(isRead ? "read" : "write"):\(area.rawValue)"
        }
        return nil
    }
}
