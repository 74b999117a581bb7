import GatePolicy

extension WorldMaker {
    mutating func reviews(_ actors: [Account], onlyApprovals: Bool) -> [Review] {
        (0..<random.below(6)).map { number in
            let state: Review.State =
                onlyApprovals || random.chance(60)
                ? .approved
                : random.pick([.requestChanges, .requestChanges, .comment, .pending, .requestReview, .other("ODD")])
            return Review(
                id: Int64(10 + number), author: onlyApprovals || random.chance(95) ? random.pick(actors) : nil,
                state: state, isDismissed: !onlyApprovals && random.chance(12),
                commit: onlyApprovals || random.chance(95) ? random.pick(Self.commits) : nil,
                body: onlyApprovals ? "" : random.pick(["", "", "works", "fine", "veto"]),
                submittedAt: Timestamp(seconds: Int64(100 + number * 50)))
        }
    }

    /// The timeline, the commits, what they change, and which branches are protected.
    mutating func history(_ odds: Int, _ world: inout World) {
        let timelines = (0..<4).map { _ in timeline(odds == 0 ? 0 : 4) }
        gap(timelines, odds, "the timeline", &world) { $0.timeline = $1 }
        let lists = (0..<3).map { _ in
            odds == 0
                ? [Commit(id: Self.commits[0], author: Self.stranger, committer: Self.stranger)]
                : (0..<1 + random.below(3)).map { number in
                    Commit(
                        id: Self.commits[number % 3], author: random.pick([nil] + Self.people),
                        committer: random.pick([nil] + Self.people),
                        parents: [Self.commits[(number + 1) % 3]])
                }
        }
        gap(lists, odds, "the commits", &world) { $0.commits = $1 }
        let signatures = (0..<3).map { _ in verifications(odds == 0 ? 0 : 4) }
        gap(signatures, odds, "the signatures", &world) { $0.verifications = $1 }
        let changes: [EffectiveChange?] = [
            nil, EffectiveChange(entries: []), EffectiveChange(entries: [.init(path: "a", before: nil, after: "b")]),
            EffectiveChange(entries: [.init(path: ".countersign.yml", before: "b", after: "c")]),
            EffectiveChange(entries: [
                .init(path: ".countersign.yml", before: "b", after: "c"),
                .init(path: ".gitea", before: "b", after: nil),
            ]),
        ]
        for commit in Self.commits {
            for branch in ["main", "dev"] {
                let key = EffectiveChange.Key(commit: commit, baseBranch: branch)
                let values = commit == Self.commits[0] ? Array(changes.dropFirst()) : changes
                gap(values.shuffled(using: &random), odds, "what changes", &world) { $0.effectiveChanges[key] = $1 }
            }
        }
        gap([true, false].shuffled(using: &random), odds, "protection", &world) { $0.protectedBranches["dev"] = $1 }
    }

    private mutating func verifications(_ most: Int) -> [CommitVerification] {
        (0..<1 + (most == 0 ? 0 : random.below(most))).map { number in
            CommitVerification(
                commit: Self.commits[number % 3], isVerified: random.chance(80),
                signer: random.pick(["alice", "bob", "carol", "vanished"]),
                key: random.pick(["3AA5C34371567BD2", "4AEE18F83AFDEB23"]))
        }
    }

    private mutating func timeline(_ most: Int) -> [TimelineEntry] {
        let count = most == 0 ? 0 : random.below(most + 1)
        let moments = (0..<count).map { _ in Int64(random.below(500)) }.sorted()
        return moments.enumerated().map { number, moment in
            let event: TimelineEntry.Event
            switch random.below(6) {
            case 5: event = random.pick([.closed, .reopened])
            case 0: event = .push(commits: random.subset(Self.commits), forced: random.chance(30))
            case 1: event = .retarget(from: "dev", to: "main")
            case 2: event = .labelRemoved(random.pick(["tier:high", "area:a"]))
            default: event = .labelAdded(random.pick(["tier:high", "area:a", "area:b"]))
            }
            return TimelineEntry(
                id: Int64(number), actor: random.chance(95) ? random.pick(Self.people) : nil,
                at: Timestamp(seconds: moment), event: event)
        }
    }

    /// Whether the policy is changed, and what it is then.
    mutating func law(_ odds: Int, _ world: inout World) {
        // `h.yml` is the file that policies of several files include.
        let paths = Set(PolicyPath.inOrder + CodeOwnersFile.paths.map { ExactText($0) } + ["h.yml"])
        let isGuarded = odds > 0 && random.chance(40)
        var files = [WatchedFiles(same: paths)]
        if isGuarded {
            files = (0..<3).map { _ in
                let different = Set(random.subset(PolicyPath.inOrder + ["h.yml"]))
                return WatchedFiles(same: paths.subtracting(different), different: different)
            }
        }
        gap(files, odds, "whether the policy changes", &world) { $0.watchedFiles = $1 }
        for name in ["main", "dev", "release"] {
            gap([true, false].shuffled(using: &random), odds, "a branch", &world) { $0.branches[ExactText(name)] = $1 }
        }
        let broken = Diagnostic(span: SourceSpan(file: "p", line: 1, column: 1), message: "a mistake")
        for path in PolicyPath.inOrder {
            for commit in [Self.commits[0], Self.commits[2]] {
                let key = PolicyFile.Key(path: path, commit: commit)
                let values = [
                    PolicyFile.valid(includes: []), .valid(includes: ["h.yml"]), .absent, .broken([broken]),
                ].shuffled(using: &random)
                gap(values, odds, "a policy file", &world) { $0.policyFiles[key] = $1 }
            }
        }
    }

    /// The files and the statuses.
    mutating func content(_ odds: Int, _ world: inout World) {
        let lists = (0..<4).map { _ in
            (0..<random.below(4)).map { _ in
                ChangedFile(
                    path: random.pick(["infra/a", "docs/b", "src/c"]), previousPath: random.pick([nil, "docs/old"]),
                    additions: random.pick([0, 1, 60, .max]), deletions: random.pick([0, 2, .max]))
            }
        }
        gap(lists, odds, "the files", &world) { $0.files = $1 }
        let rows = (0..<3).map { _ in
            (0..<random.below(3)).map { number in
                CommitStatus(
                    id: Int64(number), context: "ci", state: random.pick([.success, .pending, .failure, nil]),
                    creator: random.pick([nil] + Self.people))
            }
        }
        gap(rows, odds, "the statuses", &world) { $0.statuses = $1 }
        if odds > 0, random.chance(5), case .known(let reviews)? = world.facts.reviews {
            let values = [reviews, [], Array(reviews.dropFirst())]
            gap(values, 100, "the reviews", &world) { $0.reviews = $1 }
        }
    }

    /// A fact that is known to be the first value, or unknown and one of all.
    mutating func gap<Value: Sendable>(
        _ values: [Value], _ odds: Int, _ name: String, _ world: inout World,
        _ set: @escaping @Sendable (inout Facts, Known<Value>) -> Void
    ) {
        if random.chance(odds) {
            set(
                &world.facts,
                .unknown(Unknown(cause: .timeout, subject: name, reason: "no answer in time", cure: "run it again")))
            add(values, name, &world) { set(&$0, .known($1)) }
        } else {
            set(&world.facts, .known(values[0]))
        }
    }
}
