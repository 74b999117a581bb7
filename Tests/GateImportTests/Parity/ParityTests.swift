import GateImport
import GatePolicy
import Testing

/// Made-up files with every method, option and predicate, decided by a model of policy-bot and by our engine.
///
/// What passes here passes there, whatever the facts; and where none of the listed differences is in the way, both say
/// the same.
@Suite struct ParityTests {
    /// `policy.disapproval` with people.
    struct Disapproval {
        var actors: ParityActors
        var condition: ParityPredicate?
        var disapprove: ParityMethods?
        var revoke: ParityMethods?

        var text: String {
            var keys = ["requires: { \(actors.text) }"]
            if let condition { keys.append("if: { \(condition.text) }") }
            var methods: [String] = []
            if let disapprove { methods.append("disapprove: \(disapprove.text)") }
            if let revoke { methods.append("revoke: \(revoke.text)") }
            if !methods.isEmpty { keys.append("options: { methods: { \(methods.joined(separator: ", ")) } }") }
            return "{ \(keys.joined(separator: ", ")) }"
        }

        /// Given methods take all defaults away.
        private static func given(_ methods: ParityMethods?, standard: [String]) -> ParityMethods {
            var result = methods ?? ParityMethods(standard: standard)
            if methods != nil { (result.standard, result.reviewsByDefault) = ([], false) }
            return result
        }

        /// The moment of the newest word of somebody who may.
        private func last(
            _ methods: ParityMethods, _ kind: ParityWorld.Word.Kind, _ world: ParityWorld
        ) -> Int? {
            var moments = world.words.filter { methods.says($0, review: kind) && actors.contains($0.author) }.map(\.at)
            if methods.body, world.body.contains("no-review"), actors.contains("alice") { moments.append(1) }
            return moments.max()
        }

        /// - Parameter ended: whether its author's later approving review ends a disapproval whatever became of that
        ///   review, as it does here.
        func holds(_ world: ParityWorld, ended: Bool) -> Bool {
            if condition?.holds(world) ?? false { return true }
            var standing = world
            if ended {
                standing.words = world.words.filter { word in
                    !world.words.contains {
                        $0.author == word.author && $0.kind == .approval && $0.at > word.at
                    }
                }
            }
            let one = last(Self.given(disapprove, standard: [":-1:", "👎"]), .requestForChanges, standing)
            guard let one else { return false }
            return one > last(Self.given(revoke, standard: [":+1:", "👍"]), .approval, world) ?? -1
        }

        static func random(_ random: inout HostileTests.Random) -> Disapproval {
            var result = Disapproval(actors: ParityActors.blockers.randomElement(using: &random) ?? .writers)
            if Int.random(in: 0..<3, using: &random) == 0 {
                result.condition = ParityPredicate.all.randomElement(using: &random)
            }
            if Bool.random(using: &random) {
                var methods = ParityMethods.random(&random)
                methods.comments = methods.comments.map { $0.isEmpty ? $0 : [":-1:"] }
                result.disapprove = methods
            }
            if Bool.random(using: &random) { result.revoke = ParityMethods.random(&random) }
            return result
        }
    }

    struct Case {
        var trees: [EquivalenceTests.Tree]
        /// As written; what they mean has the file's options, too.
        var written: [ParityRule]
        /// A rule whose options are the file's.
        var defaults: ParityRule?
        var disapproval: Disapproval?

        var rules: [ParityRule] { defaults.map { standard in written.map { $0.filled(from: standard) } } ?? written }

        var text: String {
            let approval = trees.map(\.text).joined(separator: ", ")
            let law = disapproval.map { "\n  disapproval: \($0.text)" } ?? ""
            let options = defaults.map { "approval_defaults: { options: { \($0.optionsText) } }\n" } ?? ""
            return "\(options)policy:\n  approval: [\(approval)]\(law)\napproval_rules:\n"
                + written.map(\.text).joined()
        }

