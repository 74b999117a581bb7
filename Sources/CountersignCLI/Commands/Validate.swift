import ArgumentParser
import GatePolicy

/// `countersign validate`: reads policy files and says every mistake at once.
struct Validate: ContextCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read policy files and say every mistake at once, without a forge.",
        discussion: """
            Files of the same repository that a policy includes are read from disk; other included files, and gates \
            that the organisation requires, are not checked.
            """)

    @Argument(help: "Policy files.")
    var files: [String]

    func run(_ context: CommandContext) async throws {
        var isValid = true
        for file in files {
            let text = PolicyText(try Settings.read(file, context), file: file, identity: file, digest: "")
            let folder = PolicyFolder(of: file, context)
            let composition = PolicyReader.compose(
                text, at: PolicyFilePlace(path: file), role: PolicyFileRole(path: file), hash: { $0 },
                file: folder.answer)
            for diagnostic in composition.diagnostics { context.talk(diagnostic.rendered) }
            for place in composition.unchecked {
                context.talk("\(file): note: `\(place)` is not checked offline")
            }
            switch composition.result {
            case .policy(let policy):
                context.output("\(file): \(policy.gates.count == 1 ? "1 gate" : "\(policy.gates.count) gates")\n")
            case .incomplete:
                let count = composition.unchecked.count
                context.output(
                    "\(file): no mistake, but \(count == 1 ? "1 included file was" : "\(count) included files were") "
                        + "not checked\n")
            case .invalid, .needs, .undecided: isValid = false
            }
        }
        if !isValid { throw ExitStatus.invalidPolicy.code }
    }
}
