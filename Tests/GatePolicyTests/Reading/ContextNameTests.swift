import Testing

@testable import GatePolicy

/// Which names of statuses can be one name, and which for two branches.
struct ContextNameTests {
    @Test(arguments: [
        // Names, whether they can be equal, whether for different branches.
        ("a", "a", true, false), ("a", "b", false, false), ("a {base}", "a {base}", true, false),
        ("gate/{base}", "gate/release/{base}", true, true), ("gate: {base}", "gate: release {base}", false, false),
        ("{base}/gate", "{base}/x/gate", true, true), ("{base}", "x{base}", true, true),
        ("{gate}-{base}", "{gate}-{base}", true, true), ("{gate}/{base}", "{gate}/{base}", true, false),
        ("{gate}: {base}", "{gate}: {base}", true, false), ("{gate}{base}", "{gate}{base}", true, true),
        ("{gate} {base}", "qa {base}", true, false), ("x ({base})", "x ({base})", true, false),
        ("gate/main", "gate/{base}", true, true), ("gate/", "gate/{base}", false, false),
        ("gate/a b", "gate/{base}", false, false), ("{base} a", "{base} b a", false, false),
        ("{base}/a", "x: {base}/a", false, false), ("a/{base}/b", "a/c/{base}/d/b", true, true),
        ("{gate}", "q:a", false, false), ("{gate}", "", false, false),
    ]) func canEqual(one: String, two: String, isEqual: Bool, isForOthers: Bool) {
        let (first, second) = (ContextName(one), ContextName(two))
        #expect(first.canEqual(second) == isEqual && second.canEqual(first) == isEqual)
        #expect(first.canEqualForAnotherBase(second) == isForOthers)
        #expect(second.canEqualForAnotherBase(first) == isForOthers)
    }

    /// What the forge compares byte by byte begins like ours, whatever a reader's eye makes of it.
    @Test(arguments: ["countersign: main", "countersign/qa: main", "countersign:\u{301} main", "countersign/\u{338}qa"])
    func namesLikeOurs(name: String) { #expect(ContextName(name).isOwn) }

    /// Names that differ for some branches are found by trying branches out.
    @Test(arguments: ["{gate}-{base}", "{gate}/{base}", "{base}.{gate}", "a{base}", "{base}a", "ab{base}", "{base}"])
    func asTriedOut(pattern: String) {
        let names = ["a", "b", "aa", "ab", "a-b", "a.b", "a/b", "b/a", "ba", "aba", "ab-a", "-", "a-", "-a"]
        for other in ["{gate}-{base}", "{gate}/{base}", "{base}.{gate}", "a{base}", "{base}a", "ab{base}"] {
            let (mine, others) = (Self.filled(pattern, names), Self.filled(other, names))
            let equal = mine.filter { one in others.contains { $0.name == one.name } }
            let apart = mine.contains { one in others.contains { $0.name == one.name && $0.base != one.base } }
            if !equal.isEmpty {
                #expect(ContextName(pattern).canEqual(ContextName(other)), "\(pattern) \(other)")
            }
            if apart {
                #expect(ContextName(pattern).canEqualForAnotherBase(ContextName(other)), "\(pattern) \(other)")
            }
        }
    }

    /// A branch that is called like a placeholder stays what it is called.
    @Test(arguments: [
        ("{gate} for {base}", "qa for x{gate}{base}"), ("{base}", "x{gate}{base}"),
        ("{base}/{base}: {gate}", "x{gate}{base}/x{gate}{base}: qa"), ("plain", "plain"),
    ])
    func placeholdersAreReplacedOnce(context: String, name: String) throws {
        let text = "version: 1\ngates: { qa: { context: \"\(context)\", require: qa } }\n"
        let policy = try #require(PolicyReader.read(text, file: "countersign.yml", digest: "d").policy)
        #expect(policy.gates[0].contextName(base: "x{gate}{base}") == name)
    }

    private static func filled(_ pattern: String, _ names: [String]) -> [(name: String, base: String)] {
        names.filter { !$0.contains("/") }.flatMap { gate in
            names.map { (pattern.replacing("{gate}", with: gate).replacing("{base}", with: $0), $0) }
        }
    }
}
