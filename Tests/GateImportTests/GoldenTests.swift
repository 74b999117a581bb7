import GateImport
import GatePolicy
import Testing

/// Whole files: what is written, what is said, and whether our own reader takes it.
@Suite struct GoldenTests {
    static let files = ["policy-bot", "checklist", "tiers"].flatMap { folder in
        ImportFixtures.names(in: folder).map { (folder, $0) }
    }

    @Test(arguments: files) func isAsRecorded(_ folder: String, _ name: String) throws {
        let result = try ImportFixtures.imported(name, in: folder)
        let base = name.split(separator: ".").first.map(String.init) ?? name
        try ImportFixtures.expect(result.policy ?? "", matches: "\(folder)/\(base).out.yml")
        try ImportFixtures.expect(
            result.warnings.rendered(file: name), matches: "\(folder)/\(base).warnings.txt")
    }

    @Test(arguments: files) func isReadByOurReader(_ folder: String, _ name: String) throws {
        let policy = try #require(try ImportFixtures.imported(name, in: folder).policy)
        let (read, diagnostics) = PolicyReader.read(policy, file: name, digest: "")
        let errors = diagnostics.filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(diagnostics.rendered)")
        #expect(read != nil)
    }

    /// A notice that sends the reader to a group would be wrong without it.
    @Test(arguments: files) func namesOnlyGroupsThatAreThere(_ folder: String, _ name: String) throws {
        let result = try ImportFixtures.imported(name, in: folder)
        let policy = try #require(result.policy)
        for group in ["labellers", "status-posters"] where !policy.contains("\n  \(group): ") {
            #expect(!result.warnings.contains { "\($0.message) \($0.hint ?? "")".contains("`\(group)`") }, "\(group)")
        }
    }

    @Test(arguments: files) func isTheSameTwice(_ folder: String, _ name: String) throws {
        #expect(try ImportFixtures.imported(name, in: folder) == ImportFixtures.imported(name, in: folder))
    }

    @Test func thereAreEnough() {
        #expect(Self.files.filter { $0.0 == "policy-bot" }.count >= 12)
    }
}
