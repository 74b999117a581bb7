import Testing

@testable import GatePolicy

@Suite struct HostileTests {
    private func read(_ text: String) -> [Diagnostic] {
        let result = PolicyReader.read(text, file: "x.yml", digest: "")
        #expect(result.policy == nil || !result.diagnostics.contains { $0.severity == .error })
        return result.diagnostics
    }

    private static let bombs: [String] = {
        var values = "a: &a0 [x, x]\n"
        for level in 1..<40 {
            values +=
                "k\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", "))]\n"
        }
        var keys = "? &a0 [x, x]\n: 1\n"
        for level in 1..<40 { keys += "? &a\(level) [*a\(level - 1), *a\(level - 1)]\n: 1\n" }
        return [values, keys]
    }()

    @Test(arguments: bombs, [""])
    func anAliasBombIsRefused(_ bomb: String, _ rest: String) {
        let time = ContinuousClock().measure {
            #expect(read("version: 1\n" + bomb + rest).contains { $0.message.contains("aliases are refused") })
        }
        #expect(time < .seconds(1))
    }

    @Test(arguments: [
        String(repeating: "[", count: 100_000), String(repeating: "{", count: 100_000),
        String(repeating: "- ", count: 100_000), String(repeating: "? ", count: 100_000),
        "version: 1\ngates: " + String(repeating: "[", count: 60) + String(repeating: "]", count: 60),
        "version: 1\ngates: " + String(repeating: "[", count: 990) + String(repeating: "]", count: 990),
    ])
    func bracketsEnd(_ text: String) {
        let time = ContinuousClock().measure { #expect(!read(text).isEmpty) }
        #expect(time < .seconds(5))
    }

    /// What is looked at is read a second time once, however often it is looked at and whatever is wrong with it.
    @Test func thousandsOfLooksAtThousandsOfMistakes() {
        let looks = Array(repeating: "gate(\"p\")", count: 9_000).joined(separator: " or ")
        let labels = Array(repeating: "label(\"a\")", count: 9_000).joined(separator: " or ")
        let gates = "gates: { g: { require: '\(looks)' } }\n"
        let text = "version: 1\n\(gates)parts: { p: { when: '\(labels)', require: qa } }\n"
        let time = ContinuousClock().measure {
            #expect(read(text).contains { $0.message.contains("must apply for this to pass") })
        }
        #expect(time < .seconds(10))
    }

    /// What RE2 refuses as too large has cost its whole memory, and counts as much.
    @Test func thousandsOfRefusedPatterns() {
        let patterns = (0..<3_000).map { "\"re:\\pL{\(1_000 - $0 % 300)}x\($0)\"" }.joined(separator: ", ")
        let time = ContinuousClock().measure {
            let found = read("version: 1\ngates: { g: { when: 'changes(\(patterns))', require: qa } }\n")
            #expect(found.contains { $0.message == "the patterns of this policy are too big together" })
        }
        #expect(time < .seconds(10))
    }

    /// A thousand accounts for two gates: whether they can be different people is not tried out.
    @Test(.timeLimit(.minutes(1))) func thousandsOfPlaces() {
        let people = (0..<900).map { "@u\($0)" }.joined(separator: " | ")
        let gates = ["g", "h"].map { "  \($0): { require: '400 of (\(people)) and 300 of (\(people))' }\n" }
        #expect(read("version: 1\ndistinct: [g, h]\ngates:\n" + gates.joined()).map(\.message) == [])
    }

    /// Places that many could fill, two of several each: a search is given up, and so are all together.
    @Test(.timeLimit(.minutes(1))) func placesThatManyCouldFill() {
        let people = (0..<40).map { "@u\($0)" }.joined(separator: " | ")
        let set = "20 of (\(people))"
        let either = Array(repeating: "(\(set) or \(set))", count: 6).joined(separator: " and ")
        let gates = ["g", "h", "i"].map { "  \($0): { require: \"\(either)\" }\n" }
        #expect(read("version: 1\ndistinct: [g, h, i]\ngates:\n" + gates.joined()).count <= 1)
    }

    /// Each of them may begin as any other, and differs at its end.
    @Test(.timeLimit(.minutes(1))) func contextsAreComparedInOnePass() {
        let gates = (0..<200).map { number in
            "  g\(number): { context: \"{base}\(String(repeating: "a", count: 180)): \(number)\", require: qa }\n"
        }
        #expect(read("version: 1\ngates:\n" + gates.joined()).map(\.message) == [])
    }

    /// Words that are left out of an expression are left out once, however often they stand there.
    @Test(.timeLimit(.minutes(1)), arguments: ["require", "when", "block"])
    func atLeastAgainAndAgain(_ key: String) {
        let found = read(
            "version: 1\ngates: { a: { require: qa, \(key): \(String(repeating: "at least ", count: 20_000))2 of qa } }\n"
                .replacing("require: qa, require", with: "require"))
        #expect(found.contains { $0.message.contains("these words are left out") }, "\(found.rendered)")
        #expect(found.rendered.utf8.count < 5_000)
    }

    /// A text is read again to find out what was meant only where it is short, and once.
    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            "50% of ", "one of ", "qa except ", "qa but not (", "(one of ", "lines > 1,000 and ", "1,", "base in (",
            "base in [", "author is ", "author(one of ", "not base not in ", "a | b - (one of ",
        ], [3, 30, 20_000])
    func plainEnglishAgainAndAgain(_ words: String, _ times: Int) {
        let text = String(repeating: words, count: min(times, 200_000 / words.utf8.count)) + "qa"
        for key in ["require", "when", "block"] {
            let found = read(
                "version: 1\ngates: { a: { require: qa, \(key): '\(text)' } }\n"
                    .replacing("require: qa, require", with: "require"))
            #expect(found.contains { $0.severity == .error } && found.rendered.utf8.count < 5_000, "\(found.rendered)")
        }
    }

    /// Whether a name is a pattern by mistake is seen in one pass.
    @Test(.timeLimit(.minutes(1)), arguments: [",", "{", "{,", "}{"])
    func aStatusThatIsNearlyAPattern(_ piece: String) {
        let name = "{" + String(repeating: piece, count: 200_000 / piece.count)
        let found = read("version: 1\ngates: { a: { require: 'qa and status(\"\(name)\" from @ci)' } }\n")
        #expect(found.map(\.severity) == [], "\(found.rendered)")
    }

    @Test func overALimitIsAnErrorOfThatName() {
        #expect(
            read("# " + String(repeating: "x", count: 300 * 1024)).first?.message == "the policy is longer than 256 KiB"
        )
        let list = "version: 1\nx: [" + Array(repeating: "a", count: 20_000).joined(separator: ",") + "]"
        #expect(read(list).contains { $0.message == "the policy holds more than 10000 keys and values" })
        let deep = "version: 1\ngates: " + String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
        #expect(read(deep).contains { $0.message == "the policy is nested more than 50 deep" })
        let gates = (0..<300).map { "  g\($0): { require: qa }\n" }.joined()
        #expect(
            read("version: 1\ngates:\n" + gates).contains {
                $0.message == "a policy has at most 200 gates and parts together"
            })
        let brackets = String(repeating: "(", count: 100_000)
        #expect(
            read("version: 1\ngates: { a: { require: \(brackets) } }").contains {
                $0.message == "the expression is nested more than 50 deep"
            })
        let pattern = String(repeating: "x", count: 1_001)
        #expect(
            read("version: 1\ngates: { a: { when: 'changes(\"\(pattern)\")', require: qa } }").contains {
                $0.message == "a pattern has at most 1000 bytes"
            })
    }

    @Test func exactlyAtALimitIsFine() {
        let gates = (0..<200).map { "  g\($0): { require: qa }\n" }.joined()
        #expect(PolicyReader.read("version: 1\ngates:\n" + gates, file: "x", digest: "").policy?.gates.count == 200)
        let start = "version: 1\ngates: { a: { require: qa } }\n#"
        let text = start + String(repeating: "x", count: 256 * 1024 - start.utf8.count)
        #expect(PolicyReader.read(text, file: "x", digest: "").policy != nil)
        #expect(PolicyReader.read(text + "x", file: "x", digest: "").policy == nil)
    }

    /// A key is looked up, and of a large file few mistakes are mended: each makes the whole text be read again.
    @Test func thousandsOfKeys() {
        let keys = (0..<4_900).map { "  k\($0): qa\n" }.joined()
        let twice = String(repeating: "  same: qa\n", count: 15_000)
        let small = String(repeating: "  same: qa\n", count: 10)
        #expect(
            read("version: 1\ngroups:\n\(small)").count { $0.message.hasPrefix("the key `same` stands twice") } == 9)
        for groups in [keys, keys + small, twice] {
            let time = ContinuousClock().measure { #expect(!read("version: 1\ngroups:\n\(groups)").isEmpty) }
            #expect(time < .seconds(5))
        }
    }

    @Test func groupsDoNotExplode() {
        var groups = "  g0: qa | dev\n"
        for level in 1..<40 { groups += "  g\(level): g\(level - 1) | g\(level - 1)\n" }
        let found = read("version: 1\ngroups:\n\(groups)gates: { a: { require: g39 } }\n")
        #expect(found.contains { $0.message == "this set holds more than 1000 names once its groups are replaced" })
        let chain = (0..<3_000).map { "  g\($0): g\($0 + 1)\n" }.joined()
        #expect(
            read("version: 1\ngroups:\n\(chain)gates: { a: { require: g0 } }\n").contains {
                $0.message == "groups refer to each other more than 50 deep"
            })
        let names = (0..<999).map { "t\($0)" }.joined(separator: " | ")
        let uses = (0..<190).map { "  u\($0): { require: g }\n" }.joined()
        #expect(
            read("version: 1\ngroups:\n  g: \(names)\ngates:\n\(uses)").contains {
                $0.message == "the sets of people of this policy hold more than 50000 names together"
            })
    }

    @Test func deepLogicDoesNotExplode() {
        let condition =
            String(repeating: "(fork or (lines < 3 and ", count: 24) + "fork" + String(repeating: "))", count: 24)
        let requirement = String(repeating: "(qa or (dev and ", count: 24) + "qa" + String(repeating: "))", count: 24)
        let time = ContinuousClock().measure {
            let text = "version: 1\ngates: { a: { when: \(condition), require: \(requirement) } }"
            #expect(PolicyReader.read(text, file: "x", digest: "").policy != nil)
        }
        #expect(time < .seconds(1))
    }

    @Test func setsAreComparedInBoundedTime() {
        let names = (0..<490).map { "t\($0)" }.joined(separator: " | ")
        let others = (0..<490).map { "u\($0)" }.joined(separator: " | ")
        let uses = (0..<45).map { "  z\($0): { require: g - h }\n" }.joined()
        let words = (0..<9_000).map { "w\($0)" }.joined(separator: " | ")
        let time = ContinuousClock().measure {
            _ = read("version: 1\ngroups:\n  g: \(names)\n  h: \(others)\ngates:\n\(uses)")
            let groups = (0..<2_000).map { "  group\($0): qa\n" }.joined()
            _ = read("version: 1\ngroups:\n\(groups)gates: { a: { require: \(words) } }")
        }
        #expect(time < .seconds(20))
    }

    @Test func patternsDoNotExplode() {
        let patterns = (0..<190).map { "  g\($0): { when: 'title(\"re:x{900}\($0)\", \"re:y{900}\")', require: qa }\n" }
            .joined()
        let time = ContinuousClock().measure {
            #expect(
                read("version: 1\ngates:\n" + patterns).contains {
                    $0.message == "the patterns of this policy are too big together"
                })
        }
        #expect(time < .seconds(5))
    }

    @Test func manyMistakesAreCounted() throws {
        let gates = (0..<150).map { "  g\($0): { require: a b }\n" }.joined()
        let found = read("version: 1\ngates:\n" + gates)
        #expect(found.count == PolicyLimits.diagnostics + 1)
        let last = try #require(found.last)
        #expect(last.message == "50 more findings are not shown")
    }

    @Test func renderingIsBounded() {
        let found = read("version: 1\ngates: { a: { require: " + String(repeating: "a ", count: 100_000) + "} }")
        #expect(found.count == 1)
        #expect(found.rendered.utf8.count < 1_000)
        #expect(!read("version: 1\ngates: { a: { require: \"\\e[31m\" } }").rendered.contains("\u{1B}"))
    }

    @Test func anyBytesAreSurvived() {
        let invalid: [UInt8] = Array("version: 1\ngates: ".utf8) + [0xFF, 0xFE, 0xC0, 0x80]
        let found = PolicyReader.read(invalid, file: "x", digest: "").diagnostics
        #expect(found.first?.message == "a byte here is not UTF-8")
        #expect(found.first?.span == SourceSpan(file: "x", line: 2, column: 8))
        #expect(
            PolicyReader.read(
                [0xEF, 0xBB, 0xBF] + Array("version: 1\ngates: { a: { require: qa } }".utf8), file: "x", digest: ""
            ).policy != nil)
        #expect(read("\u{0}").first?.message == "YAML does not allow this character")
        #expect(!read("version: 1\r\ngates:\r\n  a: { require: qa b }\r\n").isEmpty)
    }

    /// Bytes of valid policies, changed at random: the reader answers within its limits and never traps.
    @Test(arguments: [7, 77, 777] as [UInt64])
    func mutationsNeverTrap(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let corpus = try Golden.names(in: "valid").map { Array(try Golden.policy($0, in: "valid").utf8) }
        #expect(!corpus.isEmpty)
        let interesting = Array("\"'(){}[]|&-*:#,!@\n\t \\<>=%`\u{0}\u{FF}é".utf8)
        let end = ContinuousClock.now.advanced(by: .seconds(2))
        var rounds = 0
        var valid = 0
        while ContinuousClock.now < end, rounds < 4_000 {
            rounds += 1
            var bytes = random.pick(corpus)
            for _ in 0...random.below(4) where !bytes.isEmpty {
                let index = random.below(bytes.count)
                switch random.below(5) {
                case 0: bytes[index] = UInt8(random.below(256))
                case 1: bytes.insert(random.pick(interesting), at: index)
                case 2: bytes.remove(at: index)
                case 3: bytes[index] = random.pick(interesting)
                default:
                    let length = min(random.below(40), bytes.count - index)
                    bytes.insert(contentsOf: bytes[index..<(index + length)], at: random.below(bytes.count))
                }
            }
            let result = PolicyReader.read(bytes, file: "x", digest: "")
            let errors = result.diagnostics.filter { $0.severity == .error }
            #expect(
                (result.policy == nil) == !errors.isEmpty, "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
            #expect(result.diagnostics.count <= PolicyLimits.diagnostics + 1)
            let lines = SourceLines(String(decoding: bytes, as: UTF8.self), file: "x").lines.count
            #expect(
                result.diagnostics.allSatisfy {
                    $0.span.line >= 1 && $0.span.line <= lines && $0.span.column >= 1 && $0.span.length >= 1
                })
            if result.policy != nil { valid += 1 }
        }
        #expect(rounds > 100)
        #expect(valid > 0)
    }
}
