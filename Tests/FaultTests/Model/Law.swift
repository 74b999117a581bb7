/// A policy as the model knows it: few kinds of rules, so that what they mean is seen at a glance.
///
/// It shares nothing with the engine: the text is written for the engine, the values are read by `Judge`.
struct Law: Sendable, Hashable {
    enum Condition: Sendable, Hashable {
        case always
        /// Something below a folder changes.
        case changes(String)
        /// Something besides a folder changes.
        case changesBesides(String)
        /// There is no label of a member of a team.
        case unlessLabelled(String, by: String)
    }

    struct Quota: Sendable, Hashable {
        var count: Int
        var team: String
    }

    struct Gate: Sendable, Hashable {
        var name: String
        var when: Condition
        /// All of them are to be met.
        var require: [Quota]
        /// The team whose members may waive it.
        var waivedBy: String?
    }

    /// Whether approvals are for one commit only, or for its changes.
    var isExact: Bool
    /// The team whose requests for changes hold everything.
    var blockers: String?
    var gates: [Gate]

    /// What is written into `.countersign.yml`.
    var text: String {
        var text = "version: 1\napprovals: { stale: \(isExact ? "exact-head" : "same-diff") }\n"
        text += "block: \(blockers ?? "none")\ngates:\n"
        for gate in gates {
            text += "  \(gate.name):\n"
            switch gate.when {
            case .always: break
            case .changes(let folder): text += "    when: changes(\"\(folder)/**\")\n"
            case .changesBesides(let folder): text += "    when: not changes_only(\"\(folder)/**\")\n"
            case .unlessLabelled(let label, let team): text += "    when: not label(\"\(label)\" by \(team))\n"
            }
            let quotas = gate.require.map { $0.count == 1 ? $0.team : "\($0.count) of \($0.team)" }
            text += "    require: \(quotas.joined(separator: " and "))\n"
            if let team = gate.waivedBy { text += "    waive: { by: \(team), reason: required }\n" }
        }
        return text
    }

    /// What no reader of policies takes.
    static let broken = "version: 1\ngates: ["

    /// Any law.
    static func random(_ chance: inout Chance) -> Law {
        var law = Law(isExact: chance.percent(50), blockers: chance.percent(60) ? "qa" : nil, gates: [])
        for name in ["first", "second"].prefix(chance.percent(60) ? 2 : 1) {
            let when: Condition =
                switch chance.below(6) {
                case 0: .changes("infra")
                case 1: .changesBesides("docs")
                case 2: .unlessLabelled("trivial", by: "security")
                default: .always
                }
            var require = [Quota(count: chance.percent(25) ? 2 : 1, team: chance.percent(70) ? "qa" : "security")]
            if chance.percent(20) { require.append(Quota(count: 1, team: "engineers")) }
            law.gates.append(
                Gate(name: name, when: when, require: require, waivedBy: chance.percent(30) ? "security" : nil))
        }
        return law
    }
}
