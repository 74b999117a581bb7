@testable import GiteaSimulator

/// Says what a law lets in, straight from the simulator's own state.
///
/// Where the language has subtleties that the law's few kinds of rules can meet (a change of base after an approval, the
/// commit that a comment belongs to) it is the more generous side: what it calls unjustified is unjustified.
struct Judge {
    /// What somebody cannot see: then only what is so either way may be called green.
    enum Blindness: Hashable {
        /// Which files change.
        case files
        case comments
        case reviews
        /// Who pushed, and who put a label on.
        case hands
        /// What was there before: whether another commit makes the same change.
        case history
        /// Who may write.
        case writers
        /// What a pull request that changes the law makes of it.
        case proposedLaw
        case team(Int)
        case anyTeam
        case everything
    }

    /// What is known of the texts that were written as policies.
    let laws: [String: Law]
    var blind: Set<Blindness> = []

    /// Whether one pull request, open into its present base, may go in by the law of that base.
    func passes(_ pull: PullRequest, in world: WorldState) -> Bool {
        guard !blind.contains(.everything), !pull.isClosed, !pull.isWorkInProgress,
            let repository = world.repositories[pull.repository],
            let tip = repository.branches[pull.base],
            let blob = world.git.commits[tip]?.files[".countersign.yml"], let bytes = world.git.blobs[blob],
            let law = laws[String(decoding: bytes, as: UTF8.self)]
        else { return false }
        let head = world.headSHA(of: pull)
        let changes = world.proposal(of: pull, head: head)
        let bound = Binding(
            pull: pull, world: world, head: head, isExact: law.isExact || blind.contains(.history), blind: blind)
        if let team = law.blockers {
            if blind.contains(.reviews) { return false }
            let everybody = isBlind(team, world) ? Set(world.accounts.keys) : members(of: team, world)
            if everybody.contains(where: { objects($0, pull, world) }) { return false }
        }
        if changes[".countersign.yml"] != nil, !mayChangeTheLaw(bound, repository) { return false }
        return law.gates.allSatisfy { gate in
            guard applies(gate.when, Array(changes.keys), bound) else { return true }
            if gate.require.allSatisfy({ quota in
                members(of: quota.team, world).count { bound.isApproved(by: $0) } >= quota.count
            }) {
                return true
            }
            guard let team = gate.waivedBy else { return false }
            return members(of: team, world).contains { bound.isWaived(gate.name, by: $0) }
        }
    }

    private func applies(_ condition: Law.Condition, _ paths: [String], _ bound: Binding) -> Bool {
        if blind.contains(.files), condition.isOfFiles { return true }
        return switch condition {
        case .always: true
        case .changes(let folder): paths.contains { $0.hasPrefix("\(folder)/") }
        case .changesBesides(let folder): paths.contains { !$0.hasPrefix("\(folder)/") }
        case .unlessLabelled(let name, let team):
            !members(of: team, bound.world).contains { bound.isLabelled(name, by: $0) }
        }
    }

    /// The gate of the policy itself: somebody else who may write looked at this very head, and the new text is a law.
    private func mayChangeTheLaw(_ bound: Binding, _ repository: Repository) -> Bool {
        guard blind.isDisjoint(with: [.writers, .proposedLaw]),
            let blob = bound.world.git.commits[bound.head]?.files[".countersign.yml"],
            let bytes = bound.world.git.blobs[blob], laws[String(decoding: bytes, as: UTF8.self)] != nil
        else { return false }
        var exact = bound
        exact.isExact = true
        return bound.world.accounts.values.contains { account in
            bound.world.permission(of: account.id, in: repository).writes("repo.code")
                && exact.isApproved(by: account.id)
        }
    }

    private func isBlind(_ team: String, _ world: WorldState) -> Bool {
        blind.contains(.anyTeam) || world.teams.values.contains { $0.name == team && blind.contains(.team($0.id)) }
    }

    /// Those who are in a team for certain.
    private func members(of team: String, _ world: WorldState) -> Set<Int> {
        if isBlind(team, world) { return [] }
        return (world.teams.values.first { $0.name == team }?.members ?? []).filter {
            world.accounts[$0]?.isActive == true
        }
    }

    /// A request for changes stands until its author approves later, or it is dismissed or deleted.
    private func objects(_ person: Int, _ pull: PullRequest, _ world: WorldState) -> Bool {
        let own = world.reviews(of: pull.id).filter { $0.reviewer == person }
        guard let request = own.last(where: { $0.state == .requestChanges && !$0.dismissed }) else { return false }
        return !own.contains { $0.state == .approved && $0.id > request.id }
    }
}

/// What people's words are bound to: one pull request, its head, and its base.
struct Binding {
    let pull: PullRequest
    let world: WorldState
    let head: String
    var isExact: Bool
    var blind: Set<Judge.Blindness> = []

