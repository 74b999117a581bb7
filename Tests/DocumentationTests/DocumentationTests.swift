import Foundation
import GateDoctor
import Testing

@testable import CountersignCLI
@testable import GatePolicy

/// What the documents show is real: policies are read, tables equal what the program knows.
@Suite struct DocumentationTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// Every policy in a fenced block, with the document and the line it stands on.
    static func policies() throws -> [(place: String, text: String)] {
        var found: [(place: String, text: String)] = []
        for document in ["README.md", "Documentation/policy-reference.md", "Documentation/migrating-from-the-forge.md"]
        {
            var block: [Substring]?
            for (number, line) in try text(document).split(separator: "\n", omittingEmptySubsequences: false)
                .enumerated()
            {
                if line == "```yaml" {
                    block = []
                } else if line == "```", let lines = block {
                    found.append(("\(document), before line \(number + 1)", lines.joined(separator: "\n") + "\n"))
                    block = nil
                } else {
                    block?.append(line)
                }
            }
        }
        return found
    }

    static func examples() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Examples").path).sorted()
            .map { "Examples/\($0)/countersign.yml" }
    }

    /// The policies of the documents, read with the files that other blocks show.
    static func compositions() throws -> [(place: String, text: String, read: PolicyComposition)] {
        let policies = try policies()
        // A block that begins with the place of a file is what other blocks include.
        var files: [String: PolicyFileAnswer] = [:]
        for (_, text) in policies {
            guard let name = text.firstMatch(of: /^# (\S+\.yml\S*)\n/)?.output.1 else { continue }
            let file = PolicyText(Array(text.utf8), file: String(name), identity: String(name), digest: "")
            files[String(name)] = .text(file)
        }
        #expect(files.count >= 2)
        return policies.map { place, text in
            let isShared = text.hasPrefix("# acme/.countersign:countersign.yml")
            let read = PolicyReader.compose(
                PolicyText(Array(text.utf8), file: place, identity: place, digest: ""),
                role: isShared ? .organization : .repository, hash: { $0 }, file: { [files] in files["\($0)"] })
            return (place, text, read)
        }
    }

    @Test func everyPolicyInTheDocumentsIsValid() throws {
        let compositions = try Self.compositions()
        #expect(compositions.count >= 4)
        for (_, _, read) in compositions {
            #expect(read.policy != nil, "\(read.diagnostics.map(\.rendered).joined(separator: "\n"))")
        }
    }

    /// Nobody has signed: no gate that blocks is met, with all facts known and with none.
    @Test func noPolicyInTheDocumentsPassesByItself() throws {
        var waiting = 0
        let compositions = try Self.compositions()
        let known = UnsignedPull.facts(naming: compositions.map(\.text).joined())
        for (place, _, read) in compositions {
            guard let policy = read.policy else { continue }
            let verdict = policy.evaluate(known)
            #expect(verdict.problems.isEmpty, "\(place): \(verdict.problems.map(\.message))")
            for facts in [known, UnsignedPull.nothingKnown] {
                _ = policy.needs(facts)
                for gate in policy.evaluate(facts).gates where gate.isEnforced {
                    #expect(gate.outcome != .approved && gate.outcome != .waived, "\(place): \(gate.name)")
                    if gate.outcome == .waiting { waiting += 1 }
                }
            }
        }
        #expect(waiting > 20)
    }

    @Test func everyExampleIsValidWithoutAWarning() throws {
        let examples = try Self.examples()
        #expect(!examples.isEmpty)
        for path in examples {
            let (policy, diagnostics) = PolicyReader.read(try Self.text(path), file: path, digest: "")
            #expect(policy != nil && diagnostics.isEmpty, "\(diagnostics.map(\.rendered).joined(separator: "\n"))")
        }
    }

    @Test func everyCommandIsDocumented() throws {
        let documents = try ["README.md", "Documentation/asking.md", "Documentation/operations.md"].compactMap {
            FileManager.default.fileExists(atPath: Self.root.appending(path: $0).path) ? try Self.text($0) : nil
        }.joined()
        #expect(Countersign.commandNames.count >= 10)
        for name in Countersign.commandNames {
            #expect(documents.contains("countersign \(name)"), "`countersign \(name)` is not documented")
        }
    }

    @Test func theReadmeListsEverySetting() throws {
        let table = SettingKey.allCases.map { key in
            "| `\(key.rawValue)` | `\(key.variable)` | \(key.meaning) | \(key.shownStandard) |"
        }.joined(separator: "\n")
        #expect(try Self.text("README.md").contains(table), "the README's table should be:\n\(table)")
    }

    @Test func theReadmeListsEveryExitStatus() throws {
        let readme = try Self.text("README.md")
        for status in ExitStatus.allCases { #expect(readme.contains("\n| \(status.rawValue) | ")) }
    }

    @Test func theReferenceNamesEveryKindOfCondition() throws {
        let reference = try Self.text("Documentation/policy-reference.md")
        for word in PolicyVocabulary.conditionWords { #expect(reference.contains("`\(word)"), "`\(word)` is missing") }
    }

    @Test func theReferenceNamesEveryCommand() throws {
        let parts = try Self.text("Documentation/policy-reference.md").components(separatedBy: "\n## Commands\n")
        let section = try #require(parts.count == 2 ? parts[1].components(separatedBy: "\n## ").first : nil)
        for word in CommandVocabulary.Word.allCases {
            #expect(section.contains("\n| `/\(word.rawValue) "), "`/\(word.rawValue)` is missing")
        }
    }

    /// A page for each check, listed with its promise.
    @Test func everyCheckHasAPage() throws {
        let overview = try Self.text("Documentation/doctor.md")
        let ids = CheckRegistry.all.map { $0.id }
        let pages = try FileManager.default.contentsOfDirectory(
            atPath: Self.root.appending(path: "Documentation/doctor").path)
        #expect(Set(pages) == Set(ids.map { "\($0).md" }))
        for check in CheckRegistry.all {
            let row = "| [`\(check.id)`](doctor/\(check.id).md) | \(check.area.rawValue) | \(check.promise) |"
            #expect(overview.contains(row), "missing: \(row)")
            let page = try Self.text("Documentation/doctor/\(check.id).md")
            #expect(page.hasPrefix("# `\(check.id)`\nMakes sure that \(check.promise).\n"), "\(check.id)")
        }
    }

    /// The story that a page names breaks something, expects that check to name it, and carries out what is printed.
    @Test func everyCureIsCarriedOutByAStory() throws {
        for check in CheckRegistry.all {
            let page = try Self.text("Documentation/doctor/\(check.id).md")
            let told = try #require(
                page.firstMatch(of: /The cure is carried out as it is printed by `([A-Za-z]+)\.([A-Za-z]+)`\./),
                "no story carries out the cure of \(check.id)")
            let file = try Self.text("Tests/EndToEndTests/\(told.output.1).swift")
            let parts = file.components(separatedBy: "func \(told.output.2)(")
            let story = try #require(parts.count == 2 ? parts[1].components(separatedBy: "\n    @Test").first : nil)
            #expect(parts[0].contains("@Test"), "\(told.output.0)")
            #expect(story.contains("Surgery.tell("), "\(told.output.0) does not carry out what is printed")
            #expect(story.contains("\"\(check.id)\""), "\(told.output.0) is not about \(check.id)")
        }
    }

    @Test func theArchitectureListsEveryTarget() throws {
        let manifest = try Self.text("Package.swift")
        let architecture = try Self.text("Documentation/architecture.md")
        let pattern = /(?:\.target|\.executableTarget)\(\s*name: "([^"]+)"/
        let names = manifest.matches(of: pattern).map { String($0.output.1) }
        #expect(names.count >= 7)
        for name in names { #expect(architecture.contains("`\(name)`"), "\(name) is missing in architecture.md") }
    }
}
