import Crypto
import Foundation

/// For whom an answer is written.
enum Viewer: Sendable, Equatable {
    /// Nobody in particular: e-mail addresses are hidden.
    case nobody
    /// Somebody who is not told more than everybody: the address shows.
    case everybody
    /// An account: it and site admins see everything about itself.
    case account(Int)
}

extension WorldState {
    static func time(_ seconds: Int?) -> JSON {
        guard let seconds else { return .null }
        return .string(timeText(seconds))
    }

    static func timeText(_ seconds: Int) -> String {
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let rest = seconds - days * 86_400
        // civil date from a day number
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let civilMonth = month < 10 ? month + 3 : month - 9
        let year = yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0)
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let clock = "\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))"
        return
            "\(String(repeating: "0", count: max(0, 4 - String(year).count)))\(year)-\(two(civilMonth))-\(two(day))T\(clock)Z"
    }

    static let zeroTime: JSON = "0001-01-01T00:00:00Z"
    static let epoch: JSON = "1970-01-01T00:00:00Z"

    func avatar(_ account: Account) -> JSON {
        let seed = account.isOrganization ? account.login.lowercased() : account.email.lowercased()
        return .string("\(address)/avatars/\(Insecure.MD5.hash(data: Data(seed.utf8)).hex)")
    }

    func accountJSON(_ account: Account, for viewer: Viewer) -> JSON {
        var showsAll = false
        if case .account(let id) = viewer { showsAll = id == account.id || accounts[id]?.isAdmin == true }
        let email = viewer == .nobody ? "\(account.login.lowercased())@noreply.localhost" : account.email
        return [
            "id": .int(account.id), "login": .string(account.login),
            "login_name": .string(showsAll ? account.loginName : ""), "full_name": "",
            "email": .string(email), "avatar_url": avatar(account), "language": "",
            "is_admin": .bool(showsAll && account.isAdmin),
            "last_login": showsAll ? Self.epoch : Self.zeroTime, "created": Self.time(account.created),
            "restricted": .bool(showsAll && account.restricted), "active": .bool(showsAll && account.isActive),
            "prohibit_login": .bool(showsAll && account.prohibitsLogin), "location": "", "website": "",
            "description": .string(account.description),
            "visibility": .string(account.visibility), "followers_count": 0, "following_count": 0,
            "starred_repos_count": 0, "username": .string(account.login),
        ]
    }

    /// An account that may have been deleted.
    func accountJSON(_ id: Int, for viewer: Viewer) -> JSON {
        if let account = accounts[id] { return accountJSON(account, for: viewer) }
        guard version.showsGhosts else { return .null }
        return [
            "id": -1, "login": "Ghost", "login_name": "", "full_name": "", "email": "",
            "avatar_url": .string("\(address)/assets/img/avatar_default.png"), "language": "", "is_admin": false,
            "last_login": Self.zeroTime, "created": Self.epoch, "restricted": false, "active": false,
            "prohibit_login": false, "location": "", "website": "", "description": "", "visibility": "public",
            "followers_count": 0, "following_count": 0, "starred_repos_count": 0, "username": "Ghost",
        ]
    }

    func organizationJSON(_ account: Account) -> JSON {
        [
            "id": .int(account.id), "name": .string(account.login), "full_name": "", "email": "",
            "avatar_url": avatar(account), "description": .string(account.description), "website": "",
            "location": "", "visibility": .string(account.visibility), "repo_admin_change_team_access": false,
            "username": .string(account.login),
        ]
    }

    func teamJSON(_ team: Team, withOrganization: Bool) -> JSON {
        let organization = withOrganization ? accounts[team.organization].map { organizationJSON($0) } : nil
        return [
            "id": .int(team.id), "name": .string(team.name), "description": .string(team.description),
            "organization": organization ?? .null, "includes_all_repositories": .bool(team.includesAllRepositories),
            "permission": .string(team.permission.name), "units": .strings(team.unitOrder),
            "units_map": .object(
                team.units.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .string($0.value.name)) }),
            "can_create_org_repo": .bool(team.canCreateRepositories),
        ]
    }

    func tokenJSON(_ token: AccessToken, revealed: Bool) -> JSON {
        [
            "id": .int(token.id), "name": .string(token.name), "sha1": .string(revealed ? token.value : ""),
            "token_last_eight": .string(String(token.value.suffix(8))),
            "scopes": revealed ? .null : .strings(Scope.normalized(token.scopes)),
        ]
    }
}
