import GatePolicy

/// A policy of several files: one of its own, one or two that it includes, and what the organisation requires.
struct PolicyFiles {
    var root: String
    /// The files it includes, by path.
    var included: [String: String] = [:]
    var organization: String?

    /// What they come to together.
    func compose() -> Policy? { compose(root) }

    /// What the organisation requires of a repository whose own file says nearly nothing.
    func requiredAlone() -> Policy? {
        compose("version: 1\ngates: { zz: { require: zzz } }\ngroups: { zzz: '@bob' }\n")
    }

    private func compose(_ root: String) -> Policy? {
        let place = PolicyFilePlace(repository: RepositoryName("acme/.countersign"), path: "countersign.yml")
        return PolicyReader.compose(
            Self.text(root, PolicyFilePlace(path: ".countersign.yml")), at: PolicyFilePlace(path: ".countersign.yml"),
            organization: organization.map { (Self.text($0, place), place) },
            repository: RepositoryName(owner: "acme", name: "site"), hash: { "\($0.utf8.count)" },
            file: { [included] place in
                included[place.path.description].map { .text(Self.text($0, place)) }
                    ?? .refused("there is no such file", hint: nil)
            }
        ).policy
    }

    private static func text(_ text: String, _ place: PolicyFilePlace) -> GatePolicy.PolicyText {
        GatePolicy.PolicyText(Array(text.utf8), file: "\(place)", identity: "\(place)", digest: "d")
    }

    var text: String {
        ([root] + included.sorted { $0.key < $1.key }.map { "# \($0.key)\n\($0.value)" }
            + [organization.map { "# the organisation's\n\($0)" } ?? ""]).joined(separator: "\n")
    }
}

extension PolicyText {
    /// Files that may go together; a gate of the included one may be replaced whole.
    static func files(_ random: inout Random) -> (files: PolicyFiles, overrides: Bool) {
        func sections(_ prefix: String, isRoot: Bool) -> [String] {
            var writer = PolicyText(random: Random(seed: random.next()), isSingleQuota: false, prefix: prefix)
            return writer.sections(isRoot: isRoot)
        }
        var root = sections("", isRoot: true)
        let overrides = random.chance(25)
        if overrides, let gates = root.firstIndex(of: "gates:") {
            root.insert(
                "  hg0: { require: \(random.pick(["qa", "some", "2 of leads"])), override: true }", at: gates + 1)
        }
        let isLocked = random.chance(20)
        let theirs = sections("h", isRoot: false).map { $0 == "  hg0:" && isLocked ? "\($0)\n    locked: true" : $0 }
        let required = sections("r", isRoot: false).map { $0 == "gates:" ? "required:" : $0 }
        func file(_ lines: [String]) -> String { (["version: 1"] + lines).joined(separator: "\n") + "\n" }
        return (
            PolicyFiles(
                root: file(root + ["include: [ h.yml ]"]), included: ["h.yml": file(theirs)],
                organization: random.chance(70) ? file(required) : nil), overrides
        )
    }
}
