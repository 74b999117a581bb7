import Foundation

/// A file with a secret in it: readable by its owner alone, there whole or not at all.
enum PrivateFile {
    static func write(_ path: String, _ text: String) throws {
        let folder = (path as NSString).deletingLastPathComponent
        if !folder.isEmpty {
            do {
                try FileManager.default.createDirectory(
                    atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } catch {
                throw SettingsError("the folder `\(folder)` cannot be made: \(error.systemReason)")
            }
        }
        let draft = "\(path).new-\(ProcessInfo.processInfo.processIdentifier)"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else {
            throw SettingsError("`\(path)` cannot be written: \(String(cString: strerror(errno)))")
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data(text.utf8))
            try handle.synchronize()
            try handle.close()
        } catch {
            unlink(draft)
            throw SettingsError("`\(path)` cannot be written: \(error.systemReason)")
        }
        guard rename(draft, path) == 0 else {
            let reason = String(cString: strerror(errno))
            unlink(draft)
            throw SettingsError("`\(path)` cannot be written: \(reason)")
        }
    }
}
