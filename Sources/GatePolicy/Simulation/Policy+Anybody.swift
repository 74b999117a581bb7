extension Policy {
    /// The same policy, where anybody may be whom a pull request alone tells and whose signature counts: its committers.
    /// - Parameter asAuthor: whether anybody may be its author, too, because none is supposed.
    func withAnybody(asAuthor: Bool) -> Policy {
        func opened(_ require: Requirement, _ rules: ApprovalRules) -> Requirement {
            require.replacingSets { people in
                people.replacing { leaf in
                    switch leaf {
                    case .committers where rules.committers, .author where rules.author && asAuthor:
                        .group("\(leaf)", .anyone)
                    default: leaf
                    }
                }
            }
        }
        return Policy(
            file: file, digest: digest,
            gates: gates.map { gate in
                var gate = gate
                gate.require = opened(gate.require, gate.approvals)
                return gate
            },
            parts: parts.map { part in
                var part = part
                part.require = opened(part.require, part.approvals)
                return part
            }, aliases: aliases, block: block, change: change, included: included, foreign: foreign,
            distinct: distinct, warnings: [])
    }
}

extension Requirement {
    /// The same, asked of other sets of people.
    func replacingSets(_ stand: (People) -> People) -> Requirement {
        switch self {
        case .quota(var quota):
            quota.people = stand(quota.people)
            return .quota(quota)
        case .checklist(var checklist):
            for index in checklist.items.indices {
                checklist.items[index].by = checklist.items[index].by.replacingSets(stand)
            }
            return .checklist(checklist)
        case .all(let parts): return .all(parts.map { $0.replacingSets(stand) })
        case .any(let parts): return .any(parts.map { $0.replacingSets(stand) })
        case .condition, .never, .reference, .ownersOfEachFile: return self
        }
    }
}

extension People {
    /// The same, each set that it is made of replaced but for those that are taken away.
    fileprivate func replacing(_ stand: (People) -> People) -> People {
        switch self {
        case .group(let name, let meaning): .group(name, meaning.replacing(stand))
        case .union(let parts): .union(parts.map { $0.replacing(stand) })
        case .intersection(let parts): .intersection(parts.map { $0.replacing(stand) })
        case .difference(let left, let right): .difference(left.replacing(stand), right)
        default: stand(self)
        }
    }
}
