import Foundation

extension ServiceSettings.Places {
    /// Makes sure that the store and the socket can be where they are to be, before anything is opened.
    func check() throws(SettingsError) {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: store, isDirectory: &isFolder), isFolder.boolValue {
            throw SettingsError("`store.path` is `\(store)`: that is a folder, and a file is meant")
        }
        guard Self.hasFolder(store) else {
            throw SettingsError("`store.path` is `\(store)`: its folder does not exist")
        }
        try SocketAntechamber.check(control)
    }

    /// Whether there is a folder to put a file in.
    static func hasFolder(_ path: String) -> Bool {
        let folder = (path as NSString).deletingLastPathComponent
        var isFolder: ObjCBool = false
        return folder.isEmpty
            || FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) && isFolder.boolValue
    }
}
