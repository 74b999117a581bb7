/// Where a token's text is put, so that the settings are not refused for it.
public enum TokenPlace: Hashable, Codable, Sendable {
    /// Into a variable, or into what fills it.
    case variable(String)
    /// Into the file that the settings name.
    case file(String)
    /// Into a new file, which a setting is to name: the one that it names now is another token's, too.
    case ownFile(String, setting: String, shared: String, with: String)
    /// Into a variable, from a secret that is not the one behind another variable.
    case ownVariable(String, shared: String)
    /// Into one of the two: it is nowhere yet.
    case either(variable: String, setting: String)

    /// The step in words.
    var lines: [String] {
        switch self {
        case .variable(let name): [Self.put("`\(name)`, or into the secret behind it")]
        case .file(let path):
            [
                Self.put("`\(path)`, in the place of what is there, and let its owner alone read it (mode 600)"),
                Self.reload,
            ]
        case .ownFile(let path, let setting, let shared, let other):
            [
                Self.put("`\(path)`, a new file that its owner alone reads (mode 600)"),
                "let `\(setting)` name `\(path)`: `\(shared)` is the file of `\(other)`, and stays as it is",
                Self.reload,
            ]
        case .ownVariable(let name, let shared):
            [Self.put("`\(name)`, from a secret of its own: what is behind `\(shared)` stays as it is")]
        case .either(let variable, let setting):
            [Self.put("`\(variable)` or the secret behind it, or into a file of mode 600 that `\(setting)` names")]
        }
    }

    static let reload = "let the service, where one runs, read it: `systemctl reload countersign`"

    private static func put(_ place: String) -> String { "put the `sha1` of the answer into \(place)" }
}
