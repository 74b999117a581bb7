import Foundation
import NIOHTTP1

extension StoryForge {
    /// What a commit does to a file.
    public enum FileChange: Sendable {
        case create(String, String)
        case update(String, String)
        case delete(String)
    }

    /// A new repository with a first commit, in which nothing is merged by rebase, as the doctor wants it.
    public func repository(
        _ name: String, of organization: String, isPrivate: Bool = true, as owner: Person
    ) async throws {
        try await must(
            .POST, "/orgs/\(self.name(organization))/repos", as: owner,
            ["name": .string(name), "private": .bool(isPrivate), "auto_init": true, "default_branch": "main"])
        try await must(
            .PATCH, "/repos/\(self.name(organization))/\(name)", as: owner,
            ["has_pull_requests": true, "allow_rebase": false, "allow_rebase_explicit": false])
    }

    /// One commit of several files on a branch, perhaps a new one.
    public func commit(
        _ changes: [FileChange], to repository: String, branch: String, newBranch: String? = nil,
        message: String = "change", as person: Person
    ) async throws {
        var files: [JSON] = []
        for change in changes {
            switch change {
            case .create(let path, let text):
                files.append([
                    "operation": "create", "path": .string(path),
                    "content": .string(Data(text.utf8).base64EncodedString()),
                ])
            case .update(let path, let text):
                files.append([
                    "operation": "update", "path": .string(path),
                    "sha": .string(try await blob(path, of: repository, branch, person)),
                    "content": .string(Data(text.utf8).base64EncodedString()),
                ])
            case .delete(let path):
                files.append([
                    "operation": "delete", "path": .string(path),
                    "sha": .string(try await blob(path, of: repository, branch, person)),
                ])
            }
        }
        var body: JSON = ["files": .array(files), "branch": .string(branch), "message": .string(message)]
        if let newBranch, case .object(var members) = body {
            members.append(JSON.Member("new_branch", .string(newBranch)))
            body = .object(members)
        }
        try await must(.POST, "/repos/\(repository)/contents", as: person, body)
        try await tick()
    }

    private func blob(
        _ path: String, of repository: String, _ branch: String, _ person: Person
    ) async throws -> String {
        try await must(.GET, "/repos/\(repository)/contents/\(path)?ref=\(branch)", as: person)["sha"]?.string ?? ""
    }

    /// A new branch.
    public func branch(_ name: String, from old: String, of repository: String, as person: Person) async throws {
        try await must(
            .POST, "/repos/\(repository)/branches", as: person,
            ["new_branch_name": .string(name), "old_branch_name": .string(old)])
    }

    /// A rule that lets nobody past these contexts, and nobody push.
    public func protect(
        _ branch: String, of repository: String, contexts: [String], as owner: Person
    ) async throws {
        try await must(
            .POST, "/repos/\(repository)/branch_protections", as: owner,
            [
                "branch_name": .string(branch), "rule_name": .string(branch),
                "enable_status_check": .bool(!contexts.isEmpty), "status_check_contexts": .strings(contexts),
            ])
    }
}
