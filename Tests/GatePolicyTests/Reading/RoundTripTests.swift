import Testing

@testable import GatePolicy

/// Printing what was read and reading it again gives the same.
@Suite struct RoundTripTests {
    private func lower(_ text: String, _ kind: String) -> (printed: String?, diagnostics: [Diagnostic]) {
        var reader = ExpressionReader()
        reader.allowsReferences = true
        reader.polarity = kind == "condition" ? .hinders : .helps
        reader.groups.states["leads"] = .read((.union([.admins, .organizationMembers]), 2))
        guard let expression = reader.parse(SourceText(text, file: "x"), as: .requirement) else {
            return (nil, reader.diagnostics)
        }
        let printed: String? =
            switch kind {
            case "people": reader.people(expression).map { "\($0)" }
            case "condition": reader.condition(expression).map { "\($0)" }
            default: reader.requirement(expression).map { "\($0)" }
            }
        return (printed, reader.diagnostics)
    }

    @Test(arguments: ["people", "condition", "requirement"], [1, 2026] as [UInt64])
    func printingAndReadingAgainIsTheSame(_ kind: String, _ seed: UInt64) {
        var writer = ExpressionWriter(random: SeededGenerator(seed: seed))
        var read = 0
        for _ in 0..<6_000 where read < 350 {
            let text =
                switch kind {
                case "people": writer.people(4)
                case "condition": writer.condition(4)
                default: writer.requirement(4)
                }
            let first = lower(text, kind)
            guard let printed = first.printed else {
                // The grammar was kept to: only sets without anybody and counts that are too high may be refused.
                for diagnostic in first.diagnostics where diagnostic.severity == .error {
                    let isMeant =
                        diagnostic.message.contains("nobody is left")
                        || diagnostic.message.contains("signatures are asked for")
                    #expect(isMeant, "seed \(seed): \(text): \(diagnostic.message)")
                }
                continue
            }
            read += 1
            let second = lower(printed, kind)
            #expect(second.printed == printed, "seed \(seed): \(text)\n\(second.diagnostics.rendered)")
        }
        #expect(read == 350)
    }
}
