/// Writes tiers as gates.
struct TierWriter {
    /// Whether only reviews with the forge's `official` flag counted.
    let official: Bool

    /// The policy of some tiers.
    func draft(_ tiers: [Tier], file: String, log: inout ImportLog) -> PolicyDraft {
        var table = NameTable()
        var draft = PolicyDraft(header: header(file))
        draft.groups = [("labellers", "writers", "whose labels count: name who sets tiers")]
        var ways: [Clause] = []
        for tier in tiers {
            let name = table.name(for: tier.label, fallback: "tier")
            let label = Writing.literal(tier.label)
            draft.gates.append(
                .init(
                    name: name, comments: ["line \(tier.line)"], when: .test("label(\(label))"),
                    require: .every(tier.clauses.map(clause))))
            // Whatever the tier asks for, its own gate asks.
            ways.append(.test("label(\(label) by labellers)"))
        }
        let name = table.name(for: "some-tier", fallback: "gate")
        draft.gates.append(
            .init(
                name: name, comments: ["a pull request without a tier passes nowhere"],
                require: .some(ways + [.never("no tier label by one of labellers")])))
        draft.block = ("none", "the tier gate did not look at requests for changes")
        notices(&log)
        return draft
    }

    /// One of some teams; with `official` only such of its members as may write.
    private func clause(_ teams: [String]) -> Clause {
        let set = teams.joined(separator: " | ")
        if official { return .test("1 of (\(teams.count > 1 ? "(\(set))" : set) & writers)") }
        return .test(teams.count > 1 ? "1 of (\(set))" : set)
    }

    private func header(_ file: String) -> [String] {
        [
            "Imported from \(Writing.oneLine(file, limit: 100)) by `countersign import tiers`.",
            "Here this means something else, on purpose:",
            "- a tier counts only if one of `labellers` set it, never the opener or a committer",
            "- with several tiers on a pull request all of them hold",
            "- an approval ends when the change is another one; nobody who pushed or wrote a commit may give it",
        ]
    }

    private func notices(_ log: inout ImportLog) {
        log.warning(
            key: "label", "a tier chooses who must approve, so it counts only if one of `labellers` set it",
            hint: "put who may set tiers into the group `labellers`; it holds all writers now", line: nil)
        log.warning(
            key: "file", "a request for changes did not block in the tier gate, so the policy says `block: none`",
            hint: "take `block: none` away, and those of all writers block", line: nil)
        if !official {
            log.note(
                key: "file", "a team's members count whether or not they may write the code",
                hint: "import with `--official` if only official reviews counted", line: nil)
        }
    }
}
