extension Evaluation {
    /// A review or a comment judged as an approval under some rules.
    struct JudgedWord {
        /// The id of the review or of the comment.
        var id: Int64
        var author: Account?
        /// Whether it counts, membership and commits of its author's apart.
        var freshness: Truth
        /// Why not, or why nobody knows; nil while it counts.
        var fate: Fate?
    }

    /// The reviews in the order of their ids, whatever order they were read in.
    mutating func reviewsInOrder() -> Known<[Review]> {
        if let ordered { return ordered }
        let found = reviews().map { reviews in
            let isOrdered = reviews.indices.dropFirst().allSatisfy { reviews[$0 - 1].id <= reviews[$0].id }
            return isOrdered ? reviews : reviews.sorted { $0.id < $1.id }
        }
        ordered = found
        return found
    }

    /// Every review, judged as an approval under the rules; requests for changes are left to `Block`.
    mutating func judgeApprovals(_ reviews: [Review], _ rules: ApprovalRules) -> [JudgedWord] {
        // The newest decision of each person that takes earlier approvals away.
        var falls = AccountTable<Int64>()
        for review in reviews where takesBack(review) {
            if let author = review.author { falls[author] = review.id }
        }
        // The newest first: of those who are asked no more than a number of older commits are compared.
        compared = []
        defer { compared = nil }
        var judged: [JudgedWord] = []
        judged.reserveCapacity(reviews.count)
        for place in reviews.indices.reversed() { judged.append(judge(reviews[place], falls, rules)) }
        judged.reverse()
        return judged
    }

    /// An approval that ends requests for changes, whatever became of it since.
    func isApproval(_ review: Review) -> Bool {
        review.state == .approved && review.commit != nil && isSomebodys(review)
    }

    /// A decision that takes away what its author approved before, whether it names a commit or not.
    func takesBack(_ review: Review) -> Bool {
        guard review.state == .approved || review.state == .requestChanges, isSomebodys(review) else { return false }
        return review.state == .requestChanges || review.isDismissed
    }

    /// Rows without a user and migrated ones are set aside before anything else.
    private func isSomebodys(_ review: Review) -> Bool { review.author?.isReal == true && !isMigrated(review) }

    /// Whether a migration brought it: nothing ties its author to the account of that name here.
    func isMigrated(_ review: Review) -> Bool {
        facts.repository.createdAt.map { review.submittedAt < $0 } ?? false
    }

    private mutating func judge(_ review: Review, _ falls: AccountTable<Int64>, _ rules: ApprovalRules) -> JudgedWord {
        func out(_ fate: Fate) -> JudgedWord {
            JudgedWord(id: review.id, author: review.author, freshness: .no, fate: fate)
        }
        switch review.state {
        case .approved, .requestChanges: break
        case .comment, .requestReview: return out(.comment)
        case .pending: return out(.draft)
        case .other(let word): return out(.unknownState(word))
        }
        guard let author = review.author, author.isReal else { return out(.noAccount) }
        if isMigrated(review) { return out(.migrated) }
        if review.state == .requestChanges { return out(.blocks) }
        guard let commit = review.commit else { return out(.noCommit) }
        if review.isDismissed { return out(.dismissed) }
        if let fall = falls[author], fall > review.id { return out(.superseded(by: fall)) }
        let counts = rules.reviews.counts(review, policy.plan)
        if counts == .no { return out(rules.reviews == .none ? .notByReview : .otherWords) }
        let (freshness, fate) = judgeWord(
            of: author, for: commit, givenAt: review.submittedAt, saysSo: counts, rules)
        return JudgedWord(id: review.id, author: author, freshness: freshness, fate: fate)
    }

    /// Whether an approving word counts, however it was given, sets of people apart; and why not.
    /// - Parameter saysSo: whether its text is what the policy asks for.
    mutating func judgeWord(
        of author: Account, for commit: CommitID, givenAt: Timestamp, saysSo: Truth, _ rules: ApprovalRules
    ) -> (freshness: Truth, fate: Fate?) {
        if author.id == facts.serviceAccount?.id { return (.no, .serviceAccount) }
        if author.isActive == false { return (.no, .inactive) }
        let isOpener = author.id == facts.pullRequest.author?.id
        if isOpener, !rules.author { return (.no, .author) }
        let eligible = rules.committers || isOpener ? Truth.yes : !isCommitter(author, rules.committerRule)
        if eligible == .no { return (.no, .committer) }
        let (fresh, fate) = freshness(of: commit, givenAt: givenAt, by: author, rules)
        if fresh == .no { return (.no, fate ?? .stale(since: commit)) }
        let valid = fresh && saysSo
        let validity = eligible && valid
        return (valid, validity == .yes ? nil : .unknowable(validity.unknowns.inOrder))
    }

