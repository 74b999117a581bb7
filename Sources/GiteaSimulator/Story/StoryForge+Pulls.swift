import NIOHTTP1

extension StoryForge {
    /// A new pull request.
    public func pull(
        _ title: String, from head: String, to base: String = "main", of repository: String, labels: [Int] = [],
        as person: Person
    ) async throws -> Int {
        var body: JSON = ["title": .string(title), "head": .string(head), "base": .string(base)]
        if !labels.isEmpty, case .object(var members) = body {
            members.append(JSON.Member("labels", .array(labels.map(JSON.int))))
            body = .object(members)
        }
        let pull = try await must(.POST, "/repos/\(repository)/pulls", as: person, body)
        try await tick()
        return pull["number"]?.int ?? 0
    }

    /// The head of a pull request.
    public func head(of number: Int, _ repository: String) async throws -> String {
        try await must(.GET, "/repos/\(repository)/pulls/\(number)")["head"]?["sha"]?.string ?? ""
    }

    /// A review; the event is the forge's word, right or wrong.
    @discardableResult
    public func review(
        _ event: String, _ number: Int, of repository: String, text: String = "I looked at it", as person: Person
    ) async throws -> Int {
        let review = try await must(
            .POST, "/repos/\(repository)/pulls/\(number)/reviews", as: person,
            ["event": .string(event), "body": .string(text)])
        try await tick()
        return review["id"]?.int ?? 0
    }

    /// Dismisses a review.
    public func dismiss(_ review: Int, of number: Int, _ repository: String, as person: Person) async throws {
        try await must(
            .POST, "/repos/\(repository)/pulls/\(number)/reviews/\(review)/dismissals", as: person,
            ["message": "does not hold any more"])
        try await tick()
    }

    /// Changes the base branch.
    public func retarget(_ number: Int, to base: String, of repository: String, as person: Person) async throws {
        try await must(
            .PATCH, "/repos/\(repository)/pulls/\(number)", as: person, ["base": .string(base)])
        try await tick()
    }

    /// Tries to merge.
    /// - Returns: the HTTP status, 200 when it went in.
    public func merge(_ number: Int, of repository: String, as person: Person) async throws -> Answer {
        try await call(.POST, "/repos/\(repository)/pulls/\(number)/merge", as: person, ["Do": "merge"])
    }

    /// The newest status of each context on a commit: state and description by context.
    public func statuses(on sha: String, of repository: String) async throws -> [String: (String, String)] {
        var newest: [String: (id: Int, state: String, text: String)] = [:]
        let rows = try await must(.GET, "/repos/\(repository)/statuses/\(sha)?limit=50").array ?? []
        for row in rows {
            guard let id = row["id"]?.int, let context = row["context"]?.string else { continue }
            if let known = newest[context], known.id > id { continue }
            newest[context] = (id, row["status"]?.string ?? "", row["description"]?.string ?? "")
        }
        return newest.mapValues { ($0.state, $0.text) }
    }
}
