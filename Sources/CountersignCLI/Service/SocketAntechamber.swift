import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Where a socket is made before anybody may come to it: a folder that only this user enters.
///
/// A socket has the process's usual mode at first. Closed to others only afterwards, where it can be reached, it would
/// be open for a moment.
struct SocketAntechamber: Sendable {
    private let folder: String

    /// Where to listen; shorter than any other name, for an address of a socket has 107 bytes.
    var socket: String { folder + "/s" }

    /// A folder beside the socket's place.
    init(for path: String) throws(SettingsError) {
        folder = path + ".d"
        // What an earlier process left behind.
        try? FileManager.default.removeItem(atPath: folder)
        guard mkdir(folder, 0o700) == 0 else {
            let reason =
                errno == ENOENT
                ? "its folder does not exist"
                : "a folder for it cannot be made beside it: \(String(cString: strerror(errno)))"
            throw SettingsError("`control.socket` is `\(path)`: \(reason)")
        }
    }

    /// Closes the socket to others and lets its user in: it takes the place of what an earlier process left there.
    func open(at path: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: socket)
        guard rename(socket, path) == 0 else {
            throw SettingsError(
                "`control.socket` is `\(path)`: the socket cannot be put there: \(String(cString: strerror(errno)))")
        }
        remove()
    }

    /// Leaves nothing behind.
    func remove() { try? FileManager.default.removeItem(atPath: folder) }
}
