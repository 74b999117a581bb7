import Foundation
import Synchronization

/// One of the process's own streams: what cannot be written to it never ends a command in the middle of its work.
final class OutputStream: Sendable {
    private let handle: FileHandle
    private let state = Mutex<(isClosed: Bool, failure: String?)>((false, nil))

    init(_ handle: FileHandle) { self.handle = handle }

    /// Why not everything was written; nil when it was, or when nobody reads on.
    var failure: String? { state.withLock { $0.failure } }

    func write(_ text: String) {
        state.withLock { state in
            guard !state.isClosed else { return }
            do {
                try handle.write(contentsOf: Data(text.utf8))
            } catch {
                state.isClosed = true
                if !error.isBrokenPipe { state.failure = error.systemReason }
            }
        }
    }
}

extension Error {
    /// Whether the reader of a pipe has gone, as `head` does.
    fileprivate var isBrokenPipe: Bool { systemReason == String(cString: strerror(EPIPE)) }
}
