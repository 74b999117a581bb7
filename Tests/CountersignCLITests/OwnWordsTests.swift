import Logging
import Synchronization
import Testing

@testable import CountersignCLI

/// What libraries tell of themselves stays out of the log, unless something is wrong or somebody looks closely.
struct OwnWordsTests {
    /// Keeps what it is told.
    private struct Kept: LogHandler {
        final class Lines: Sendable {
            let told = Mutex<[String]>([])
        }

        let lines = Lines()
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { lines.told.withLock { $0.append("\(event.message) \(metadata)") } }
    }

    @Test(arguments: [
        (Logger.Level.info, ["ours [\"a\": 1]", "theirs is wrong [\"a\": 1]"]),
        (.debug, ["theirs [\"a\": 1]", "ours [\"a\": 1]", "theirs is wrong [\"a\": 1]"]),
        (.error, []),
    ])
    func librariesTellWhatIsWrong(_ level: Logger.Level, _ told: [String]) {
        let kept = Kept()
        var logger = Logger(label: "test") { _ in OwnWords(kept) }
        logger.logLevel = level
        logger[metadataKey: "a"] = "1"
        logger.info("theirs", source: "HummingbirdCore")
        logger.info("ours")
        logger.warning("theirs is wrong", source: "ServiceLifecycle")
        if level > .debug {
            // A stop that waits no longer.
            logger.error("Waiting on child channel: CancellationError()", source: "HummingbirdCore")
            logger.error("Server shutdown error: Already closed", source: "HummingbirdCore")
        }
        #expect(kept.lines.told.withLock { $0 } == told)
    }
}
