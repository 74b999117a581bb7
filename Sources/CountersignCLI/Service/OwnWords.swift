import Logging

/// A log in which libraries tell what is wrong, and the rest only to who asks for `debug`: what is begun and ended is said in
/// our own words.
struct OwnWords: LogHandler {
    private static let libraries: Set = ["Hummingbird", "HummingbirdCore", "ServiceLifecycle", "AsyncHTTPClient"]

    private var base: any LogHandler

    init(_ base: any LogHandler) { self.base = base }

    var metadataProvider: Logger.MetadataProvider? {
        get { base.metadataProvider }
        set { base.metadataProvider = newValue }
    }

    var metadata: Logger.Metadata {
        get { base.metadata }
        set { base.metadata = newValue }
    }

    var logLevel: Logger.Level {
        get { base.logLevel }
        set { base.logLevel = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { base[metadataKey: key] }
        set { base[metadataKey: key] = newValue }
    }

    /// What Hummingbird calls errors where a stop does not wait any longer for those who are connected: nothing is wrong.
    private static let endings = ["Waiting on child channel: ", "Server shutdown error: "]

    func log(event: LogEvent) {
        let isEnding = Self.endings.contains { event.message.description.hasPrefix($0) }
        let isTold =
            logLevel <= .debug || !Self.libraries.contains(event.source) || event.level >= .warning && !isEnding
        if isTold { base.log(event: event) }
    }
}
