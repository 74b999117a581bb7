import GateForge
import GateService
import GateStore
import GateWeb
import Logging

/// The settings that only `countersign serve` has, checked.
struct ServiceSettings: Sendable {
    /// What cannot change while the service runs.
    struct Places: Hashable, Sendable {
        /// The store's file.
        var store: String
        /// Where deliveries and single pages come in.
        var listen: ListenAddress
        /// Where operators see everything.
        var operatorsListen: ListenAddress
        /// The operator's door.
        var control: String
        /// The forge.
        var forge: String
        /// Where browsers find the pages.
        var publicAddress: PublicAddress?
        /// How many evaluations run side by side.
        var concurrency: Int
        /// What is logged.
        var logLevel: Logger.Level

        /// The settings that differ.
        func changes(to other: Places) -> [SettingKey] {
            func one(_ key: SettingKey, _ value: KeyPath<Places, some Equatable>) -> SettingKey? {
                self[keyPath: value] == other[keyPath: value] ? nil : key
            }
            return [
                one(.forgeURL, \.forge), one(.store, \.store), one(.listen, \.listen),
                one(.pagesListen, \.operatorsListen), one(.publicURL, \.publicAddress), one(.controlSocket, \.control),
                one(.concurrency, \.concurrency), one(.logLevel, \.logLevel),
            ].compactMap { $0 }
        }
    }

    /// Where bypasses are told.
    struct BypassAddress: Hashable, Sendable {
        /// An address.
        var address: String
        /// What signs the messages; nil for nothing.
        var secret: String?
    }

    var places: Places
    var gate: GateSettings
    var secrets: WebSecrets.Values
    var bypasses: BypassAddress?
}

extension Settings {
    /// The settings of the service.
    func service(_ context: CommandContext) throws(SettingsError) -> ServiceSettings {
        try Self.service(values, deciding, forge: "\(forge.address)", context)
    }

    /// What is wrong with the settings of the service alone, whatever is wrong with others.
    static func mistakesOfService(
        _ values: [SettingKey: [String]], _ context: CommandContext
    ) -> [SettingsError] {
        do throws(SettingsError) {
            _ = try service(values, DecidingSettings(), forge: "", context)
            return []
        } catch { return error.parts.isEmpty ? [error] : error.parts }
    }

    private static func service(
        _ values: [SettingKey: [String]], _ deciding: DecidingSettings, forge: String, _ context: CommandContext
    ) throws(SettingsError) -> ServiceSettings {
        let reader = SettingsReader(values: values, context: context)
        var mistakes = SettingsMistakes()
        let publicAddress = mistakes.noting { () throws(SettingsError) in
            try reader.value(.publicURL, "an address such as `https://gate.example.org`") { PublicAddress($0) }
        }
        let hook = mistakes.noting { () throws(SettingsError) in try hookSecrets(reader) }
        let pages = mistakes.noting { () throws(SettingsError) in try pageKeys(reader) }
        let operators = mistakes.noting { () throws(SettingsError) in try operatorToken(reader) }
        if case .some(.some) = publicAddress, case .some(.none) = pages {
            mistakes.note(
                SettingsError(
                    "`pages.public_url` is set and `pages.secret` is not: it makes the keys in the statuses' links "
                        + "(`openssl rand -hex 32` makes one)"))
        }
        let gate = Self.gate(reader, deciding, &mistakes)
        let listen = mistakes.noting { () throws(SettingsError) in try address(.listen, reader) }
        let operatorsListen = mistakes.noting { () throws(SettingsError) in try address(.pagesListen, reader) }
        if let listen, listen.port != 0, listen == operatorsListen {
            mistakes.note(SettingsError("`listen` and `pages.listen` are both `\(listen)`: give each its own port"))
        }
        let store = mistakes.noting { () throws(SettingsError) in try reader.text(.store) }
        let control = mistakes.noting { () throws(SettingsError) in try reader.text(.controlSocket) }
        let logLevel = mistakes.noting { () throws(SettingsError) in
            try reader.required(.logLevel, "`trace`, `debug`, `info`, `notice`, `warning` or `error`") {
                Logger.Level(rawValue: $0)
            }
        }
        let bypasses = mistakes.noting { () throws(SettingsError) in try Self.bypasses(reader) }
        try mistakes.requireNone()
        let settings = try mistakes.value(gate)
        let places = ServiceSettings.Places(
            store: try mistakes.value(store), listen: try mistakes.value(listen),
            operatorsListen: try mistakes.value(operatorsListen), control: try mistakes.value(control), forge: forge,
            publicAddress: try mistakes.value(publicAddress), concurrency: settings.concurrency,
            logLevel: try mistakes.value(logLevel))
        let secrets = WebSecrets.Values(
            hook: try mistakes.value(hook), pages: try mistakes.value(pages), operators: try mistakes.value(operators))
        return ServiceSettings(
            places: places, gate: settings, secrets: secrets, bypasses: try mistakes.value(bypasses))
    }

