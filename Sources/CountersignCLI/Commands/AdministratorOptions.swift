import ArgumentParser
import GateForge

/// What an administrator lends for one command: never stored, never shown.
struct AdministratorOptions: ParsableArguments {
    @Option(name: .long, help: "A file with an administrator's token; - is the standard input.", completion: .file())
    var administratorTokenFile: String?

    @Option(name: .long, help: "An administrator's login; the password is asked for, or read from a file.")
    var administrator: String?

    @Option(
        name: .long, help: "A file with that administrator's password; - is the standard input.", completion: .file())
    var administratorPasswordFile: String?

    @Option(
        name: .long,
        help:
            "A code of two-factor authentication; everybody on this machine sees it in the list of processes, so rather use the file, COUNTERSIGN_ADMINISTRATOR_CODE or the question."
    )
    var administratorCode: String?

    @Option(name: .long, help: "A file with that code.", completion: .file())
    var administratorCodeFile: String?

    /// The variable that the code may stand in.
    static let codeVariable = "COUNTERSIGN_ADMINISTRATOR_CODE"

    /// The credential; nil when none is lent.
    func credential(_ context: CommandContext) throws(SettingsError) -> AdministratorCredential? {
        guard let login = administrator else {
            guard administratorPasswordFile == nil, administratorCode == nil, administratorCodeFile == nil else {
                throw SettingsError("whose password is it? Give `--administrator LOGIN`")
            }
            guard let file = administratorTokenFile else { return nil }
            do {
                return AdministratorCredential(token: try Token(try text(file, context)))
            } catch let error as ForgeSettingsError {
                throw SettingsError("`--administrator-token-file`: \(error.problem)")
            } catch {
                throw SettingsError("\(error)")
            }
        }
        guard administratorTokenFile == nil else {
            throw SettingsError("`--administrator` and `--administrator-token-file` are both given: which is meant?")
        }
        let password: String
        var code = try code(context)
        if let file = administratorPasswordFile {
            password = try text(file, context)
        } else {
            guard let asked = context.askSecret("password of \(login): ") else {
                throw SettingsError(
                    "the password of `\(login)` is missing: give `--administrator-password-file`, or run this in a terminal"
                )
            }
            password = asked
            if code == nil, let asked = context.askSecret("code of two-factor authentication (none: Enter): ") {
                code = Self.trimmed(asked)
            }
        }
        do {
            return try AdministratorCredential(
                login: login,
                password: String(password.drop { $0.isNewline }.reversed().drop { $0.isNewline }.reversed()),
                code: code)
        } catch {
            throw SettingsError("`--administrator`: \(error.problem)")
        }
    }

    /// The code that was given; nil for none.
    private func code(_ context: CommandContext) throws(SettingsError) -> String? {
        guard administratorCode == nil || administratorCodeFile == nil else {
            throw SettingsError(
                "`--administrator-code` and `--administrator-code-file` are both given: which is meant?")
        }
        if let file = administratorCodeFile {
            guard let code = Self.trimmed(try text(file, context)) else { throw SettingsError("`\(file)` is empty") }
            return code
        }
        return Self.trimmed(administratorCode ?? context.environment[Self.codeVariable] ?? "")
    }

    /// A code without what stands around it; nil for none.
    private static func trimmed(_ text: String) -> String? {
        let kept = text.filter { !$0.isWhitespace }
        return kept.isEmpty ? nil : kept
    }

    private func text(_ file: String, _ context: CommandContext) throws(SettingsError) -> String {
        guard let text = String(validating: try Settings.read(file, context), as: UTF8.self) else {
            throw SettingsError("`\(file)` is not text")
        }
        return text
    }
}