    /// Whether what somebody gave for a commit stands for the present head and base, and why not.
    /// - Parameter requirement: what it was given for; nil for an approval, which is for whatever has these rules.
    mutating func freshness(
        of commit: CommitID, givenAt: Timestamp, by author: Account, for requirement: PlannedRequirement? = nil,
        _ rules: ApprovalRules
    ) -> (Truth, Fate?) {
        if let requirement, let answer = unasked(author, requirement.asked) { return answer }
        // What was only added by ignored commits ages nothing.
        let isHead =
            commit == facts.pullRequest.head
            ? Truth.yes : addsOnlyIgnored(since: commit, by: rules.committerRule.ignoring)
        // No base branch can make an older head the present one.
        if isHead == .no, rules.stale == .exactHead { return (.no, .stale(since: commit)) }
        let baseThen: String?
        switch timeline() {
        case .unknown(let unknown): return (.unknown([unknown]), nil)
        case .known(let rows): baseThen = Self.baseBranch(at: givenAt, rows)
        }
        guard let baseThen, !baseThen.isExactly(facts.pullRequest.baseBranch) else {
            if isHead == .yes || rules.stale == .keep { return (.yes, nil) }
            if rules.stale == .exactHead { return (isHead, .stale(since: commit)) }
            let base = facts.pullRequest.baseBranch
            let (same, fate) = sameChange(commit, base, by: author, asksWho: requirement == nil, rules)
            return (isHead || same, fate ?? .stale(since: commit))
        }
        // Who may rewrite the old base could make any two changes look the same.
        var trusted = Truth(isProtected(baseThen))
        if rules.stale == .exactHead { trusted = trusted && isHead }
        if trusted == .no { return (.no, .staleBase(was: baseThen)) }
        let (same, fate) = sameChange(commit, baseThen, by: author, asksWho: requirement == nil, rules)
        return (trusted && same, fate ?? .staleBase(was: baseThen))
    }

    /// How many older commits are compared that reviews under the same rules name.
    static let maximumCompared = 50

    /// Whether an older commit changes the same, and why not where it is not even compared.
    ///
    /// Whose word it is comes first: nobody else can have the forge asked about the commits that he names.
    /// - Parameter asksWho: whether that is still to be asked, of everybody whose approvals these rules judge.
    private mutating func sameChange(
        _ commit: CommitID, _ branch: String, by author: Account, asksWho: Bool, _ rules: ApprovalRules
    ) -> (Truth, Fate?) {
        if asksWho, let answer = unasked(author, policy.plan.asked(under: rules)) { return answer }
        let key = EffectiveChange.Key(commit: commit, baseBranch: branch)
        if let compared, compared.count >= Self.maximumCompared, !compared.contains(key) {
            return (.unknown([.tooManyToCompare(commit, branch)]), nil)
        }
        compared?.insert(key)
        return (sameChange(commit, branch, rules), nil)
    }

    /// What the word of somebody comes to who is in none of these sets, or of whom nobody looked yet; nil for others.
    private mutating func unasked(_ account: Account, _ asked: [AskedPeople]) -> (Truth, Fate?)? {
        var isAsked = Truth.no
        for set in asked {
            isAsked = isAsked || membership(of: account, in: set.people, negative: set.isAll)
            if isAsked == .yes { return nil }
        }
        if isAsked == .no { return (.no, .notAskedFor) }
        return isAsked.unknowns.contains { $0.cause == .notRead } ? (isAsked, nil) : nil
    }

    private mutating func sameChange(_ commit: CommitID, _ branch: String, _ rules: ApprovalRules) -> Truth {
        let then = effectiveChange(commit, against: branch)
        let now = effectiveChange(facts.pullRequest.head, against: facts.pullRequest.baseBranch)
        switch (then, now) {
        case (.known(nil), _), (_, .known(nil)): return .no
        case (.known(.some(let then)), .known(.some(let now))):
            guard rules.stale == .sameFiles, let scope = rules.scope else { return Truth(then == now) }
            return then.entries.symmetricDifference(now.entries).reduce(.yes) { $0 && !scope.holds($1.path) }
        case (.unknown(let one), .unknown(let other)): return .unknown([one, other])
        case (.unknown(let one), _), (_, .unknown(let one)): return .unknown([one])
        }
    }

    /// The base branch at a moment; nil when it was not changed since.
    ///
    /// Within the same second the change came after.
    static func baseBranch(at moment: Timestamp, _ rows: [TimelineEntry]) -> String? {
        for row in rows where row.at >= moment {
            if case .retarget(let from, _) = row.event { return from }
        }
        return nil
    }
}

extension ReviewRule {
    /// Whether the text of a review is what the policy speaks of.
    func counts(_ review: Review, _ plan: Plan) -> Truth {
        switch self {
        case .all: .yes
        case .none: .no
        case .matching(let patterns): patterns.match(PlainWords(review.body, besides: plan.vocabulary))
        }
    }
}

extension Unknown {
    fileprivate static func tooManyToCompare(_ commit: CommitID, _ branch: String) -> Unknown {
        Unknown(
            cause: .overLimit, subject: "what `\(commit.short)` changes against `\(branch)`",
            reason: "reviews name more than \(Evaluation.maximumCompared) older commits",
            cure: "approve the present head")
    }
}

extension Set<Unknown> {
    /// In an order that is the same in every process.
    var inOrder: [Unknown] {
        if isEmpty { return [] }
        if count == 1 { return Array(self) }
        return sorted {
            ($0.subject, $0.reason, $0.cure, $0.cause.rawValue) < ($1.subject, $1.reason, $1.cure, $1.cause.rawValue)
        }
    }
}
