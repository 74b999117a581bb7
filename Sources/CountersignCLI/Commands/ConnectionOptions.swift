import ArgumentParser

/// The flags about the forge; everything else is a setting of the environment or the settings file.
struct ConnectionOptions: ParsableArguments {
    @Option(name: .long, help: "The forge's address.")
    var forge: String?

    @Option(name: .long, help: "A file with the service account's token; - is the standard input.")
    var tokenFile: String?

    @Option(name: .long, help: "A file with the directory token, which reads teams.")
    var directoryTokenFile: String?

    @Option(name: .long, help: "A settings file (YAML).")
    var settings: String?

    func settings(server: String?, _ context: CommandContext) throws(SettingsError) -> Settings {
        var flags: [SettingKey: String] = [:]
        flags[.forgeURL] = forge
        flags[.tokenFile] = tokenFile
        flags[.directoryTokenFile] = directoryTokenFile
        return try Settings(flags: flags, file: settings, server: server, context)
    }
}
