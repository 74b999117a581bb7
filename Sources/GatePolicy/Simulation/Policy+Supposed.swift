extension Policy {
    /// The same policy where everything applies and is answered, and where one person may fill several places.
    ///
    /// Some pull request will meet each condition, and whoever approves does it as the gate wants it done.
    public var asAskedOfPeople: Policy {
        supposed(
            gates.map { gate in
                var gate = gate
                (gate.when, gate.whenLookedAt) = (.constant(true), nil)
                gate.isDistinct = false
                gate.require = gate.require.withoutConditionsOfItems
                return gate
            },
            parts.map { part in
                var part = part
                (part.when, part.whenLookedAt) = (.constant(true), nil)
                return part
            }, distinct: [])
    }

    /// The gates that may be waived, each of which asks for its waiver.
    public var asAskedOfWaivers: Policy {
        supposed(
            gates.compactMap { gate in
                guard let waive = gate.waive else { return nil }
                var gate = gate
                (gate.require, gate.waive, gate.isDistinct) = (waive.by, nil, false)
                return gate
            }, parts, distinct: [])
    }

    /// The gates that ask for owners of files, and those on which their verdicts hang, where what is changed has owners.
    /// - Parameters:
    ///   - owners: who `codeowners` are.
    ///   - each: of whom `owners_of_each_file` asks one; nil where no line owns what is changed, so that it asks nobody.
    public func owned(by owners: [People], each: [People]?) -> Policy {
        let owners = People.group("codeowners", .union(owners))
        let each = each.map { People.group("codeowners", .union($0)) }
        let names = gatesOfOwners
        return supposed(
            gates.filter { names.contains($0.name) }.map { gate in
                var gate = gate
                gate.require = gate.require.owned(by: owners, each)
                return gate
            },
            parts.map { part in
                var part = part
                part.require = part.require.owned(by: owners, each)
                return part
            }, distinct: distinct.filter { names.isSuperset(of: $0) })
    }

    /// The same policy with one gate for all that ask the same of the same people, and the name of that one by theirs.
    public var withoutTwins: (policy: Policy, twins: [String: String]) {
        let lookedAt = Set(
            (gates.map(\.require) + parts.map(\.require)).flatMap(\.references) + distinct.flatMap { $0 })
        var first: [Likeness: String] = [:]
        var twins: [String: String] = [:]
        let kept = gates.filter { gate in
            guard !lookedAt.contains(gate.name), !gate.isDistinct, gate.require.checklist == nil else { return true }
            let likeness = Likeness(gate)
            guard let twin = first[likeness] else {
                first[likeness] = gate.name
                return true
            }
            twins[gate.name] = twin
            return false
        }
        return (supposed(kept, parts, distinct: distinct), twins)
    }

    /// What makes it all the same which of two gates somebody can meet.
    private struct Likeness: Hashable {
        var require: String
        var approvals: ApprovalRules
        var isOff: Bool
        /// Names mean what the file says that wrote them.
        var file: ExactText

        init(_ gate: Gate) {
            (require, approvals, isOff) = (gate.require.description, gate.approvals, gate.mode.isOff)
            file = ExactText(gate.span.file)
        }
    }

    /// The gate that guards the policy itself, alone.
    public var asAskedOfChanges: Policy { supposed([Gate(guarding: change, block: block)], [], distinct: []) }

    /// The same policy where every gate applies and asks for approvals alone, and where all else may hold or not.
    ///
    /// What cannot be met then never can.
    /// - Parameter off: gates that do not apply all the same.
    func asAskedOfApprovals(without off: Set<String> = []) -> Policy {
        supposed(
            gates.map { gate in
                var gate = gate
                (gate.when, gate.whenLookedAt) = (.constant(!off.contains(gate.name)), nil)
                gate.require = gate.require.ofApprovals
                return gate
            },
            parts.map { part in
                var part = part
                (part.when, part.whenLookedAt) = (part.when.opened, nil)
                part.require = part.require.ofApprovals
                return part
            }, distinct: distinct)
    }

    /// The same policy where nothing is known of when gates apply but what the base branch decides.
    var asAskedOfBases: Policy {
        supposed(
            gates.map { gate in
                var gate = gate
                (gate.when, gate.whenLookedAt) = (gate.when.openedButBases, nil)
                return gate
            }, parts, distinct: [])
    }

    private func supposed(_ gates: [Gate], _ parts: [Part], distinct: [[String]]) -> Policy {
        func plain(_ rules: ApprovalRules) -> ApprovalRules {
            var rules = rules
            (rules.reviews, rules.comments) = (.all, nil)
            return rules
        }
        return Policy(
            file: file, digest: digest,
            gates: gates.map { gate in
                var gate = gate
                gate.approvals = plain(gate.approvals)
                return gate
            },
            parts: parts.map { part in
                var part = part
                part.approvals = plain(part.approvals)
                return part
            }, aliases: aliases, block: block, change: change, included: included, foreign: foreign,
            elsewhere: elsewhere, distinct: distinct, warnings: [])
    }
}

