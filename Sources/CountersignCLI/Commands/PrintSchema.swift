import ArgumentParser
import GateDoctor
import GatePolicy

/// `countersign schema`: the forms of our files, for editors.
struct PrintSchema: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON Schema of policy files, or of facts files.")

    /// What the schema is of.
    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case policy, facts
    }

    @Argument(help: "What the schema is of: policy or facts.")
    var kind: Kind = .policy

    func run(_ context: CommandContext) async throws {
        let schema: Schema = kind == .policy ? .policy : .facts
        context.output(try JSONText.pretty(schema.json) + "\n")
    }
}
