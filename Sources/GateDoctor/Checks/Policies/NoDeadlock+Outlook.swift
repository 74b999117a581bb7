import GateForge
import GatePolicy

extension NoDeadlock {
    /// What is known of the gates of a branch by supposing that everybody there is approves.
    struct Outlook {
        let repository: RepositoryEvidence
        let policy: Policy
        /// The pull requests into the branch that moved last.
        let pulls: [PullRequestSnapshot]
        /// Who is in which set.
        let people: Facts
        /// The same, where nobody is in a set but those who provably are.
        let fewest: Facts
        /// What keeps gates from being met.
        let obstacles: [Feasibility]
        /// The same, where nobody is in a team whom the repository is not shown; nil where all of them are shown it.
        let seeing: Facts?
        /// What then keeps gates from being met.
        let hidden: [Feasibility]
        /// The gates that those who are proven to be in their sets cannot meet.
        let unproven: Set<String>
        /// The gates that ask code owners, by lines; nil where there is none.
        let owned: OwnedGates?
        private let unwaivable: Set<String>
        private let unwaivableBySight: Set<String>
        private let now: Timestamp
        private let activity: Activity

        /// - Returns: nil where it is not known who is in the teams.
        init?(
            _ policy: Policy, _ repository: RepositoryEvidence, _ examination: Examination, _ activity: Activity
        ) {
            guard let people = examination.people(for: repository, activity) else { return nil }
            let fewest = examination.people(for: repository, activity, asFew: true) ?? people
            var pulls = (try? repository.pulls?.get()) ?? []
            // Another branch has authors of its own.
            if !repository.isDefault {
                pulls = pulls.filter { $0.pullRequest.baseBranch.isExactly(repository.base ?? "") }
            }
            var authors: [Int64: Account] = [:]
            for author in pulls.compactMap(\.pullRequest.author) { authors[author.id] = author }
            let openers = authors.values.sorted { $0.id < $1.id }
            let bases = repository.base.map { [$0] }
            obstacles = policy.obstacles(people, openedBy: openers, into: bases)
            // Where it is not known who is shown it those are left who provably are.
            seeing = repository.viewers.flatMap { viewers in
                examination.people(
                    for: repository, activity,
                    viewers: viewers.value ?? examination.provenViewers(of: repository))
            }
            hidden = seeing.map { policy.obstacles($0, openedBy: openers, into: bases) } ?? []
            unproven = Set(policy.obstacles(fewest, openedBy: openers, into: bases).map(\.gate))
            // Whoever provably may waive it can let past what nobody can meet.
            unwaivable = Set(
                policy.asAskedOfWaivers.obstacles(fewest, openedBy: openers, into: bases).map(\.gate))
            if !hidden.isEmpty,
                let fewest = examination.people(
                    for: repository, activity, asFew: true, viewers: repository.viewers?.value ?? [])
            {
                unwaivableBySight = Set(
                    policy.asAskedOfWaivers.obstacles(fewest, openedBy: openers, into: bases).map(\.gate))
            } else {
                unwaivableBySight = unwaivable
            }
            // Gates that ask the same are looked at once, however many lines there are.
            let (lean, twins) = policy.withoutTwins
            owned = OwnedGates(policy, repository, examination) { owners, each in
                func told(_ people: [People]) -> [People] { people.filter { examination.isTold($0, by: fewest) } }
                let certain = lean.owned(by: told(owners), each: each.map(told))
                return OwnedGates.Reach(
                    obstacles: lean.owned(by: owners, each: each)
                        .obstacles(people, openedBy: openers, into: bases),
                    unproven: Set(certain.obstacles(fewest, openedBy: openers, into: bases).map(\.gate)),
                    isTold: owners.allSatisfy { examination.isTold($0, by: fewest) }, twins: twins)
            }
            (self.policy, self.repository, self.pulls) = (policy, repository, pulls)
            (self.people, self.fewest, now) = (people, fewest, examination.now)
            self.activity = activity
        }

        /// Why it is not known whether some people could sign; nil where it is known of all of them.
        func whyOpen(_ people: [People]) -> String? {
            activity.unknown(among: people, in: repository).isEmpty ? nil : activity.reason
        }

        /// What a gate that nobody can meet keeps from being merged.
        /// - Parameter bySight: whether nobody waives but those who are shown the repository.
        func hold(_ gate: Gate, bySight: Bool = false) -> Hold {
            let unwaivable = bySight ? unwaivableBySight : unwaivable
            // With fewer to be taken away more would be left than provably are.
            let isProvable = !policy.askedToWaive(gate).contains(where: \.takesAwayWhoIsNotTold)
            return Hold(
                isWaivable: gate.waive != nil && isProvable && !unwaivable.contains(gate.name),
                isAdvisory: !gate.mode(at: now).enforces)
        }
    }
}
