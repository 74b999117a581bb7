import Glibc
import Synchronization

/// Ports of this machine for programs that a test starts, each given once in a process.
///
/// They lie below those that Linux gives to connections (from 32768 on), so that none is taken between the choice and
/// the start of the program.
public enum FreePorts {
    /// All of them are taken.
    public struct NoneLeft: Error {}

    private static let candidates = 20_000..<32_000
    private static let position = Mutex(Int.random(in: candidates))

    /// A port of 127.0.0.1 that nobody listens on.
    /// - Throws: ``NoneLeft``.
    public static func take() throws(NoneLeft) -> Int {
        for _ in candidates {
            let port = position.withLock { position in
                position = position + 1 < candidates.upperBound ? position + 1 : candidates.lowerBound
                return position
            }
            if isFree(port) { return port }
        }
        throw NoneLeft()
    }

    private static func isFree(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
