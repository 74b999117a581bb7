import ArgumentParser
import GateDoctor

/// The flags about the forge; everything else is a setting of the environment or the settings file.
struct ConnectionOptions: ParsableArguments, Sendable {
    @Option(name: .long, help: "The forge's address.")
    var forge: String?

    @Option(name: .long, help: "A file with the service account's token; - is the standard input.", completion: .file())
    var tokenFile: String?

    @Option(name: .long, help: "A file with the directory token, which reads teams.", completion: .file())
    var directoryTokenFile: String?

    @Option(name: .long, help: "A settings file (YAML).", completion: .file())
    var settings: String?

    func settings(_ context: CommandContext) throws(SettingsError) -> Settings {
        let (flags, server) = given(context)
        return try Settings(flags: flags, file: settings, server: server, context)
    }

    /// The settings for a command that says itself which token is missing.
    func lenientSettings(_ context: CommandContext) throws(SettingsError) -> LenientSettings {
        let (flags, server) = given(context)
        return try LenientSettings(flags: flags, file: settings, server: server, context)
    }

    /// The same for a command that is printed, to be run from any folder; what came in on the standard input is gone, and
    /// somebody has to say where it is.
    func invocation(_ context: CommandContext) -> Invocation {
        func option(_ name: String, _ path: String?) -> [String] {
            path.map { [name, $0 == "-" ? "FILE" : $0.absolutePath] } ?? []
        }
        var before: [String] = []
        // A shell that `sudo` began is that user's already.
        let program = context.environment["SUDO_COMMAND"]?.prefix { $0 != " " }.split(separator: "/").last
        if let user = context.environment["USER"], program == "countersign" { before = ["sudo", "-u", user] }
        return Invocation(
            before: before, options: option("--settings", settings),
            forgeOptions: (forge.map { ["--forge", $0] } ?? []) + option("--token-file", tokenFile)
                + option("--directory-token-file", directoryTokenFile))
    }

    private func given(_ context: CommandContext) -> (flags: [SettingKey: String], server: String?) {
        var flags: [SettingKey: String] = [:]
        flags[.forgeURL] = forge
        flags[.tokenFile] = tokenFile
        flags[.directoryTokenFile] = directoryTokenFile
        // In CI the forge is the one that runs us, unless a setting names another.
        let server = context.environment["GITHUB_SERVER_URL"].flatMap { $0.isEmpty ? nil : $0 }
        return (flags, server)
    }
}
