/// A rule of policy-bot with its meaning, as the reference describes it.
struct ParityRule {
    var name: String
    var conditions: [ParityPredicate] = []
    var count = 1
    var actors: ParityActors = .team("core")
    var requirements: [ParityPredicate] = []
    var options: [String: Bool] = [:]
    var ignoresCommitsBy: String?
    var methods: ParityMethods?

    static func random(_ name: String, _ random: inout HostileTests.Random) -> ParityRule {
        var rule = ParityRule(name: name)
        if Bool.random(using: &random) { rule.conditions = ParityPredicate.random(&random) }
        if Int.random(in: 0..<3, using: &random) == 0 { rule.requirements = ParityPredicate.random(&random) }
        rule.count = [0, 1, 1, 1, 2].randomElement(using: &random) ?? 1
        rule.actors = ParityActors.all.randomElement(using: &random) ?? .team("core")
        for option in [
            "allow_author", "allow_contributor", "allow_non_author_contributor", "invalidate_on_push",
            "ignore_edited_comments", "ignore_update_merges",
        ] where Int.random(in: 0..<4, using: &random) == 0 {
            rule.options[option] = Bool.random(using: &random)
        }
        if Int.random(in: 0..<6, using: &random) == 0 { rule.ignoresCommitsBy = "bob" }
        if Bool.random(using: &random) { rule.methods = ParityMethods.random(&random) }
        return rule
    }

    var text: String {
        var lines = ["  - name: \(name)"]
        if !conditions.isEmpty { lines.append("    if: { \(conditions.map(\.text).joined(separator: ", ")) }") }
        let required = requirements.map(\.text).joined(separator: ", ")
        lines.append(
            "    requires: { count: \(count), \(actors.text)"
                + (required.isEmpty ? " }" : ", conditions: { \(required) } }"))
        if !optionsText.isEmpty { lines.append("    options: { \(optionsText) }") }
        return lines.joined(separator: "\n") + "\n"
    }

    var optionsText: String {
        var options = self.options.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        if let ignoresCommitsBy { options.append("ignore_commits_by: { users: [\(ignoresCommitsBy)] }") }
        if let methods { options.append("methods: \(methods.text)") }
        return options.joined(separator: ", ")
    }

    /// With the options of the file where the rule does not say.
    func filled(from defaults: ParityRule) -> ParityRule {
        var rule = self
        rule.options = defaults.options.merging(options) { _, own in own }
        rule.ignoresCommitsBy = ignoresCommitsBy ?? defaults.ignoresCommitsBy
        guard var merged = defaults.methods else { return rule }
        guard let own = methods else {
            rule.methods = merged
            return rule
        }
        merged.comments = own.comments ?? merged.comments
        merged.review = own.review ?? merged.review
        if !own.prefixes.isEmpty { merged.prefixes = own.prefixes }
        if !own.reviewWords.isEmpty || !own.reviewTexts.isEmpty {
            (merged.reviewWords, merged.reviewTexts) = (own.reviewWords, own.reviewTexts)
        }
        if own.body { merged.body = true }
        rule.methods = merged
        return rule
    }

    /// What policy-bot says of it.
    func status(_ world: ParityWorld, updatesIgnored: Bool = false) -> EquivalenceTests.Status {
        guard conditions.allSatisfy({ $0.holds(world) }) else { return .skipped }
        let holds = requirements.allSatisfy { $0.holds(world) }
        return holds && (count == 0 || approvers(world, updatesIgnored).count >= count) ? .approved : .pending
    }

    private func isOn(_ option: String) -> Bool { options[option] ?? false }

    /// Who approves: candidates by time, each person's newest, then the filters.
    private func approvers(_ world: ParityWorld, _ updatesIgnored: Bool) -> Set<String> {
        let methods = methods ?? ParityMethods()
        var newest: [String: ParityWorld.Word] = [:]
        var candidates = world.words.filter { methods.says($0, review: .approval) }
        if methods.body, world.body.contains("no-review") {
            candidates.insert(.init(author: "alice", kind: .comment, text: "", at: 1), at: 0)
        }
        for word in candidates where (newest[word.author]?.at ?? -1) < word.at { newest[word.author] = word }
        var left = Array(newest.values)
        if isOn("ignore_edited_comments") { left.removeAll { $0.kind == .editedComment } }
        func isRelevant(_ commit: ParityWorld.Commit) -> Bool {
            if commit.isUpdateMerge, isOn("ignore_update_merges") { return false }
            return commit.author == nil || commit.author != ignoresCommitsBy
        }
        let relevant = world.commits.filter(isRelevant)
        if isOn("invalidate_on_push") {
            let isPushed = world.hasSecondPush && world.commits.last.map(isRelevant) ?? false
            let pushed = isPushed ? ParityWorld.pushedAt : 1
            left.removeAll { $0.at <= pushed }
        }
        let banning = relevant.filter { !updatesIgnored || !$0.isUpdateMerge }
        let contributors = Set(banning.compactMap(\.author)).subtracting(["alice"])
        left.removeAll { word in
            if isOn("allow_contributor") { return false }
            if word.author == "alice" { return !isOn("allow_author") }
            return contributors.contains(word.author) && !isOn("allow_non_author_contributor")
        }
        return Set(left.map(\.author).filter(actors.contains))
    }

