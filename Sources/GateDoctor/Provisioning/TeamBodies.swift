/// A new team that may write code.
struct WritersTeam: Encodable {
    var name: String
    var permission = "write"
    var units = ["repo.code", "repo.issues", "repo.pulls"]
    var includes_all_repositories: Bool
}

/// A team that is to have all repositories.
struct WiderTeam: Encodable {
    var name: String
    var includes_all_repositories = true
}
