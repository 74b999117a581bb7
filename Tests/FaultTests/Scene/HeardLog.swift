import Logging
import Synchronization

/// A log that remembers its lines, each with its level and metadata.
struct HeardLog: LogHandler {
    private final class Lines: Sendable {
        let heard = Mutex<[String]>([])
    }

    private let stored = Lines()
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    var lines: [String] { stored.heard.withLock { $0 } }

    /// A logger that writes here.
    var logger: Logger { Logger(label: "heard") { [self] _ in self } }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        let told = all.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        stored.heard.withLock { $0.append("\(event.level) \(event.message) \(told)") }
    }
}