        /// - Parameters:
        ///   - ended: see `Disapproval.holds`.
        ///   - updatesIgnored: whether update merges ban nobody, whatever the rules say.
        func passes(_ world: ParityWorld, ended: Bool = false, updatesIgnored: Bool = false) -> Bool {
            if disapproval?.holds(world, ended: ended) ?? false { return false }
            let statuses = rules.map { $0.status(world, updatesIgnored: updatesIgnored) }
            return EquivalenceTests.Tree.and(trees).status(statuses) == .approved
        }

        /// Whether the listed differences can be told apart in this world.
        func isExact(_ world: ParityWorld) -> Bool {
            disapproval == nil && rules.allSatisfy { $0.isExact(world) }
                && !world.commits.contains(where: \.isUpdateMerge)
                && world.words.allSatisfy { word in
                    word.kind != .editedComment && word.kind != .reviewComment && word.kind != .requestForChanges
                        && !word.isMarked && !word.isDismissed
                }
        }

        static func random(_ random: inout HostileTests.Random) -> Case {
            let count = Int.random(in: 1...4, using: &random)
            return Case(
                trees: (0..<Int.random(in: 1...3, using: &random)).map { _ in
                    EquivalenceTests.Tree.random(depth: 3, rules: count, &random)
                },
                written: (0..<count).map { ParityRule.random("r\($0)", &random) },
                defaults: Int.random(in: 0..<4, using: &random) == 0 ? ParityRule.random("", &random) : nil,
                disapproval: Int.random(in: 0..<3, using: &random) == 0 ? Disapproval.random(&random) : nil)
        }
    }

    /// What passes here and not there, each told in a warning: its author's approval ends a disapproval, who only merges
    /// the base may approve, an older approval stands where a newer one was edited, and texts are
    /// compared without quotes, code and marks.
    private static func isWarnedOf(_ result: ImportResult, _ item: Case, _ world: ParityWorld) -> Bool {
        let warnings = result.warnings.filter { $0.severity == .warning }
        let leavesOut = warnings.contains { warning in
            warning.message.contains("may match more or less here")
                || warning.message.contains("what needs them does not block")
        }
        if leavesOut, world.words.contains(where: \.isMarked) { return true }
        if result.warnings.contains(where: { $0.severity == .warning && $0.message.contains("a newer one was edited") }
        ),
            world.words.contains(where: { $0.kind == .editedComment })
        {
            return true
        }
        let ends = warnings.contains { $0.message.contains("later approving review ends a disapproval") }
        let merges = warnings.contains { $0.message.contains("who only merges the base branch") }
        return item.passes(world, ended: ends, updatesIgnored: merges)
    }

    @Test(arguments: 1...60) func passesNoMoreThanPolicyBot(_ seed: Int) throws {
        var random = HostileTests.Random(state: UInt64(seed) &* 7919)
        for _ in 0..<6 {
            let item = Case.random(&random)
            let result = Import.policyBot(item.text, file: "p")
            let imported = try #require(result.policy, "\(item.text)\n\(result.warnings.rendered(file: "p"))")
            let (policy, diagnostics) = PolicyReader.read(imported, file: "p", digest: "")
            let read = try #require(policy, "\(item.text)\n\(imported)\n\(diagnostics.rendered)")
            for _ in 0..<25 {
                let world = ParityWorld.random(&random)
                let expected = item.passes(world)
                let verdict = read.evaluate(world.facts, asksWhoCanSign: false)
                let passes = verdict.summary.outcome.status == .success
                if passes, !expected, Self.isWarnedOf(result, item, world) { continue }
                #expect(
                    passes == expected || (!passes && !item.isExact(world)),
                    "seed \(seed): \(passes ? "weaker" : "stricter")\n\(item.text)\n\(imported)\n\(world)\n\(verdict.text)"
                )
            }
        }
    }
}
