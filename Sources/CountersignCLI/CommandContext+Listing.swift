import Foundation

extension CommandContext {
    /// Folders that hold no tests of anybody's own.
    private static let passedOver: Set<String> = [".git", ".build", "node_modules"]

    /// The test files that a path means: itself, or every `*.test.yml` under a folder, in the order of their names.
    func testFiles(_ path: String) throws(SettingsError) -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw SettingsError(missing: path)
        }
        guard isFolder.boolValue else { return [path] }
        guard let enumerator = FileManager.default.enumerator(atPath: path) else {
            throw SettingsError("`\(path)` cannot be listed")
        }
        var found: [String] = []
        while let file = enumerator.nextObject() as? String {
            let name = file.split(separator: "/").last.map(String.init) ?? file
            if Self.passedOver.contains(name) {
                enumerator.skipDescendants()
            } else if name.hasSuffix(".test.yml") || name.hasSuffix(".test.yaml") {
                found.append(path == "." ? file : path.hasSuffix("/") ? path + file : "\(path)/\(file)")
            }
        }
        if found.isEmpty { throw SettingsError("there is no `*.test.yml` in `\(path)`") }
        return found.sorted()
    }
}
