import Foundation
import GatePolicy
import Synchronization

@testable import CountersignCLI

/// A place to run commands at: an environment and some files, and no forge.
struct Desk {
    /// How a command ended.
    struct Ended {
        var status: Int32
        var output: String
        var talk: String

        /// All that is told, the standard error first.
        var told: String { talk + (talk.isEmpty ? "" : "---\n") + output + "--- exit \(status)\n" }
    }

    var environment: [String: String] = [:]
    var files: [String: String] = [:]
    /// A folder of the disk whose files are at hand, too.
    var folder: String?
    /// Paths where something is that cannot be read.
    var unreadable: Set<String> = []
    /// Paths that are symbolic links.
    var links: Set<String> = []

    /// A context without streams.
    var context: CommandContext { context(output: { _ in }, talk: { _ in }) }

    private func context(
        output: @escaping @Sendable (String) -> Void, talk: @escaping @Sendable (String) -> Void
    ) -> CommandContext {
        var context = CommandContext(
            environment: environment, output: output, talk: talk,
            readFile: { [files, folder, unreadable] path in
                if let folder, path.hasPrefix(folder), let bytes = FileManager.default.contents(atPath: path) {
                    return Array(bytes)
                }
                if unreadable.contains(path) { throw SettingsError("`\(path)` cannot be read: Is a directory") }
                guard let text = files[path] else { throw SettingsError(missing: path) }
                return Array(text.utf8)
            },
            isLink: { [links] in links.contains($0) },
            now: { Timestamp(seconds: 1_780_000_000) }, sleep: { _ in })
        let exists = context.exists
        context.exists = { [unreadable] path in unreadable.contains(path) || exists(path) }
        return context
    }

    func run(_ arguments: String...) async -> Ended { await run(arguments) }

    func run(_ arguments: [String]) async -> Ended {
        let output = Mutex("")
        let talk = Mutex("")
        let status = await Countersign.run(
            arguments,
            context(
                output: { text in output.withLock { $0 += text } },
                talk: { text in talk.withLock { $0 += text + "\n" } }))
        return Ended(status: status, output: output.withLock { $0 }, talk: talk.withLock { $0 })
    }

    /// The settings, or the sentence that says why not.
    func settings(file: String? = nil) -> Result<Settings, SettingsError> {
        do throws(SettingsError) {
            return .success(try Settings(flags: [:], file: file, server: nil, context))
        } catch {
            return .failure(error)
        }
    }
}
