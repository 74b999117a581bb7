import GatePolicy

extension FactsFile {
    /// What facts say against each other, each with its place: one of the two would be believed.
    static func contradictions(in facts: Facts, _ document: JSONValue) -> [String] {
        var logins = WrittenAccounts()
        logins.take(document, at: "")
        return commits(facts) + rights(facts) + names(facts) + logins.contradictions
    }

    /// Without the head nobody knows from them who wrote it, or how it is signed.
    private static func commits(_ facts: Facts) -> [String] {
        let pull = facts.pullRequest
        let cure = "list everything that the pull request brings, newest first"
        func contradictions(_ commits: [CommitID]?, _ place: String) -> [String] {
            guard let commits else { return [] }
            guard let first = commits.first else {
                if pull.mergeBase == pull.head { return [] }
                return [
                    "`\(place)` is empty, and the head `\(pull.head.short)` brings at least itself: \(cure), "
                        + "or say by `mergeBase` that the base has the head already"
                ]
            }
            return first == pull.head
                ? [] : ["`\(place)` does not begin with the head `\(pull.head.short)`: \(cure)"]
        }
        return contradictions(facts.commits?.value?.map(\.id), "commits.known")
            + contradictions(facts.verifications?.value?.map(\.commit), "verifications.known")
    }

    private static func rights(_ facts: Facts) -> [String] {
        [("writers", facts.writers), ("admins", facts.admins)].flatMap { name, holders -> [String] in
            guard let holders, let possible = holders.possible else { return [] }
            return holders.proven.filter { !possible.contains($0) }.map {
                "`\(name)`: `\($0.login)` is in `proven` and not in `possible`: name everybody in `possible`"
            }
        }
    }

    /// Names are looked up in lower case, so another spelling would be found by nobody, and stand for a second meaning.
    private static func names(_ facts: Facts) -> [String] {
        func odd(_ names: some Sequence<String>, _ place: String) -> [String] {
            names.filter { $0 != $0.lowercased() }.sorted().map {
                "`\(place)`: `\($0)` is not in lower case: write `\($0.lowercased())`"
            }
        }
        let teams = facts.directories.sorted { $0.key < $1.key }.flatMap { name, directory in
            odd((directory.value?.ids ?? [:]).keys, "directories.\(name).known.ids")
        }
        return odd(facts.directories.keys, "directories") + teams + odd(facts.users.keys, "users")
            + odd(facts.rememberedIdentities.keys, "rememberedIdentities")
    }
}

/// The accounts of a facts file: an id has one login, and a login one id.
private struct WrittenAccounts {
    private var logins: [Int64: (login: String, place: String)] = [:]
    private var ids: [String: (id: Int64, place: String)] = [:]
    private(set) var contradictions: [String] = []

    /// Takes in every account of a value, in the order of its keys.
    mutating func take(_ value: JSONValue, at place: String) {
        switch value {
        case .list(let values):
            for (index, value) in values.enumerated() { take(value, at: "\(place)[\(index)]") }
        case .object(let object):
            if case .integer(let id)? = object["id"], case .text(let login)? = object["login"] {
                note(id, login, place)
            }
            // What was seen once may have had another login then.
            for (key, value) in object.sorted(by: { $0.key < $1.key }) where !(place.isEmpty && key == "remembered") {
                take(value, at: place.isEmpty ? key : "\(place).\(key)")
            }
        case .null, .flag, .integer, .number, .text: return
        }
    }

    private mutating func note(_ id: Int64, _ login: String, _ place: String) {
        let name = login.lowercased()
        if let known = logins[id], known.login.lowercased() != name {
            contradictions.append(
                "`\(place)`: account \(id) is `\(login)` here, and `\(known.login)` at `\(known.place)`")
        } else if let known = ids[name], known.id != id {
            contradictions.append(
                "`\(place)`: `\(login)` is account \(id) here, and account \(known.id) at `\(known.place)`")
        }
        if logins[id] == nil { logins[id] = (login, place) }
        if ids[name] == nil { ids[name] = (id, place) }
    }
}
