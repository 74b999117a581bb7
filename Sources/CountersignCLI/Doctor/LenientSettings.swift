import GateDoctor
import GateForge

/// Settings in which a token may be missing or empty: to the doctor that is a finding, not a mistake of usage.
struct LenientSettings {
    /// A text that is no token, sent where there is none: the forge then says so itself.
    fileprivate static let noToken = "countersign-has-no-token"
    /// Variables that hold CI's own token.
    private static let ownVariables = ["GITEA_TOKEN", "GITHUB_TOKEN", "FORGEJO_TOKEN", "ACTIONS_RUNTIME_TOKEN"]

    var settings: Settings
    var tokens: [Credential: Examiner.TokenSetting] = [:]

    init(
        flags: [SettingKey: String], file: String?, server: String?, _ context: CommandContext
    ) throws(SettingsError) {
        var lenient = context
        var files = TokenFiles(context)
        let pairs: [(Credential, SettingKey, SettingKey)] = [
            (.service, .token, .tokenFile), (.directory, .directoryToken, .directoryTokenFile),
        ]
        var settings: [Credential: Examiner.TokenSetting] = [:]
        for (credential, key, fileKey) in pairs {
            guard let value = context.environment[key.variable] else {
                let path =
                    flags[fileKey] ?? context.environment[fileKey.variable]
                    ?? Self.value(of: fileKey, in: file, context)
                var origin = CredentialEvidence.Origin.missing
                if let path { origin = try files.origin(fileKey, path) }
                settings[credential] = .init(origin: origin)
                continue
            }
            guard !value.allSatisfy(\.isWhitespace) else {
                lenient.environment[key.variable] = nil
                settings[credential] = .init(origin: .empty(variable: key.variable))
                continue
            }
            let own = Self.ownVariables.first { name in
                context.environment[name].map { !$0.isEmpty && $0.utf8.elementsEqual(value.utf8) } ?? false
            }
            settings[credential] = .init(origin: .set(key.variable), sameAsVariable: own)
        }
        lenient.readFile = files.readFile
        switch settings[.service]?.origin {
        case .set, .without: break
        case .empty, .missing, nil: lenient.environment[SettingKey.token.variable] = Self.noToken
        }
        self.settings = try Settings(flags: flags, file: file, server: server, lenient)
        Self.separate(&settings, context)
        if case .without? = settings[.directory]?.origin { self.settings.forge.directoryToken = nil }
        if let directory = self.settings.forge.directoryToken, directory == self.settings.forge.token {
            for credential in settings.keys { settings[credential]?.isTheOther = true }
        }
        tokens = settings
    }

    /// The files of both tokens; each is read once, for what comes out of a pipe is gone then.
    private struct TokenFiles {
        private let context: CommandContext
        private var held: [String: [UInt8]] = [:]
        private var withoutToken: Set<String> = []

        init(_ context: CommandContext) { self.context = context }

        /// What a file holds; the second key that names it is told the same as the first.
        mutating func origin(_ key: SettingKey, _ path: String) throws(SettingsError) -> CredentialEvidence.Origin {
            guard path != "-" else { return .set(key.rawValue, path: path) }
            var reading = context
            if let bytes = held[path] { reading.readFile = { _ in bytes } }
            let file = try TokenFile(key, path, reading)
            held[path] = file.bytes
            guard case .failure(let fault) = file.content else { return .set(key.rawValue, path: path) }
            withoutToken.insert(path)
            return .without(setting: key.rawValue, path: path.absolutePath, fault)
        }

        /// The same files, with a text that is no token where there is none.
        var readFile: @Sendable (String) throws -> [UInt8] {
            { [context, held, withoutToken] path in
                if withoutToken.contains(path) { return Array(LenientSettings.noToken.utf8) }
                return try held[path] ?? context.readFile(path)
            }
        }
    }

    /// Notes of tokens that one file is for, by whatever names, where each could have one of its own.
    private static func separate(_ settings: inout [Credential: Examiner.TokenSetting], _ context: CommandContext) {
        let paths = settings.compactMapValues { $0.origin.path }
        guard paths.count > 1, Set(paths.values.map(context.realPath)).count == 1 else { return }
        for (credential, path) in paths {
            let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
            let name = folder + (credential == .directory ? "forge-directory-token" : "forge-token")
            let numbered = (2...).lazy.map { "\(name)-\($0)" }
            settings[credential]?.ownFile = context.exists(name) ? numbered.first { !context.exists($0) } : name
        }
    }

    private static func value(of key: SettingKey, in file: String?, _ context: CommandContext) -> String? {
        guard let file, let bytes = try? context.readFile(file) else { return nil }
        return (try? SettingsFile(bytes, path: file))?.values[key.rawValue]?.first
    }
}
