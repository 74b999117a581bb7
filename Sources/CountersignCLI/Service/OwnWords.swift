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

    func log(event: LogEvent) {
        let isTold = event.level >= .warning || logLevel <= .debug || !Self.libraries.contains(event.source)
        if isTold { base.log(event: event) }
    }
}
