import Foundation

@testable import GiteaSimulator

/// Thinks of every lie about the answers of one scene.
struct Liar {
    private let exchanges: [Exchange]
    /// What stands under a key anywhere in the scene, and every object id.
    private var values: [String: [JSON]] = [:]
    private var objects: [JSON] = []
    private var people: [JSON] = []

    init(_ exchanges: [Exchange]) {
        self.exchanges = exchanges
        for exchange in exchanges { exchange.body.map { learn($0, "", "") } }
        for key in values.keys { values[key] = Self.unique(values[key] ?? []) }
        objects = Self.unique(objects)
        people = Self.unique(people)
    }

    /// The keys that the client reads; of others it is enough to see that it does not.
    static let read: Set = [
        "active", "additions", "allow_rebase", "allow_rebase_explicit", "archived", "author", "base", "body",
        "commit", "commit_id", "committer", "content", "contents_url", "context", "created_at", "creator",
        "default_branch", "deletions", "description", "dismissed", "draft", "empty", "enable_status_check", "encoding",
        "errors", "filename", "has_pull_requests", "head", "id", "internal", "is_admin", "label", "labels",
        "last_login", "login", "max_response_items", "merge_base", "merge_commit_sha", "merged", "merged_at",
        "merged_by", "message", "mirror", "mode", "name", "new_ref", "number", "old_ref", "owner", "parents", "path",
        "permission", "previous_filename", "pull_request_url", "private", "protected", "reason", "ref", "repo",
        "repo.code", "repo_id",
        "required_approvals", "review_id", "sha", "signer", "size", "state", "status", "status_check_contexts",
        "statuses", "submitted_at", "target_url", "title", "total_count", "tree", "truncated", "type", "units_map",
        "updated_at", "user", "username", "verification", "verified", "version",
    ]

    private mutating func learn(_ value: JSON, _ parent: String, _ key: String) {
        switch value {
        case .object(let members):
            if let login = value["login"], let id = value["id"] { people += [login, id] }
            for member in members { learn(member.value, key, member.key) }
        case .array(let elements): for element in elements { learn(element, parent, key) }
        case .string(let text) where Self.isObject(text): objects.append(value)
        default: values[key, default: []].append(value)
        }
    }

    private static func isObject(_ text: String) -> Bool {
        text.utf8.count == 40 && text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
    }

    private static func unique(_ values: [JSON]) -> [JSON] {
        var seen: Set<String> = []
        return values.map { ($0, $0.text) }.filter { seen.insert($0.1).inserted }.sorted { $0.1 < $1.1 }.map(\.0)
    }

    /// All of them.
    func lies(_ chance: inout Chance) -> [Lie] {
        var lies: [Lie] = []
        for exchange in exchanges {
            let begin = lies.count
            whole(exchange, &lies)
            if let body = exchange.body { walk(body, [], exchange, &lies, &chance) }
            guard exchange.times > 1 else { continue }
            lies += lies[begin...].filter { $0.kind == .leftOut || $0.kind == .shortened }.map { lie in
                var lie = lie
                lie.isFirstOnly = true
                return lie
            }
        }
        return lies
    }

    private func whole(_ exchange: Exchange, _ lies: inout [Lie]) {
        func add(_ kind: Lie.Kind, _ change: Lie.Change, _ told: String) {
            lies.append(Lie(question: exchange.question, path: [], change: change, kind: kind, told: told))
        }
        for (status, message) in [
            (204, nil), (304, nil), (403, "Must be a team member"), (404, "The target couldn't be found."),
            (404, "object does not exist [id: , rel_path: x]"), (404, "branch does not exist [name: x]"),
            (404, "user redirect does not exist [name: x]"), (404, "sha not found []"),
            (405, "not owned by an organization"), (500, "x"), (200, nil),
        ] as [(Int, String?)] {
            add(.refused, .status(status, message), "\(status) \(message ?? "")")
        }
        add(.cutOff, .half, "half of it")
        for (name, values) in [
            ("X-Total-Count", [nil, "", "-1", "0", "1", "3", "99999999999", "99999999999999999999"]),
            ("Content-Type", ["text/html", "text/plain", nil]), ("X-HasMore", ["true"]),
            ("Link", ["<https://other.example/api/v1/x?page=2>; rel=\"next\""]),
        ] as [(String, [String?])] {
            for value in values { add(.header, .header(name, value), "\(name): \(value ?? "none")") }
        }
        for status in [301, 302, 303, 307, 308] {
            for place in ["https://other.example/api/v1/user", "/", "/api/v1/user", "/api/v1/version"] {
                add(.redirected, .redirect(status, place), "\(status) to \(place)")
            }
        }
        for other in exchanges where other.question != exchange.question {
            add(.foreign, .answer(other.question), "\(other.question)")
        }
    }

