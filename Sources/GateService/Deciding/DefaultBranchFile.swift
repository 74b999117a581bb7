import Crypto
import GateForge
import GatePolicy

/// What facts are read from on the default branch besides the policy; each content has a mark of its own.
enum DefaultBranchFile: String {
    case codeOwners
    case templates

    /// The mark of texts, by path; what could not be read is like no content.
    func mark(_ files: Known<[(path: String, text: String)]>) -> String {
        let digest = files.value.map { files in
            SHA256.hexadecimal(files.flatMap { Array($0.path.utf8) + [0] + Array($0.text.utf8) + [0] })
        }
        return "\(rawValue):\(digest ?? "unknown")"
    }
}

extension Facts {
    /// The marks of what was read there; nil where nothing was.
    var defaultBranchMark: String? {
        let marks = [
            codeOwners.map { DefaultBranchFile.codeOwners.mark($0.files) },
            templates.map { DefaultBranchFile.templates.mark($0.files) },
        ].compactMap(\.self)
        return marks.isEmpty ? nil : marks.joined(separator: " ")
    }
}

extension Decider {
    /// Those of marks that what the default branch has now does not have.
    /// - Parameter snapshot: any pull request of the repository, open into the default branch without its commit.
    func outdatedMarks(_ marks: Set<String>, of snapshot: PullRequestSnapshot) async -> Set<String> {
        let read = Set(marks.flatMap { $0.split(separator: " ").map(String.init) })
        var present: Set<String> = []
        func isRead(_ file: DefaultBranchFile) -> Bool { read.contains { $0.hasPrefix(file.rawValue + ":") } }
        if isRead(.codeOwners) {
            let facts = Facts(now: now(), repository: snapshot.repository, pullRequest: snapshot.pullRequest)
            let file = await CodeOwnersReader(forge: forge).file(facts)
            if file.value != nil { present.insert(DefaultBranchFile.codeOwners.mark(file.files)) }
        }
        if isRead(.templates) {
            let repository = snapshot.repository
            // What cannot be read now is read again, and told, by whoever looks at the pull request.
            if let found = try? await forge.pullRequestTemplates(
                repository.name, defaultBranch: repository.defaultBranch)
            {
                present.insert(DefaultBranchFile.templates.mark(Known.known(found).files))
            }
        }
        return marks.filter { mark in !mark.split(separator: " ").allSatisfy { present.contains(String($0)) } }
    }
}

extension Known<CodeOwnersFile?> {
    fileprivate var files: Known<[(path: String, text: String)]> { map { $0.map { [($0.path, $0.text)] } ?? [] } }
}

extension Known<[PullRequestTemplate]> {
    fileprivate var files: Known<[(path: String, text: String)]> { map { $0.map { ($0.path, $0.text) } } }
}