    private static func gate(
        _ reader: SettingsReader, _ deciding: DecidingSettings, _ mistakes: inout SettingsMistakes
    ) -> GateSettings? {
        let repositories = mistakes.noting { () throws(SettingsError) in try selection(reader.values) }
        var numbers: [SettingKey: Int64] = [:]
        for key in SettingKey.allCases where key.range != nil {
            numbers[key] = mistakes.noting { () throws(SettingsError) in try reader.number(key) }
        }
        let comments = mistakes.noting { () throws(SettingsError) in
            try reader.required(.bypassComment, "`true` or `false`") { Bool($0) }
        }
        guard let repositories, let comments, mistakes.error == nil else { return nil }
        func seconds(_ key: SettingKey) -> Duration { .seconds(numbers[key] ?? 0) }
        return GateSettings(
            deciding: deciding, repositories: repositories, concurrency: Int(numbers[.concurrency] ?? 0),
            peopleSeconds: numbers[.peopleSeconds] ?? 0, backgroundCalls: Double(numbers[.backgroundCalls] ?? 0),
            periods: ReconcilePeriods(
                green: seconds(.greenSeconds), active: seconds(.activeSeconds), all: seconds(.allSeconds)),
            retention: Retention(closedPulls: seconds(.retentionDays) * 86_400),
            longPending: seconds(.pendingDays) * 86_400, commentsOnBypass: comments)
    }

    /// The repositories that the service gates, by the values that were given.
    static func selection(_ values: [SettingKey: [String]]) throws(SettingsError) -> RepositorySelection {
        do throws(RepositorySelection.Mistake) {
            let patterns = values[.repositories] ?? []
            guard values[.repositories] == nil || !patterns.isEmpty else {
                throw RepositorySelection.Mistake.nothing
            }
            return try patterns.isEmpty ? .all : RepositorySelection(patterns)
        } catch {
            throw SettingsError("`repositories`: \(error)")
        }
    }

    private static func bypasses(_ reader: SettingsReader) throws(SettingsError) -> ServiceSettings.BypassAddress? {
        let secrets = try reader.secrets(.bypassSecret, .bypassSecretFile)
        let address = try reader.value(.bypassWebhook, "an address such as `https://hooks.example.org/countersign`") {
            ["https://", "http://"].contains(where: $0.hasPrefix) && !$0.contains(where: \.isWhitespace) ? $0 : nil
        }
        guard secrets.count <= 1 else { throw SettingsError("`bypass.secret`: expected one secret") }
        if let secret = secrets.first, secret.utf8.count < WebhookSecrets.minimumBytes {
            throw SettingsError(
                "`bypass.secret`: the secret is shorter than \(WebhookSecrets.minimumBytes) bytes: `openssl rand -hex 32` "
                    + "makes one")
        }
        guard let address else {
            guard secrets.isEmpty else { throw SettingsError("`bypass.secret` is set and `bypass.webhook` is not") }
            return nil
        }
        return .init(address: address, secret: secrets.first)
    }

    private static func address(_ key: SettingKey, _ reader: SettingsReader) throws(SettingsError) -> ListenAddress {
        try reader.required(key, "`host:port`") { ListenAddress($0) }
    }

    private static func hookSecrets(_ reader: SettingsReader) throws(SettingsError) -> WebhookSecrets {
        let texts = try reader.secrets(.hookSecret, .hookSecretFile)
        guard !texts.isEmpty else {
            throw SettingsError(
                "the webhook's secret is missing: set `\(SettingKey.hookSecret.variable)`, or name a file with it in "
                    + "`\(SettingKey.hookSecretFile.variable)` (`openssl rand -hex 32` makes one)")
        }
        do throws(ForgeSettingsError) {
            return try WebhookSecrets(texts)
        } catch {
            throw SettingsError("`hook.secret`: \(error.problem)")
        }
    }

    private static func pageKeys(_ reader: SettingsReader) throws(SettingsError) -> PageKeys? {
        let texts = try reader.secrets(.pagesSecret, .pagesSecretFile)
        if texts.isEmpty { return nil }
        guard let keys = PageKeys(secrets: texts) else {
            throw SettingsError("`pages.secret`: a secret is shorter than \(PageKeys.minimumBytes) bytes")
        }
        return keys
    }

    private static func operatorToken(_ reader: SettingsReader) throws(SettingsError) -> OperatorToken? {
        let texts = try reader.secrets(.operatorToken, .operatorTokenFile)
        guard let text = texts.first else { return nil }
        guard texts.count == 1, let token = OperatorToken(text) else {
            throw SettingsError(
                "`pages.operator_token`: expected one token of at least \(OperatorToken.minimumBytes) bytes without blanks"
            )
        }
        return token
    }
}
