import ArgumentParser
import GatePolicy

/// `countersign validate`: reads policy files and says every mistake at once.
struct Validate: ContextCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read policy files and say every mistake at once, without a forge.")

    @Argument(help: "Policy files.")
    var files: [String]

    func run(_ context: CommandContext) async throws {
        var isValid = true
        for file in files {
            let bytes = try Settings.read(file, context)
            let (policy, diagnostics) = PolicyReader.read(bytes, file: file, digest: "")
            for diagnostic in diagnostics { context.talk(diagnostic.rendered) }
            if let policy {
                context.output("\(file): \(policy.gates.count == 1 ? "1 gate" : "\(policy.gates.count) gates")\n")
            } else {
                isValid = false
            }
        }
        if !isValid { throw ExitStatus.invalidPolicy.code }
    }
}
