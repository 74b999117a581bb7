import ArgumentParser
import Foundation
import GatePolicy
import GateService
import GateStore

/// Where the service is, for the commands that talk to it.
struct ServiceOptions: ParsableArguments {
    @Option(name: .long, help: "A settings file (YAML).", completion: .file())
    var settings: String?

    /// The values that matter here; tokens are not asked for.
    func reader(_ context: CommandContext) throws(SettingsError) -> SettingsReader {
        SettingsReader(values: try Settings.values([:], settings, context), context: context)
    }
}

/// `countersign status`: what a running service is doing.
struct Status: ContextCommand {
    static let configuration = CommandConfiguration(abstract: "Show what a running service is doing.")

    @OptionGroup var service: ServiceOptions

    func run(_ context: CommandContext) async throws {
        let path = try service.reader(context).text(.controlSocket)
        guard let answer = try await ControlClient(path: path).ask(.status) else {
            throw SettingsError("no service is running: nobody listens at `\(path)` (`control.socket`)")
        }
        context.output(answer.text)
        if !answer.isDone { throw ExitStatus.failure.code }
    }
}

/// `countersign reload`: has a running service read its settings, tokens and secrets anew.
struct Reload: ContextCommand {
    static let configuration = CommandConfiguration(
        abstract: "Have a running service read its settings, tokens and secrets anew.",
        discussion: """
            As SIGHUP does, and says what became of it. Settings that are refused are told, a line each, with exit code 64: \
            then the service goes on with those it has.
            """)

    @OptionGroup var service: ServiceOptions

    func run(_ context: CommandContext) async throws {
        let path: String
        do throws(SettingsError) {
            path = try service.reader(context).text(.controlSocket)
        } catch {
            // Where the service listens stands in them, too.
            context.talk("countersign: the service was not asked: it goes on with the settings it has")
            throw error
        }
        guard let answer = try await ControlClient(path: path).ask(.reload) else {
            throw SettingsError("no service is running: nobody listens at `\(path)` (`control.socket`)")
        }
        guard answer.isDone else { throw SettingsError(answer.sentence) }
        context.output(answer.text)
    }
}

/// `countersign backup FILE`: copies the store, while the service runs or not.
struct Backup: ContextCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copy the store into a file, while the service runs or not.")

    @Argument(
        help: "The file to make; it must not exist. A running service writes it as its own user.", completion: .file())
    var file: String

    @OptionGroup var service: ServiceOptions

    func run(_ context: CommandContext) async throws {
        let reader = try service.reader(context)
        // The service may run in another folder.
        let file = file.absolutePath
        try Self.requireRoom(for: file)
        if let answer = try await ControlClient(path: try reader.text(.controlSocket)).ask(.backup, file) {
            context.output(answer.text)
            if !answer.isDone { throw ExitStatus.failure.code }
            return
        }
        do throws(StoreError) {
            try Store.copy(try reader.path, to: file)
        } catch {
            throw SettingsError("\(error)")
        }
        context.output("copied to \(file)\n")
    }

    /// Refuses what is there already, and a folder that is not; what is not shown to us the service may still see.
    private static func requireRoom(for file: String) throws(SettingsError) {
        guard access(file, F_OK) != 0 else {
            throw SettingsError("`\(file)` is there already: name a file that is not")
        }
        let folder = (file as NSString).deletingLastPathComponent
        if access(folder, F_OK) != 0, errno == ENOENT {
            throw SettingsError("`\(file)` cannot be written: there is no folder `\(folder)`")
        }
    }
}

/// `countersign forget`: lets a repository be without a policy, or ends the marking of a forged status.
struct Forget: ContextCommand {
    static let configuration = CommandConfiguration(
        abstract: "Let a repository be without its policy, or clear the forged statuses of a pull request.",
        discussion: """
            A repository that had a policy and has none now is an error until this is said: somebody may have deleted \
            the policy to get in.
            """)

    @Argument(help: "A repository as owner/repo, or a pull request as owner/repo#12.")
    var subject: String

    @OptionGroup var service: ServiceOptions

    func run(_ context: CommandContext) async throws {
        let reader = try service.reader(context)
        if let answer = try await ControlClient(path: try reader.text(.controlSocket)).ask(.forget, subject) {
            guard answer.isDone else { throw SettingsError(answer.sentence) }
            context.output(answer.text)
            return
        }
        let text: String?
        do throws(StoreError) {
            text = try await Store.openExisting(try reader.path).forget(subject, now: Moment(context.now()))
        } catch {
            throw SettingsError("\(error)")
        }
        guard let text else {
            throw SettingsError(Store.notForgotten(subject))
        }
        context.output(text)
    }
}

extension SettingsReader {
    /// The store's file.
    var path: String { get throws(StoreError) { values[.store]?.first ?? SettingKey.store.standard } }
}

extension Store {
    /// Forgets that a repository had a policy, or the forged statuses of a pull request.
    /// - Returns: what was done; nil when there is nothing to forget.
    func forget(_ argument: String, now: Moment) async throws(StoreError) -> String? {
        if let subject = Subject(argument) {
            guard let repository = try await repository(named: subject.repository),
                try await clearForeignStatuses(repository.id, number: subject.number, at: now) > 0
            else { return nil }
            return "the forged statuses of \(subject) are cleared\n"
        }
        guard let name = RepositoryName(argument), let known = try await repository(named: name),
            try await forget(name)
        else { return nil }
        let unprotect =
            "still asks for `countersign: BRANCH`, take it out, for that stays pending from now on\n"
        switch known.state {
        case .managed, .broken:
            return
                "\(name) had a policy when it was last looked at: as long as it is there nothing changes, and if it goes "
                + "away after the next look, that is an error until this is said again; a branch whose policy is gone may "
                + "be without it; where the protection of such a branch \(unprotect)"
        case .lost, .unmanaged, .unknown:
            return "\(name) may be without a policy now; where the protection of a branch \(unprotect)"
        }
    }

    /// The open pull requests of the same commit, itself among them.
    func openSiblings(of subject: Subject) async throws(StoreError) -> [Int64] {
        guard let repository = try await repository(named: subject.repository),
            let head = try await pull(repository.id, subject.number)?.head
        else { return [] }
        return try await openPulls(of: repository.id, head: head).map(\.number)
    }

    /// Why nothing was forgotten.
    static func notForgotten(_ argument: String) -> String {
        Subject(argument) == nil
            ? "`\(argument)` is not known: expected `owner/repo` or `owner/repo#12`"
            : "no forged status of `\(argument)` is remembered: nothing was cleared"
    }
}
