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
        let reader = SettingsReader(values: values, context: context)
        let publicAddress = try reader.value(.publicURL, "an address such as `https://gate.example.org`") {
            PublicAddress($0)
        }
        let secrets = try WebSecrets.Values(
            hook: Self.hookSecrets(reader), pages: Self.pageKeys(reader), operators: Self.operatorToken(reader))
        if publicAddress != nil, secrets.pages == nil {
            throw SettingsError(
                "`pages.public_url` is set and `pages.secret` is not: it makes the keys in the statuses' links "
                    + "(`openssl rand -hex 32` makes one)")
        }
        let gate = try gate(reader)
        let places = ServiceSettings.Places(
            store: try reader.text(.store), listen: try Self.address(.listen, reader),
            operatorsListen: try Self.address(.pagesListen, reader), control: try reader.text(.controlSocket),
            forge: "\(forge.address)", publicAddress: publicAddress, concurrency: gate.concurrency,
            logLevel: try reader.required(.logLevel, "`trace`, `debug`, `info`, `notice`, `warning` or `error`") {
                Logger.Level(rawValue: $0)
            })
        guard places.listen.port == 0 || places.listen != places.operatorsListen else {
            throw SettingsError("`listen` and `pages.listen` are both `\(places.listen)`: give each its own port")
        }
        return ServiceSettings(places: places, gate: gate, secrets: secrets, bypasses: try Self.bypasses(reader))
    }

    private func gate(_ reader: SettingsReader) throws(SettingsError) -> GateSettings {
        let repositories: RepositorySelection
        do throws(RepositorySelection.Mistake) {
            let patterns = reader.list(.repositories)
            guard reader.values[.repositories] == nil || !patterns.isEmpty else {
                throw RepositorySelection.Mistake.nothing
            }
            repositories = try patterns.isEmpty ? .all : RepositorySelection(patterns)
        } catch {
            throw SettingsError("`repositories`: \(error)")
        }
        func seconds(_ key: SettingKey, _ range: ClosedRange<Int64>) throws(SettingsError) -> Int64 {
            try reader.number(key, range)
        }
        return GateSettings(
            deciding: deciding, repositories: repositories,
            concurrency: Int(try reader.number(.concurrency, 1...64)),
            peopleSeconds: try seconds(.peopleSeconds, 0...600),
            backgroundCalls: Double(try reader.number(.backgroundCalls, 1...1000)),
            periods: ReconcilePeriods(
                green: .seconds(try seconds(.greenSeconds, 10...3600)),
                active: .seconds(try seconds(.activeSeconds, 10...86_400)),
                all: .seconds(try seconds(.allSeconds, 60...86_400))
            ),
            retention: Retention(closedPulls: .seconds(try reader.number(.retentionDays, 1...3650) * 86_400)),
            longPending: .seconds(try reader.number(.pendingDays, 1...365) * 86_400),
            commentsOnBypass: try reader.required(.bypassComment, "`true` or `false`") { Bool($0) })
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