/// A condition that may hold or not.
private struct OpenTest: ConditionTest {
    let description: String

    func evaluate(_ evaluation: inout Evaluation) -> Truth {
        .unknown([
            Unknown(cause: .notTold, subject: description, reason: "no pull request is looked at", cure: "none")
        ])
    }
}

extension Condition {
    /// What may hold or not; a constant stays.
    fileprivate var opened: Condition {
        if case .constant = self { self } else { .test(OpenTest(description: description)) }
    }

    /// What may hold or not, as far as the base branch does not decide it.
    fileprivate var openedButBases: Condition {
        switch self {
        case .constant: self
        case .test(let test): (test as? NamePattern)?.subject == .base ? self : opened
        case .not(let inner): .not(inner.openedButBases)
        case .all(let parts): .all(parts.map(\.openedButBases))
        case .any(let parts): .any(parts.map(\.openedButBases))
        }
    }
}

extension Requirement {
    /// Every item of its checklist applies, and is answered.
    fileprivate var withoutConditionsOfItems: Requirement {
        switch self {
        case .checklist(var checklist):
            for index in checklist.items.indices {
                checklist.items[index].when = .constant(true)
                checklist.items[index].ask = nil
            }
            return .checklist(checklist)
        case .all(let parts): return .all(parts.map(\.withoutConditionsOfItems))
        default: return self
        }
    }

    /// Conditions may hold or not, and a checklist is done.
    fileprivate var ofApprovals: Requirement {
        switch self {
        case .condition(let condition): .condition(condition.opened)
        case .checklist: .condition(.constant(true))
        case .all(let parts): .all(parts.map(\.ofApprovals))
        case .any(let parts): .any(parts.map(\.ofApprovals))
        case .quota, .never, .reference, .ownersOfEachFile: self
        }
    }
}

extension Requirement {
    /// These people for `codeowners`, and one of others for the owners of each file; nil for nobody's signature.
    fileprivate func owned(by owners: People, _ each: People?) -> Requirement {
        switch self {
        case .quota(var quota):
            quota.people = quota.people.owned(by: owners)
            return .quota(quota)
        case .checklist(var checklist):
            for index in checklist.items.indices {
                checklist.items[index].by = checklist.items[index].by.owned(by: owners, each)
            }
            return .checklist(checklist)
        case .ownersOfEachFile:
            return each.map { .quota(Quota(count: 1, people: $0)) } ?? .condition(.constant(true))
        case .all(let parts): return .all(parts.map { $0.owned(by: owners, each) })
        case .any(let parts): return .any(parts.map { $0.owned(by: owners, each) })
        case .condition, .never, .reference: return self
        }
    }
}

extension People {
    /// These people for owners of files.
    fileprivate func owned(by owners: People) -> People {
        switch self {
        case .codeOwners: owners
        case .group(let name, let meaning): .group(name, meaning.owned(by: owners))
        case .union(let parts): .union(parts.map { $0.owned(by: owners) })
        case .intersection(let parts): .intersection(parts.map { $0.owned(by: owners) })
        case .difference(let left, let right): .difference(left.owned(by: owners), right.owned(by: owners))
        default: self
        }
    }
}
