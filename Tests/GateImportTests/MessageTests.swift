import GateImport
import Testing

/// The rules that every notice follows.
@Suite struct MessageTests {
    static func check(_ notices: [ImportNotice]) {
        for notice in notices {
            let message = notice.message
            let first = message.unicodeScalars.first.map { $0.properties.isUppercase } ?? true
            #expect(!first, "\(message)")
            #expect(!message.hasSuffix("."), "\(message)")
            #expect(!message.contains("\n"), "\(message)")
            #expect(message.filter { $0 == "`" }.count.isMultiple(of: 2), "\(message)")
            #expect(!notice.key.isEmpty, "\(message)")
            for word in ["Optional(", "SourceNode", "Clause", "Actors"] {
                #expect(!message.contains(word), "\(message)")
            }
            if let hint = notice.hint {
                #expect(hint.unicodeScalars.first.map { !$0.properties.isUppercase } ?? false, "\(hint)")
                #expect(!hint.hasSuffix("."), "\(hint)")
            }
            if notice.severity == .warning { #expect(notice.hint != nil, "\(message)") }
        }
    }

    @Test(arguments: GoldenTests.files) func fixturesFollowTheRules(_ folder: String, _ name: String) throws {
        Self.check(try ImportFixtures.imported(name, in: folder).warnings)
    }

    @Test(arguments: RefusedTests.cases) func refusalsFollowTheRules(_ text: String, _ key: String) {
        Self.check(Import.policyBot(text, file: "p").warnings)
    }

    @Test func showsPlaceRuleAndKey() {
        let notice = ImportNotice(
            severity: .warning, rule: "two", key: "count", message: "nobody is asked", hint: "raise it", line: 3)
        #expect(
            notice.rendered(file: "a.yml")
                == "a.yml:3: warning: rule `two`: `count`: nobody is asked\n    hint: raise it\n")
    }
}
