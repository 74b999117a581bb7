#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import GatePolicy
import GateService

/// The pull request that a run of Gitea, Forgejo or GitHub Actions is about.
struct TriggeringEvent {
    /// What of the event file is looked at; which pull request it names is a hint, and all else is read from the forge.
    private struct File: Decodable {
        struct Numbered: Decodable { var number: Int64 }
        struct Issue: Decodable {
            struct Mark: Decodable {}
            var number: Int64
            var pull_request: Mark?
        }
        struct Named: Decodable { var full_name: String }
        var pull_request: Numbered?
        var issue: Issue?
        var repository: Named?
    }

    var subject: Subject
    /// The event of this run; nil outside CI.
    init?(_ context: CommandContext) throws(SettingsError) {
        guard let path = context.environment["GITHUB_EVENT_PATH"], !path.isEmpty else { return nil }
        let bytes = try Settings.read(path, context)
        let file: File
        do {
            file = try JSONDecoder().decode(File.self, from: Data(bytes))
        } catch {
            throw SettingsError("the event file `\(path)` is not an event of a forge's Actions: name the pull request")
        }
        guard let number = file.pull_request?.number ?? file.issue.flatMap({ $0.pull_request == nil ? nil : $0.number })
        else {
            throw SettingsError(
                "the event in `\(path)` is not about a pull request: run this on `pull_request` events, or name one")
        }
        let name = file.repository?.full_name ?? context.environment["GITHUB_REPOSITORY"] ?? ""
        guard let repository = RepositoryName(name) else {
            throw SettingsError(
                "the event file `\(path)` names no repository: name the pull request as `owner/repo#12`")
        }
        subject = Subject(repository: repository, number: number)
    }
}
