#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

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

/// A new file on a new branch.
struct NewFile: Encodable {
    var content: String
    var message: String
    var new_branch: String

    init(content: String, message: String, branch: String) {
        self.content = Data(content.utf8).base64EncodedString()
        self.message = message
        new_branch = branch
    }
}

/// A new label.
struct NewLabel: Encodable {
    var name: String
    var color = "#ededed"
}

/// A new pull request.
struct NewPull: Encodable {
    var base: String
    var head: String
    var title: String
}
