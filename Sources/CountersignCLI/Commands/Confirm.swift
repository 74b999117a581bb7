import ArgumentParser
import GatePolicy
import GateService
import GateStore

/// `countersign confirm`: lets a name of a policy mean whom it means now.
struct Confirm: ContextCommand {
    static let configuration = CommandConfiguration(
        abstract: "Let a name of a policy mean whom it means now.",
        discussion: """
            A login can be freed and registered by somebody else, and a team made anew: until the policy is edited, or \
            this is said, the name is unknown and its new owner signs nothing.
            """)

    @Argument(help: "The repository as owner/repo.")
    var repository: String

    @Argument(help: "The name as @alice or @acme/qa.")
    var name: String

    @OptionGroup var service: ServiceOptions

    func run(_ context: CommandContext) async throws {
        let reader = try service.reader(context)
        let request = "\(repository) \(name)"
        if let answer = try await ControlClient(path: try reader.text(.controlSocket)).ask(.confirm, request) {
            guard answer.isDone else { throw SettingsError(answer.sentence) }
            context.output(answer.text)
            return
        }
        let text: String?
        do throws(StoreError) {
            text = try await Store.openExisting(try reader.path).confirm(request)
        } catch {
            throw SettingsError("\(error)")
        }
        guard let text else { throw SettingsError(Store.notConfirmed(request)) }
        context.output(text)
    }
}

extension Store {
    /// Lets a name mean whom it means now; the argument is `owner/repo @name`.
    /// - Returns: what was done; nil when no such name is remembered.
    func confirm(_ argument: String) async throws(StoreError) -> String? {
        let parts = argument.split(separator: " ").map(String.init)
        guard parts.count == 2, let name = RepositoryName(parts[0]),
            let repository = try await repository(named: name), try await confirm(name: parts[1], of: repository.id)
        else { return nil }
        return "`\(parts[1])` may be somebody else now in \(repository.name)\n"
    }

    static func notConfirmed(_ argument: String) -> String {
        "nothing is remembered of `\(argument)`: expected a repository and a name of its policy, `owner/repo @alice`"
    }
}
