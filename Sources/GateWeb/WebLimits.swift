import NIOCore

/// How much of an outside request is read, and how long it may take.
enum WebLimits {
    /// Bytes of all header fields of a request.
    static let headerListBytes = 32 * 1024
    /// Bytes of one header field.
    static let headerFieldBytes = 16 * 1024
    /// How many header fields there may be.
    static let headerFields = 100
    /// How long a connection may be silent.
    static let idleTimeout = TimeAmount.seconds(60)
    /// Bytes of a delivery.
    static let deliveryBytes = 4 * 1024 * 1024
    /// Bytes of all deliveries that are being read at one moment.
    static let deliveryBytesAtOnce = 64 * 1024 * 1024
    /// Bytes of a path and its query.
    static let targetBytes = 4096
    /// Rows of a table on one page.
    static let rows = 300
    /// Commands of a pull request on its page: whoever may comment can write thousands.
    static let commands = 300
    /// Entries of a pull request's history on its page.
    static let historyEntries = 50
}
