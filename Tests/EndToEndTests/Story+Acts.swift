import CountersignCLI
import GiteaSimulator
import NIOHTTP1
import Testing

/// What people do in several stories.
extension Story {
    /// A commit that writes one new file.
    func push(_ file: String, _ text: String = "more\n", to branch: String = "feature/one", as person: Person)
        async throws
    {
        try await forge.commit([.create(file, text)], to: repository, branch: branch, as: person)
    }

    /// A commit that changes one file.
    func change(_ file: String, _ text: String, on branch: String = "feature/one", as person: Person) async throws {
        try await forge.commit([.update(file, text)], to: repository, branch: branch, as: person)
    }

    /// A branch that begins at `main`.
    func branch(_ name: String, as person: Person? = nil) async throws {
        try await forge.branch(name, from: "main", of: repository, as: person ?? keeper)
    }

    /// The summary of another base than `main`.
    func summary(_ base: String, of checked: Checked) -> String? { checked.statuses["countersign: \(base)"]?.state }

    /// A new label of the repository.
    func label(_ name: String) async throws -> Int {
        let label = try await forge.must(
            .POST, "/repos/\(repository)/labels", as: keeper, ["name": .string(name), "color": "#ff0000"])
        return label["id"]?.int ?? 0
    }

    /// Puts a label on a pull request.
    func label(_ number: Int, _ label: Int, as person: Person) async throws {
        try await forge.must(
            .POST, "/repos/\(repository)/issues/\(number)/labels", as: person, ["labels": .array([.int(label)])])
        try await forge.tick()
    }

    /// Takes a label off.
    func unlabel(_ number: Int, _ label: Int, as person: Person) async throws {
        try await forge.must(.DELETE, "/repos/\(repository)/issues/\(number)/labels/\(label)", as: person)
        try await forge.tick()
    }

    /// The owner merges it whatever is required.
    func mergePastGates(_ number: Int) async throws {
        try await forge.must(
            .POST, "/repos/\(repository)/pulls/\(number)/merge", as: keeper,
            ["Do": "merge", "force_merge": .bool(true)])
    }

    /// Posts a status on the head of a pull request.
    func post(_ state: String, _ context: String, on number: Int, as person: Person) async throws {
        let head = try await forge.head(of: number, repository)
        try await forge.must(
            .POST, "/repos/\(repository)/statuses/\(head)", as: person,
            ["state": .string(state), "context": .string(context), "description": "it is fine"])
        try await forge.tick()
    }

    /// The same change, on top of what `main` has become.
    func update(_ number: Int, as person: Person) async throws {
        try await forge.must(.POST, "/repos/\(repository)/pulls/\(number)/update", as: person)
        try await forge.tick()
    }
}