    /// The opener, and everybody who pushed or wrote a commit of it.
    private var hasAHandInIt: Set<Int> {
        var people: Set<Int> = [pull.author]
        for row in world.rows(of: pull.id) where row.type == "pull_push" { people.insert(row.author) }
        for commit in world.commits(of: pull) {
            for signature in [commit.author, commit.committer] {
                if let account = world.account(withEmail: signature.email) { people.insert(account.id) }
            }
        }
        return people
    }

    func isApproved(by person: Int) -> Bool {
        if !blind.isDisjoint(with: [.reviews, .hands]) { return false }
        if hasAHandInIt.contains(person) { return false }
        let own = world.reviews(of: pull.id).filter { $0.reviewer == person }
        return own.contains { review in
            review.state == .approved && !review.dismissed && holds(review.commit, since: review.row)
                && !own.contains { later in
                    later.id > review.id
                        && (later.state == .requestChanges || later.dismissed && later.state == .approved)
                }
        }
    }

    func isWaived(_ gate: String, by person: Int) -> Bool {
        if !blind.isDisjoint(with: [.comments, .hands]) { return false }
        if hasAHandInIt.contains(person) { return false }
        let own = world.rows(of: pull.id).filter { $0.type == "comment" && $0.author == person }
        let last = own.last { $0.body.hasPrefix("/waive \(gate) ") || $0.body == "/revoke \(gate)" }
        guard let last, last.body.hasPrefix("/waive"), last.updated == last.created,
            let push = world.rows(of: pull.id).last(where: { $0.type == "pull_push" && $0.id < last.id }),
            let head = push.pushedHead
        else { return false }
        return holds(head, since: last.id)
    }

    func isLabelled(_ name: String, by person: Int) -> Bool {
        guard !blind.contains(.hands),
            let label = world.repositories[pull.repository]?.labels.first(where: { $0.name == name }),
            pull.labels.contains(label.id), !hasAHandInIt.contains(person)
        else { return false }
        let rows = world.rows(of: pull.id).filter { $0.type == "label" && $0.label == label.id && $0.body == "1" }
        return rows.last?.author == person
    }

    /// Whether what was said of a commit, before some of the timeline's rows, is said of the head.
    private func holds(_ commit: String, since row: Int) -> Bool {
        let isSame = world.proposal(of: pull, head: commit) == world.proposal(of: pull, head: head)
        guard commit == head || !isExact && isSame else { return false }
        let moves = world.rows(of: pull.id).filter { $0.type == "change_target_branch" && $0.id > row }
        guard let first = moves.first, first.oldRef != pull.base else { return true }
        var before = pull
        before.base = first.oldRef
        return world.proposal(of: before, head: commit) == world.proposal(of: pull, head: head)
    }
}

extension TimelineRow {
    /// The commit that a push brought last.
    fileprivate var pushedHead: String? {
        let commits = body.split(separator: "\"").map(String.init).filter { $0.count == 40 }
        return commits.last
    }
}

extension Law.Condition {
    fileprivate var isOfFiles: Bool {
        switch self {
        case .changes, .changesBesides: true
        case .always, .unlessLabelled: false
        }
    }
}

extension Judge.Blindness {
    /// What somebody does not see who had no answer to a call about a place.
    ///
    /// Whatever is not known to be harmless is everything.
    ///
    /// - Parameter elsewhere: the numbers of pull requests that have another head or base: what is said at them decides
    ///   nothing of this place.
    static func of(_ call: String, _ place: Watch.Place, elsewhere: Set<Int>) -> Set<Self> {
        let path = call.split(separator: "?").first ?? ""
        let parts = path.split(separator: "/").map(String.init)
        return switch (parts.first, parts.last) {
        case _
        where parts.count == 6 && ["pulls", "issues"].contains(parts[3])
            && Int(parts[4]).map(elsewhere.contains) == true:
            []
        // Which repositories there are, and what happens on other branches.
        case ("orgs", "repos"): []
        case (_, let branch?) where parts.dropLast().last == "branches" && branch != place.base: []
        case (_, ".countersign.yml") where call.hasSuffix("?ref=\(place.head)"): [.proposedLaw]
        // Whole trees are compared file by file; a folder's own tells whether the law is changed.
        case _ where parts.contains("trees") && call.contains("recursive=true"): [.files, .history]
        case (_, "files"): [.files]
        case (_, "comments"): [.comments]
        case (_, "reviews"): [.reviews]
        case (_, "timeline"): [.hands]
        case (_, "commits"): [parts.contains("pulls") ? .hands : .history]
        case ("orgs", "teams"): [.anyTeam]
        case ("repos", "teams"), (_, "assignees"): [.writers]
        case ("teams", "members"): [Int(parts[1]).map { .team($0) } ?? .everything]
        default: [.everything]
        }
    }
}
