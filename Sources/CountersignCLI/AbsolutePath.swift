import Foundation

extension String {
    /// A path as it is from every folder.
    var absolutePath: String { hasPrefix("/") ? self : "\(FileManager.default.currentDirectoryPath)/\(self)" }
}