    /// Whether nothing in it is one of the listed differences, so that both gates must say the same.
    func isExact(_ world: ParityWorld) -> Bool {
        // Nobody tells who may read a private repository.
        if case .readers = actors, world.isPrivate { return false }
        return ignoresCommitsBy == nil && requirements.allSatisfy(\.isExact) && conditions.allSatisfy(\.isExact)
            && !(methods?.body ?? false) && !isOn("ignore_edited_comments")
    }
}

/// People of a rule.
enum ParityActors {
    case team(String)
    case users([String])
    case writers
    case readers
    case organization
    case mixed

    static let all: [ParityActors] = blockers + [.readers]
    /// Those that may disapprove here, too.
    static let blockers: [ParityActors] = [
        .team("core"), .team("sec"), .users(["bob", "alice"]), .writers, .organization, .mixed,
    ]

    var text: String {
        switch self {
        case .team(let name): "teams: [acme/\(name)]"
        case .users(let names): "users: [\(names.joined(separator: ", "))]"
        case .writers: "permissions: [write]"
        case .readers: "permissions: [read]"
        case .organization: "organizations: [acme]"
        case .mixed: "users: [erin], teams: [acme/sec], permissions: [admin]"
        }
    }

    func contains(_ name: String) -> Bool {
        switch self {
        case .team(let team): ParityWorld.teams[team]?.contains(name) ?? false
        case .users(let names): names.contains(name)
        case .writers: ParityWorld.writers.contains(name)
        case .readers: true
        case .organization: ParityWorld.members.contains(name)
        case .mixed: ["erin", "carol", "dave"].contains(name)
        }
    }
}

/// Methods of a rule or of a disapproval.
struct ParityMethods {
    var comments: [String]? = nil
    /// Written as an expression: at the beginning of the text.
    var prefixes: [String] = []
    var review: Bool?
    var reviewWords: [String] = []
    /// The whole text of a review.
    var reviewTexts: [String] = []
    var body = false
    /// What holds where nothing is said.
    var standard = [":+1:", "👍"]
    var reviewsByDefault = true

    static func random(_ random: inout HostileTests.Random) -> ParityMethods {
        var methods = ParityMethods()
        methods.comments = [nil, [], [":+1:"], ["approved", "👍"]].randomElement(using: &random) ?? nil
        if Int.random(in: 0..<3, using: &random) == 0 { methods.prefixes = ["approved"] }
        methods.review = [nil, true, false].randomElement(using: &random) ?? nil
        if Int.random(in: 0..<4, using: &random) == 0 { methods.reviewWords = ["tested", "approved"] }
        if Int.random(in: 0..<6, using: &random) == 0 { methods.reviewTexts = ["approved", "tested"] }
        methods.body = Int.random(in: 0..<5, using: &random) == 0
        return methods
    }

    var text: String {
        var keys: [String] = []
        if let comments { keys.append("comments: [\(comments.map { "'\($0)'" }.joined(separator: ", "))]") }
        if !prefixes.isEmpty {
            keys.append("comment_patterns: [\(prefixes.map { "'^\($0)'" }.joined(separator: ", "))]")
        }
        if let review { keys.append("github_review: \(review)") }
        let reviewPatterns = reviewWords + reviewTexts.map { "'^\($0)$'" }
        if !reviewPatterns.isEmpty {
            keys.append("github_review_comment_patterns: [\(reviewPatterns.joined(separator: ", "))]")
        }
        if body { keys.append("body_patterns: ['no-rev']") }
        return "{ \(keys.joined(separator: ", ")) }"
    }

    /// Whether a word is a candidate, `review` being the kind of review that is.
    func says(_ word: ParityWorld.Word, review kind: ParityWorld.Word.Kind) -> Bool {
        if word.isDismissed { return false }
        switch word.kind {
        case .comment, .editedComment, .reviewComment:
            return (comments ?? standard).contains(where: word.text.contains)
                || prefixes.contains(where: word.text.hasPrefix)
        case kind:
            if !reviewWords.isEmpty || !reviewTexts.isEmpty {
                return reviewWords.contains(where: word.text.contains) || reviewTexts.contains(word.text)
            }
            return review ?? reviewsByDefault
        default: return false
        }
    }
}
