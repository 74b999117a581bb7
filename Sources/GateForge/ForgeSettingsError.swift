/// A setting of the client that cannot be used: which one and why; never shows a secret.
public struct ForgeSettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The setting: `address`, `token`, `ca_file`, `proxy`.
    public let setting: String
    /// What is wrong with it and what would be right.
    public let problem: String

    /// A problem with a setting.
    public init(setting: String, problem: String) {
        self.setting = setting
        self.problem = problem
    }

    /// The setting and the problem in one line.
    public var description: String { "forge \(setting): \(problem)" }
}