    private func walk(
        _ value: JSON, _ path: [Lie.Step], _ exchange: Exchange, _ lies: inout [Lie], _ chance: inout Chance
    ) {
        func add(_ path: [Lie.Step], _ kind: Lie.Kind, _ change: Lie.Change, _ told: String) {
            lies.append(Lie(question: exchange.question, path: path, change: change, kind: kind, told: told))
        }
        switch value {
        case .object(let members):
            for member in members {
                let path = path + [.key(member.key)]
                guard Self.read.contains(member.key) else {
                    add(path, .otherType, .put(Self.otherTypes(of: member.value)[0]), "(not read)")
                    continue
                }
                add(path, .leftOut, .leaveOut, "")
                add(path, .otherCase, .rename(member.key.capitalized), member.key.capitalized)
                add(path, .null, .put(.null), "null")
                for other in Self.otherTypes(of: member.value) { add(path, .otherType, .put(other), other.text) }
                let neighbours = neighbours(of: member.value, member.key, &chance)
                for other in neighbours { add(path, .value, .put(other), other.text) }
                for other in neighbours.suffix(2) + [.null] {
                    add(path, .doubled, .double(with: other, first: true), "\(other.text) first")
                    add(path, .doubled, .double(with: other, first: false), "\(other.text) last")
                }
                walk(member.value, path, exchange, &lies, &chance)
            }
        case .array(let elements):
            // A count beside the list is in the header only.
            let isCounted = path.isEmpty && exchange.answer.headers.contains { $0.name == "X-Total-Count" }
            for (index, element) in elements.enumerated() {
                let path = path + [.index(index)]
                add(path, isCounted ? .shortened : .shortenedWithItsCount, .take(counted: false), "")
                if isCounted { add(path, .shortenedWithItsCount, .take(counted: true), "") }
                add(path, .repeated, .twice(counted: false), "")
                if isCounted { add(path, .repeated, .twice(counted: true), "counted") }
                add(path, .null, .put(.null), "null")
                add(path, .otherType, .put(Self.otherTypes(of: element)[0]), "")
                walk(element, path, exchange, &lies, &chance)
            }
            if elements.count > 1 {
                add(path, .reversed, .reverse, "")
                add(path, isCounted ? .shortened : .shortenedWithItsCount, .empty(counted: false), "[]")
                if isCounted { add(path, .shortenedWithItsCount, .empty(counted: true), "[]") }
            }
        case .null, .bool, .int, .double, .string: break
        }
    }

    private static func otherTypes(of value: JSON) -> [JSON] {
        switch value {
        case .string: [7, [], ["x": "y"]]
        case .bool(let value): [.string("\(value)"), 1]
        case .int(let value): [.string("\(value)"), .double(Double(value) + 0.5)]
        case .object: [[], "x"]
        case .array: [["x": "y"], "x"]
        case .null, .double: ["7", ["x": "y"]]
        }
    }

    /// Other values of the same type.
    private func neighbours(of value: JSON, _ key: String, _ chance: inout Chance) -> [JSON] {
        let usual: [JSON]
        var known: [JSON]
        switch value {
        case .bool(let truth): return [.bool(!truth)]
        case .int:
            usual = [0, -1, 1, 2, .int(.max)]
            known = (values[key] ?? []) + people.filter { $0.int != nil }
        case .string(let text):
            usual = [""]
            known = Self.isObject(text) ? objects : (values[key] ?? []) + (key == "login" ? people : [])
        case .null: return ["7", 7, false]
        case .object, .array, .double: return []
        }
        known = Self.unique(known).filter { $0 != value && !usual.contains($0) && type($0) == type(value) }
        return usual.filter { $0 != value } + known.shuffled(using: &chance).prefix(10)
    }

    private func type(_ value: JSON) -> Int {
        switch value {
        case .string: 1
        case .int: 2
        default: 3
        }
    }
}
