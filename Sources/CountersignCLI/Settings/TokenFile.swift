import GateDoctor
import GateForge

/// A file that a setting names for a token, read once.
struct TokenFile {
    /// What was read; nil where the file is not there.
    let bytes: [UInt8]?
    private let key: SettingKey
    private let path: String

    /// Reads it; what cannot be read, and may well be right, is a mistake of usage.
    init(_ key: SettingKey, _ path: String, _ context: CommandContext) throws(SettingsError) {
        self.key = key
        self.path = path
        guard !path.allSatisfy(\.isWhitespace) else {
            throw SettingsError(
                "`\(key.rawValue)` is set and empty: name the file that has \(Self.kind(key)), or leave it out")
        }
        do throws(SettingsError) {
            bytes = try Settings.read(path, context)
        } catch {
            guard error.isOfMissingFile else {
                throw SettingsError(
                    "`\(key.rawValue)`: \(error): let the user that runs this read it, or run this as the service's user "
                        + "(`sudo -u countersign`)")
            }
            bytes = nil
        }
    }

    /// The token, or what is wrong with the file.
    var content: Result<Token, CredentialEvidence.FileFault> {
        guard let bytes else { return .failure(.missing) }
        guard let text = String(validating: bytes, as: UTF8.self) else { return .failure(.noToken("it is not text")) }
        if text.allSatisfy(\.isWhitespace) { return .failure(.empty) }
        do throws(ForgeSettingsError) {
            return .success(try Token(text))
        } catch {
            return .failure(.noToken(error.problem))
        }
    }

    /// The token; a file without one is told with what to do.
    func token() throws(SettingsError) -> Token {
        let kind = Self.kind(key)
        switch content {
        case .success(let token): return token
        case .failure(.missing):
            throw SettingsError(
                "`\(key.rawValue)`: `\(path)` does not exist: write \(kind) into it (mode 600), or name the file that has it"
            )
        case .failure(.empty):
            throw SettingsError(
                path == "-"
                    ? "`\(key.rawValue)`: the standard input is empty: pass \(kind) there"
                    : "`\(key.rawValue)`: `\(path)` is empty: write \(kind) into it")
        case .failure(.noToken(let problem)):
            throw SettingsError("`\(key.rawValue)`: `\(path)`: \(problem): expected \(kind) and nothing else")
        }
    }

    private static func kind(_ key: SettingKey) -> String {
        key == .directoryTokenFile ? "the directory token" : "the service account's token"
    }
}
