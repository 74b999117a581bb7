import Foundation

@testable import GiteaSimulator

/// What the client asked, and what the forge answers when nobody lies.
struct Exchange: Sendable {
    struct Question: Hashable, Sendable, Comparable, CustomStringConvertible {
        var login: String
        var method: String
        var path: String
        var query: String

        var description: String { "\(method) \(path)\(query.isEmpty ? "" : "?" + query) as \(login)" }

        /// `GET /repos/*/*/pulls/*` for a path with names and numbers in it.
        var pattern: String {
            var parts = path.split(separator: "/").map(String.init)
            switch parts.first {
            case "repos": parts.replaceSubrange(1...2, with: ["*", "*"])
            case "orgs", "teams", "users": parts[1] = "*"
            default: break
            }
            for index in parts.indices.dropFirst(2) where Self.named.contains(parts[index - 1]) { parts[index] = "*" }
            if let contents = parts.firstIndex(of: "contents") { parts = parts[...contents] + ["*"] }
            return "\(method) /" + parts.joined(separator: "/")
        }

        private static let named: Set = [
            "pulls", "issues", "commits", "statuses", "trees", "branches", "tags", "members", "collaborators",
        ]

        static func < (one: Question, other: Question) -> Bool {
            (one.path, one.query, one.login, one.method) < (other.path, other.query, other.login, other.method)
        }
    }

    var question: Question
    var answer: APIResponse
    /// The body, its keys in the order of the alphabet; nil where it is none.
    var body: JSON?
    /// How often it was asked in one check.
    var times = 1

    init(_ question: Question, _ answer: APIResponse) {
        self.question = question
        self.answer = answer
        body = JSON(parsing: Data(answer.body))?.sorted
    }
}

extension JSON {
    /// The same value, the keys of every object in the order of the alphabet.
    fileprivate var sorted: JSON {
        switch self {
        case .object(let members):
            .object(members.map { Member($0.key, $0.value.sorted) }.sorted { $0.key < $1.key })
        case .array(let elements): .array(elements.map(\.sorted))
        default: self
        }
    }
}
