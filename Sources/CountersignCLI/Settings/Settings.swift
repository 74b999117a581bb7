import Configuration
import GateForge
import GatePolicy
import GateService

/// The settings of a run, checked: flags before the environment before the settings file.
struct Settings: Sendable {
    var forge: ForgeSettings
    var deciding: DecidingSettings
    /// Every value that was given, by key.
    var values: [SettingKey: [String]]

    /// Reads and checks every setting.
    /// - Parameters:
    ///   - flags: what the command line gave, by key.
    ///   - file: the path of the settings file, if one was named.
    ///   - server: the address of the forge that runs us, in CI.
    init(
        flags: [SettingKey: String], file: String?, server: String?, _ context: CommandContext
    ) throws(SettingsError) {
        let values = try Self.values(flags, file, context)
        self.values = values
        func text(_ key: SettingKey) -> String? { values[key]?.first }
        var mistakes = SettingsMistakes()
        let address = mistakes.noting { () throws(SettingsError) in try Self.address(text(.forgeURL) ?? server) }
        let token = mistakes.noting { () throws(SettingsError) in
            guard let token = try Self.token(.token, .tokenFile, text, context) else {
                throw SettingsError(
                    "the service account's token is missing: set `\(SettingKey.token.variable)`, or name a file with it "
                        + "in `\(SettingKey.tokenFile.variable)` or `--token-file`")
            }
            return token
        }
        let directory = mistakes.noting { () throws(SettingsError) in
            try Self.token(.directoryToken, .directoryTokenFile, text, context)
        }
        let deadline = mistakes.noting { () throws(SettingsError) in try Self.deadline(text(.deadline)) }
        let proxy = mistakes.noting { () throws(SettingsError) in try Self.proxy(text(.proxy)) }
        let usesOrganizationPolicy = mistakes.noting { () throws(SettingsError) in
            try Self.organizationPolicy(text(.organizationPolicy))
        }
        let contexts = mistakes.noting { () throws(SettingsError) in
            try Self.contexts(values[.allowedContexts] ?? [])
        }
        let includes = mistakes.noting { () throws(SettingsError) in
            try Self.repositories(values[.allowedIncludes] ?? [])
        }
        try mistakes.requireNone()
        do {
            forge = try ForgeSettings(
                address: mistakes.value(address), token: mistakes.value(token),
                directoryToken: mistakes.value(directory), caFile: text(.caFile), proxy: mistakes.value(proxy),
                version: Version.current,
                deadline: mistakes.value(deadline), retry: RetryPolicy(sleep: context.sleep))
        } catch let error as ForgeSettingsError {
            throw SettingsError(error.description)
        } catch let error as SettingsError {
            throw error
        } catch {
            throw SettingsError("\(error)")
        }
        deciding = DecidingSettings(
            usesOrganizationPolicy: try mistakes.value(usesOrganizationPolicy),
            allowedContexts: try mistakes.value(contexts), allowedIncludes: try mistakes.value(includes))
    }

    /// The forge's address as it is written, once it can be read.
    private static func address(_ text: String?) throws(SettingsError) -> String {
        guard let text, !text.isEmpty else {
            throw SettingsError(
                "the forge's address is missing: give `--forge URL`, or set `\(SettingKey.forgeURL.variable)` or `forge.url`"
            )
        }
        do throws(ForgeSettingsError) { _ = try BaseAddress(text) } catch { throw SettingsError(error.description) }
        return text
    }

    private static func proxy(_ text: String?) throws(SettingsError) -> String? {
        guard let text else { return nil }
        do throws(ForgeSettingsError) { _ = try ProxyAddress(text) } catch { throw SettingsError(error.description) }
        return text
    }

    /// Every value that was given, by key: flags before the environment before the settings file.
    static func values(
        _ flags: [SettingKey: String], _ file: String?, _ context: CommandContext
    ) throws(SettingsError) -> [SettingKey: [String]] {
        let reader = try reader(flags, file, context)
        var values: [SettingKey: [String]] = [:]
        for key in SettingKey.allCases {
            let name = ConfigKey(key.rawValue)
            values[key] =
                key.isList
                ? reader.stringArray(forKey: name)
                : reader.string(forKey: name, isSecret: key.isSecret).map { [$0] }
        }
        return values
    }

    private static func reader(
        _ flags: [SettingKey: String], _ file: String?, _ context: CommandContext
    ) throws(SettingsError) -> ConfigReader {
        // An administrator's code is no setting: it is for one command.
        let names = context.environment.keys.filter { $0 != AdministratorOptions.codeVariable }
        for name in names.sorted() where name.hasPrefix("COUNTERSIGN_") {
            guard SettingKey.allCases.contains(where: { $0.variable == name }) else {
                let known = SettingKey.allCases.map(\.variable)
                let similar = Suggestion.nearest(to: name, among: known).map { "; did you mean `\($0)`?" }
                throw SettingsError(
                    "there is no setting for the variable `\(name)`"
                        + (similar ?? "; there are \(known.map { "`\($0)`" }.joined(separator: ", "))"))
            }
        }
        var given: [AbsoluteConfigKey: ConfigValue] = [:]
        for (key, value) in flags {
            given[AbsoluteConfigKey(ConfigKey(key.rawValue))] = ConfigValue(.string(value), isSecret: false)
        }
        var filed: [AbsoluteConfigKey: ConfigValue] = [:]
        if let file {
            for (key, values) in try SettingsFile(try read(file, context), path: file).values {
                let content: ConfigContent =
                    SettingKey(rawValue: key)?.isList == true ? .stringArray(values) : .string(values[0])
                filed[AbsoluteConfigKey(ConfigKey(key))] = ConfigValue(content, isSecret: false)
            }
        }
        return ConfigReader(providers: [
            InMemoryProvider(name: "command line", values: given),
            EnvironmentVariablesProvider(
                environmentVariables: context.environment, secretsSpecifier: .all, bytesDecoder: .base64
            ).prefixKeys(with: "countersign"),
            InMemoryProvider(name: "settings file", values: filed),
        ])
    }

