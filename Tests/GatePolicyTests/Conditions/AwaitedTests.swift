import Testing

@testable import GatePolicy

/// What a gate waits for besides people.
@Suite struct AwaitedTests {
    private func lacking(_ require: String, _ more: String = "", comes: Set<String> = []) throws -> [Awaited] {
        let policy = try Story.policy("version: 1\ngates:\n  it: { require: '\(require)' }\n\(more)")
        return policy.awaited(by: try #require(policy.gates.first)) { awaited in
            switch awaited {
            case .status(let name): comes.contains(name)
            case .label: comes.contains { awaited.isLabel($0) }
            case .other: true
            }
        }
    }

    @Test(arguments: [
        ("status(\"ci\" from @dave)", [Awaited.status("ci")]),
        ("qa and status(\"ci\", \"lint\" from @dave)", [.status("ci"), .status("lint")]),
        ("qa or status(\"ci\" from @dave)", []),
        ("label(\"Ready\" by qa) or status(\"ci\" from @dave)", [.label("Ready"), .status("ci")]),
        ("labels(\"area:*\" by qa) >= 1", [.label("area:*")]), ("labels(\"area:*\" by qa) <= 1", []),
        ("not label(\"wip\")", []), ("title(\"fix*\")", []), ("2 of qa", []),
    ])
    func withoutThem(require: String, lacking: [Awaited]) throws {
        #expect(try self.lacking(require) == lacking)
    }

    @Test func whatComes() throws {
        let require = "label(\"tier:*\" by qa) and status(\"ci\" from @dave)"
        #expect(try lacking(require, comes: ["ci"]) == [.label("tier:*")])
        #expect(try lacking(require, comes: ["ci", "Tier:high"]) == [])
    }

    /// A part that a gate looks at waits for it, too.
    @Test func inAPart() throws {
        let parts = "parts:\n  built: { require: 'status(\"ci\" from @dave)' }\n"
        #expect(try lacking("gate(\"built\") and qa", parts) == [.status("ci")])
        #expect(try lacking("clear(\"built\") and qa", parts) == [])
    }

    /// Parts that look at the next one twice, and as long a chain of deep ones as a policy may have.
    @Test(.timeLimit(.minutes(1))) func partsThatLookAtTheNextOneTwice() throws {
        func chain(_ link: (Int) -> String) -> String {
            let links = (1...190).map { number in
                "  p\(number): { require: '\(number == 190 ? "label(\"x\" by qa)" : link(number + 1))' }\n"
            }
            return "parts:\n" + links.joined()
        }
        let twice = chain { "gate(\"p\($0)\") and gate(\"p\($0)\")" }
        #expect(try lacking("gate(\"p1\")", twice) == [.label("x")])
        let opened = String(repeating: "(qa and ", count: 40)
        let deep = chain { "\(opened)gate(\"p\($0)\")\(String(repeating: ")", count: 40))" }
        #expect(try lacking("gate(\"p1\")", deep) == [.label("x")])
    }
}
