/// A new token.
struct NewToken: Encodable {
    var name: String
    var scopes: [String]
}

/// A new account; one that had to change its password first could make no call.
struct NewAccount: Encodable {
    var username: String
    var email: String
    var password: String
    var must_change_password = false
}

/// A new team that may use code, issues and pull requests.
struct NewTeam: Encodable {
    var name: String
    var permission: String
    var units = ["repo.code", "repo.issues", "repo.pulls"]
    var includes_all_repositories: Bool
}

/// A team that is to have all repositories.
struct WiderTeam: Encodable {
    var name: String
    var includes_all_repositories = true
}
