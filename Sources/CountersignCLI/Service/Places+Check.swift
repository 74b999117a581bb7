import Foundation

extension ServiceSettings.Places {
    /// Makes sure that the store and the socket can be where they are to be, before anything is opened.
    func check() throws(SettingsError) {
        try checkNames()
        if let missing = missingFolders.first { throw SettingsError("\(missing): its folder does not exist") }
    }

    /// The same as far as no folder is needed for it.
    func checkNames() throws(SettingsError) {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: store, isDirectory: &isFolder), isFolder.boolValue {
            throw SettingsError("`store.path` is `\(store)`: that is a folder, and a file is meant")
        }
        try SocketAntechamber.check(control)
    }

    /// Settings whose file's folder is not there: a unit makes its own when it starts, and takes some away when it stops.
    var missingFolders: [String] {
        [("store.path", store), ("control.socket", control)].filter { !Self.hasFolder($0.1) }
            .map { "`\($0.0)` is `\($0.1)`" }
    }

    /// Whether there is a folder to put a file in.
    static func hasFolder(_ path: String) -> Bool {
        let folder = (path as NSString).deletingLastPathComponent
        var isFolder: ObjCBool = false
        return folder.isEmpty
            || FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) && isFolder.boolValue
    }
}
