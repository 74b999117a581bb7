/// Where a token's text is put, so that the settings are not refused for it.
public enum TokenPlace: Hashable, Codable, Sendable {
    /// Into a variable, or into what fills it.
    case variable(String)
    /// Into the file that the settings name.
    case file(String)
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
        case .either(let variable, let setting):
            [Self.put("`\(variable)` or the secret behind it, or into a file of mode 600 that `\(setting)` names")]
        }
    }

    static let reload = "let the service, where one runs, read it: `systemctl reload countersign`"

    private static func put(_ place: String) -> String { "put the `sha1` of the answer into \(place)" }
}
