import CountersignCLI
import GiteaSimulator
import NIOHTTP1

/// Files that several repositories use.
extension Story {
    /// The organisation's own repository.
    var shared: String { forge.name("acme") + "/.countersign" }

    /// The settings say that the organisation has no file of its own: nobody looks for one.
    static let alone: [String: String?] = ["COUNTERSIGN_ORGANIZATION_POLICY": "none"]

    /// A new repository of the organisation with these files on `main`.
    func share(_ files: [String: String], in name: String = ".countersign", isPrivate: Bool = true) async throws {
        try await forge.repository(name, of: "acme", isPrivate: isPrivate, as: keeper)
        try await forge.commit(
            files.sorted { $0.key < $1.key }.map { .create($0.key, $0.value) },
            to: forge.name("acme") + "/" + name, branch: "main", as: keeper)
    }

    /// A tag on what a branch is now.
    func tag(_ name: String, at target: String = "main", of repository: String, as person: Person? = nil) async throws {
        try await forge.must(
            .POST, "/repos/\(repository)/tags", as: person ?? keeper,
            ["tag_name": .string(name), "target": .string(target)])
    }

    /// The commit that a branch is at.
    func tip(_ branch: String = "main", of repository: String) async throws -> String {
        try await forge.must(.GET, "/repos/\(repository)/branches/\(branch)", as: keeper)["commit"]?["id"]?.string ?? ""
    }

    /// A policy that includes a file and has a gate of its own.
    static func including(_ entry: String, _ more: String = "") -> String {
        "version: 1\ninclude: [ \"\(entry)\" ]\ngates:\n  own: { require: security }\n\(more)"
    }
}
