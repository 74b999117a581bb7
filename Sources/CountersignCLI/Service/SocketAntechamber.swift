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

    /// Bytes that an address of a socket may have.
    private static let maximumBytes = 107

    /// Makes sure that a socket can be at a place, as far as that can be seen.
    static func check(_ path: String) throws(SettingsError) {
        let most = maximumBytes - ".d/s".utf8.count
        let problem: String? =
            if path.utf8.count > most {
                "it is longer than \(most) bytes"
            } else if FileManager.default.fileExists(atPath: path), !isSocket(path) {
                "something else than a socket is there"
            } else {
                nil
            }
        if let problem { throw SettingsError("`control.socket` is `\(path)`: \(problem)") }
    }

    /// A folder beside the socket's place.
    init(for path: String) throws(SettingsError) {
        folder = path + ".d"
        try Self.check(path)
        // What an earlier process left behind.
        remove()
        guard mkdir(folder, 0o700) == 0 else {
            throw SettingsError(
                "`control.socket` is `\(path)`: the folder `\(folder)` cannot be made for it: "
                    + String(cString: strerror(errno)))
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

    /// Leaves nothing behind, and takes nothing away that is somebody else's.
    func remove() {
        // A link is no folder of ours: nothing behind it is touched.
        if Self.type(folder) == .typeSymbolicLink {
            unlink(folder)
        } else {
            unlink(socket)
            rmdir(folder)
        }
    }

    /// Takes a socket away; anything else stays.
    static func remove(at path: String) { if isSocket(path) { unlink(path) } }

    private static func isSocket(_ path: String) -> Bool { type(path) == .typeSocket }

    private static func type(_ path: String) -> FileAttributeType? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
    }
}
