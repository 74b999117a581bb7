import Foundation

extension String {
    /// A path as it is from every folder.
    var absolutePath: String { hasPrefix("/") ? self : "\(FileManager.default.currentDirectoryPath)/\(self)" }
}

extension String {
    /// The same for all names of a file, links among them; what is not there has at least one name for all spellings.
    var realPath: String {
        guard let real = realpath(self, nil) else { return URL(fileURLWithPath: self).standardizedFileURL.path }
        defer { free(real) }
        return String(cString: real)
    }
}
