import CoreMetrics
import GatePolicy
import GateStore
import Logging

/// What a command may touch: handed in, so that tests run commands without a process.
public struct CommandContext: Sendable {
    /// The environment's variables.
    public var environment: [String: String]
    /// Writes data, for programs and people to read.
    public var output: @Sendable (String) -> Void
    /// Writes talk: progress, warnings, mistakes.
    public var talk: @Sendable (String) -> Void
    /// Reads a file; `-` is the standard input.
    public var readFile: @Sendable (String) throws -> [UInt8]
    /// Whether there is anything at a path.
    public var exists: @Sendable (String) -> Bool
    /// Whether a path is a symbolic link.
    public var isLink: @Sendable (String) -> Bool
    /// One spelling for all names of a file: links and folders that lead to it make no difference.
    public var realPath: @Sendable (String) -> String = { $0 }
    /// Writes a file in place of what was there.
    public var writeFile: @Sendable (String, [UInt8]) throws -> Void
    /// The time.
    public var now: @Sendable () -> Timestamp
    /// Waits, before a call is tried again.
    public var sleep: @Sendable (Duration) async throws -> Void
    /// Waits until somebody interrupts the command; false where that does not happen any more.
    public var untilInterrupted: @Sendable () async -> Bool = { false }
    /// Why the output could not be written; nil where it could, or where nobody reads it on.
    public var unwritten: @Sendable () -> String? = { nil }
    /// Asks a person for a secret without showing it; nil where there is nobody to ask.
    public var askSecret: @Sendable (String) -> String? = { _ in nil }
    /// Writes a file that only its owner can read, at once or not at all.
    public var writePrivateFile: @Sendable (_ path: String, _ text: String) throws -> Void = { path, _ in
        throw SettingsError("`\(path)` cannot be written here")
    }
    /// Takes a file away; one that is not there is away already.
    public var removeFile: @Sendable (_ path: String) throws -> Void = { _ in }
    /// The time in milliseconds, for a service.
    public var moment: @Sendable () -> Moment
    /// Puts the metrics of the whole process into a factory; once.
    public var bootstrap: @Sendable (any MetricsFactory) -> Void = { _ in }
    /// Where a service's log goes.
    public var logHandler: @Sendable (String) -> any LogHandler = { _ in SwiftLogNoOpLogHandler() }

    /// A context.
    public init(
        environment: [String: String], output: @escaping @Sendable (String) -> Void,
        talk: @escaping @Sendable (String) -> Void, readFile: @escaping @Sendable (String) throws -> [UInt8],
        isLink: @escaping @Sendable (String) -> Bool = { _ in false },
        writeFile: @escaping @Sendable (String, [UInt8]) throws -> Void = { path, _ in
            throw SettingsError("`\(path)` cannot be written here")
        },
        now: @escaping @Sendable () -> Timestamp,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.environment = environment
        self.output = output
        self.talk = talk
        self.readFile = readFile
        self.exists = { (try? readFile($0)) != nil }
        self.isLink = isLink
        self.writeFile = writeFile
        self.now = now
        self.sleep = sleep
        self.moment = { Moment(now()) }
    }
}
