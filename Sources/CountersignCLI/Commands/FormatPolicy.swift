import ArgumentParser
import GatePolicy

/// `countersign fmt`: puts policy files into one form.
struct FormatPolicy: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt", abstract: "Put policy files into one form: indentation, blanks, spacing of expressions.",
        discussion: """
            Only blanks and line breaks change: comments, the order of keys and what the policy means stay. Without a \
            flag the formatted text is printed. A file whose YAML or expressions cannot be read, or that would mean \
            something else, is not printed, and the place is named; other mistakes are for `countersign validate`. \
            Exit codes: 0 done, 1 --check found a file that is not in this form, 3 a file cannot be put into it, 64 \
            usage, or a file is missing or not UTF-8.
            """)

    @Argument(help: "Policy files.", completion: .file())
    var files: [String]

    @Flag(name: .long, help: "Write the files.")
    var inPlace = false

    @Flag(name: .long, help: "Only say which files are not in this form.")
    var check = false

    func validate() throws {
        if inPlace && check { throw ValidationError("`--in-place` and `--check` exclude each other") }
    }

    func run(_ context: CommandContext) async throws {
        var status = ExitStatus.passed
        for file in files {
            let bytes = try Settings.read(file, context)
            let before = String(decoding: bytes, as: UTF8.self)
            guard Array(before.utf8) == bytes else { throw SettingsError("`\(file)` is not UTF-8") }
            let (formatted, diagnostics) = PolicyFormatter.format(before, file: file)
            for diagnostic in diagnostics { context.talk(diagnostic.rendered) }
            guard let formatted else {
                status = .invalidPolicy
                continue
            }
            if check {
                if !formatted.isExactly(before) {
                    context.output("\(file)\n")
                    if status == .passed { status = .held }
                }
            } else if inPlace {
                if !formatted.isExactly(before) { try context.writeFile(file, Array(formatted.utf8)) }
            } else {
                context.output(formatted)
            }
        }
        if status != .passed { throw status.code }
    }
}