    static func read(_ path: String, _ context: CommandContext) throws(SettingsError) -> [UInt8] {
        do {
            return try context.readFile(path)
        } catch let error as SettingsError {
            throw error
        } catch {
            throw SettingsError("`\(path)` cannot be read: \(error.systemReason)")
        }
    }

    /// A file that a setting names.
    static func read(_ key: SettingKey, _ path: String, _ context: CommandContext) throws(SettingsError) -> [UInt8] {
        guard !path.allSatisfy(\.isWhitespace) else { throw SettingsError("`\(key.rawValue)` is set and empty") }
        do {
            return try read(path, context)
        } catch {
            throw SettingsError("`\(key.rawValue)`: \(error)")
        }
    }

    /// A credential from its variable or its file; set but empty is a mistake of its own.
    private static func token(
        _ key: SettingKey, _ fileKey: SettingKey, _ text: (SettingKey) -> String?, _ context: CommandContext
    ) throws(SettingsError) -> Token? {
        let value = text(key)
        let file = text(fileKey)
        guard value == nil || file == nil else {
            throw SettingsError("`\(key.rawValue)` and `\(fileKey.rawValue)` are both set: which is meant?")
        }
        if let value, value.allSatisfy(\.isWhitespace) {
            throw SettingsError(
                "`\(key.variable)` is set and empty: in CI that happens when the secret it comes from does not exist, "
                    + "or is not given to this repository or event")
        }
        guard var secret = value else {
            guard let file else { return nil }
            return try TokenFile(fileKey, file, context).token()
        }
        secret.makeContiguousUTF8()
        do {
            return try Token(secret)
        } catch {
            throw SettingsError("`\(key.rawValue)`: \(error.problem)")
        }
    }

    private static func deadline(_ text: String?) throws(SettingsError) -> Duration {
        guard let text else { return .seconds(20) }
        let isPlain = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
        guard isPlain, let seconds = Double(text), (0.1...600).contains(seconds) else {
            throw SettingsError("`forge.deadline` is `\(text)`: expected seconds from 0.1 to 600")
        }
        return .seconds(seconds)
    }

    private static func organizationPolicy(_ text: String?) throws(SettingsError) -> Bool {
        switch text {
        case nil, "default": return true
        case "none": return false
        case .some(let other):
            throw SettingsError("`organization_policy` is `\(other)`: expected `default` or `none`")
        }
    }

    private static func repositories(_ items: [String]) throws(SettingsError) -> [RepositoryName] {
        try items.map { (item) throws(SettingsError) in
            guard let name = RepositoryName(item.filter { !$0.isWhitespace }) else {
                throw SettingsError("`include.allow`: `\(item)` is not a repository: expected `owner/repository`")
            }
            return name
        }
    }

    private static func contexts(_ items: [String]) throws(SettingsError) -> [DecidingSettings.AllowedContext] {
        let rules = try items.map { (item) throws(SettingsError) in
            if let separator = item.ranges(of: " = ").last {
                let branch = item[separator.upperBound...].filter { !$0.isWhitespace }
                let context = String(item[..<separator.lowerBound])
                guard !branch.isEmpty, !context.allSatisfy(\.isWhitespace) else {
                    throw SettingsError("`contexts.allow`: `\(item)`: expected a context, ` = ` and a branch")
                }
                try requireNotOurs(context)
                return DecidingSettings.AllowedContext(context: context, branch: branch)
            }
            guard item.contains("{base}") else {
                throw SettingsError(
                    "`contexts.allow`: `\(item)` does not say which branch it is for: write `\(item) = main` "
                        + "(a green given for one base would open another)")
            }
            guard item.ranges(of: "{base}").count == 1 else {
                throw SettingsError("`contexts.allow`: `\(item)`: expected `{base}` once")
            }
            try requireNotOurs(item)
            return DecidingSettings.AllowedContext(context: item, branch: nil)
        }
        try checkApart(rules)
        return rules
    }

    /// What begins like the names that we give ourselves no policy may use.
    private static func requireNotOurs(_ context: String) throws(SettingsError) {
        guard context.beginsExactly(with: "countersign:") || context.beginsExactly(with: "countersign/") else { return }
        throw SettingsError(
            "`contexts.allow`: `\(context)`: no policy can use a context that begins with `countersign:` or "
                + "`countersign/`: leave it out")
    }

    /// A status of one base must never be that of another.
    private static func checkApart(_ rules: [DecidingSettings.AllowedContext]) throws(SettingsError) {
        for (number, rule) in rules.enumerated() {
            for other in rules[number...] where rule.canOpenAnotherBase(other) {
                if let one = rule.branch, let two = other.branch, rule.context.isExactly(other.context) {
                    throw SettingsError(
                        "`contexts.allow`: `\(rule.context)` stands twice, for `\(one)` and for `\(two)`: a green given for one "
                            + "would open the other: leave one of them out, or write `{base}` into the context, apart from the rest by a blank"
                    )
                }
                let both = rule == other ? "`\(rule.context)`" : "`\(rule.context)` and `\(other.context)`"
                throw SettingsError(
                    "`contexts.allow`: \(both) can name the same status for two branches, so that a green given for "
                        + "one would open the other: set `{base}` apart by a blank or `:`, which no branch's name has")
            }
        }
    }
}
