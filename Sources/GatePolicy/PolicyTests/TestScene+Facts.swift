extension TestScene {
    /// The facts that a policy asks for, made of the scene: what it does not name is known and empty.
    func facts(for policy: Policy) -> Facts {
        let maker = FactsMaker(self)
        var facts = maker.start()
        // One answer may lead to further questions.
        for _ in 0..<20 {
            let needs = policy.needs(facts)
            if needs.isEmpty { break }
            for need in needs { maker.answer(need, &facts) }
        }
        return facts
    }

    /// Makes facts of a scene, and gives each login its id.
    private struct FactsMaker {
        let scene: TestScene
        let ids: [String: Int64]

        init(_ scene: TestScene) {
            self.scene = scene
            var ids: [String: Int64] = [:]
            for login in scene.logins.sorted() { ids[login] = Int64(ids.count) + 1 }
            self.ids = ids
        }

        /// The account of a login; nil for `ghost` (deleted) and `nobody` (an address without an account).
        func account(_ login: String?) -> Account? {
            guard let login, login != "ghost", login != "nobody" else { return nil }
            return named(login)
        }

        private func named(_ login: String) -> Account {
            // Logins that only the policy knows are numbered by their letters.
            let number = login.lowercased().utf8.reduce(Int64(7)) { ($0 &* 31 &+ Int64($1)) & 0xFFFF_FFFF }
            let isInactive = scene.inactive.contains { $0.lowercased() == login.lowercased() }
            return Account(
                id: ids[login.lowercased()] ?? 1_000_000 + number, login: login, isActive: isInactive ? false : true)
        }

        private func accounts(_ logins: [String]) -> [Account] {
            var seen: Set<Account> = []
            return logins.compactMap { account($0) }.filter { seen.insert($0).inserted }
        }

        func start() -> Facts {
            let place = scene.place
            let last = scene.commits.count
            var facts = Facts(
                now: scene.day?.start ?? Timestamp(seconds: TestScene.time(head: last, offset: 900)),
                repository: Repository(
                    id: 1, name: place.name, owner: named(place.name.owner),
                    ownerIsOrganization: .known(place.ownerIsOrganization), isPrivate: place.isPrivate,
                    defaultBranch: place.defaultBranch),
                pullRequest: PullRequest(
                    number: 1, title: scene.pull.title, body: scene.pull.body, author: account(scene.pull.author),
                    head: TestScene.commit(last), headBranch: scene.pull.head,
                    forkOwner: scene.pull.isFork ? scene.pull.forkOwner ?? scene.pull.author : nil,
                    baseBranch: scene.base, base: TestScene.commit(0), mergeBase: TestScene.commit(0),
                    labels: scene.pull.labels.filter { !$0.isRemoved }.map(\.name)),
                serviceAccount: account(place.serviceAccount))
            facts.waivers = scene.waivers.compactMap { waiver in
                account(waiver.author).map {
                    GatePolicy.Waiver(
                        gate: waiver.gate, author: $0, reason: waiver.reason,
                        commit: TestScene.commit(waiver.head ?? last),
                        givenAt: Timestamp(seconds: TestScene.time(head: waiver.head ?? last, offset: 500)))
                }
            }
            return facts
        }

        /// Puts the answer to one need into the facts.
        func answer(_ need: Need, _ facts: inout Facts) {
            switch need {
            case .reviews: facts.reviews = known(reviews, unless: .reviews, "which reviews there are")
            case .files: facts.files = known(scene.pull.files, unless: .files, "which files changed")
            case .commits: facts.commits = known(commits, unless: .commits, "which commits it has")
            case .verifications:
                facts.verifications = known(signatures, unless: .signatures, "how its commits are signed")
            case .timeline: facts.timeline = known(timeline, unless: .timeline, "what happened to the pull request")
            case .statuses: facts.statuses = known(statuses, unless: .statuses, "which statuses the head has")
            case .comments: facts.comments = known(comments, unless: .comments, "what the comments say")
            case .templates:
                facts.templates = known(
                    scene.place.template.map { [PullRequestTemplate(path: "PULL_REQUEST_TEMPLATE.md", text: $0)] }
                        ?? [],
                    unless: .template, "what the repository's template says")
            case .directory(let organization):
                facts.directories[organization] = known(
                    directory(organization), unless: .teams(organization: organization),
                    "which teams `\(organization)` has")
            case .teamMembers(let id, let team):
                facts.teamMembers[id] = known(
                    TeamMembers(listed: accounts(scene.teams[team] ?? [])), unless: .team(team),
                    "who is in team `\(team.name)` of `\(team.organization)`")
            case .user(let login):
                facts.users[login] = known(account(login), unless: .user(login), "who `\(login)` is")
            case .organizationMembers:
                facts.organizationMembers = known(members, unless: .members, "who is in `\(scene.place.name.owner)`")
            case .writers:
                facts.writers = holders(scene.place.writers + admins, unless: .writers, "who may write the code")
            case .admins: facts.admins = holders(admins, unless: .admins, "who administers the repository")
            case .codeOwners:
                facts.codeOwners = known(
                    scene.place.codeOwners.map { CodeOwnersFile(path: CodeOwnersFile.paths[0], text: $0) },
                    unless: .codeOwners, "what CODEOWNERS says")
            case .effectiveChange(let key):
                facts.effectiveChanges[key] = change(key)
            // Cases say nothing of branches that their pull request does not enter.
            case .branch(let name): facts.branches[name] = .known(true)
            case .watchedFiles(let paths):
                let different = paths.filter { scene.touches($0) }
                facts.watchedFiles = known(
                    WatchedFiles(same: paths.subtracting(different), different: different), unless: .policyFiles,
                    "whether it changes the policy")
            case .policyFile(let key):
                facts.policyFiles[key] = known(
                    scene.policyFile(key.path), unless: .policyFiles, "what `\(key.path)` says")
            case .protection(let branch):
                let place = scene.place
                facts.protectedBranches[branch] = known(
                    branch.description == place.defaultBranch || place.protectedBranches.contains(branch.description),
                    unless: .protection(branch: branch.description), "whether `\(branch)` is protected")
            }
        }

        private func unknown(_ subject: String) -> Unknown {
            Unknown(
                cause: .notTold, subject: subject, reason: "the test says that it cannot be had",
                cure: "take it out of the case's `unknown`")
        }

        private func known<Value>(_ value: Value, unless missing: Missing, _ subject: String) -> Known<Value> {
            scene.missing.contains(missing) ? .unknown(unknown(subject)) : .known(value)
        }

        // MARK: People

        /// Who administers: those that are named, and a user of his own repositories.
        private var admins: [String] {
            scene.place.admins + (scene.place.ownerIsOrganization ? [] : [scene.place.name.owner])
        }

        /// The organisation's members: those that are named, and everybody in one of its teams.
        private var members: [Account] {
            let own = scene.place.name.owner.lowercased()
            let teams = scene.teams.keys.filter { $0.organization == own }.sorted { $0.name < $1.name }
            return accounts(scene.place.members + teams.flatMap { scene.teams[$0] ?? [] })
        }

        private func holders(_ logins: [String], unless missing: Missing, _ subject: String) -> RightHolders {
            if scene.missing.contains(missing) {
                return RightHolders(proven: [], possible: nil, unknown: unknown(subject))
            }
            let accounts = accounts(logins)
            return RightHolders(proven: accounts, possible: accounts, unknown: unknown(subject))
        }

        private func directory(_ organization: String) -> TeamDirectory {
            var directory = TeamDirectory(ids: [:])
            let teams = scene.teams.keys.sorted { ($0.organization, $0.name) < ($1.organization, $1.name) }
            for (index, team) in teams.enumerated() where team.organization == organization {
                directory.ids[team.name] = Int64(index) + 1
            }
            return directory
        }

        // MARK: History

        private var reviews: [GatePolicy.Review] {
            scene.reviews.enumerated().map { index, review in
                let head = review.head ?? scene.commits.count
                return GatePolicy.Review(
                    id: Int64(index) + 1, author: account(review.author), state: review.state,
                    isDismissed: review.isDismissed, commit: TestScene.commit(head),
                    body: review.body,
                    submittedAt: Timestamp(seconds: TestScene.time(head: head, offset: Int64(100 + index))))
            }
        }

        private var commits: [GatePolicy.Commit] {
            scene.commits.enumerated().map { index, commit in
                GatePolicy.Commit(
                    id: TestScene.commit(index + 1), author: account(commit.author),
                    committer: account(commit.committer), parents: [TestScene.commit(index)])
            }
        }

        private var signatures: [CommitVerification] {
            scene.commits.enumerated().map { index, commit in
                CommitVerification(
                    commit: TestScene.commit(index + 1), isVerified: commit.signer != nil, signer: commit.signer,
                    key: commit.key)
            }
        }

        /// The pushes, then the labels.
        private var timeline: [TimelineEntry] {
            var rows: [TimelineEntry] = []
            func add(_ actor: String?, head: Int, _ event: TimelineEntry.Event) {
                rows.append(
                    TimelineEntry(
                        id: TestScene.row(head: head, offset: rows.count), actor: account(actor),
                        at: Timestamp(seconds: TestScene.time(head: head, offset: 0)), event: event))
            }
            for (index, commit) in scene.commits.enumerated() where commit.pusher != nil {
                add(commit.pusher, head: index + 1, .push(commits: [TestScene.commit(index + 1)], forced: false))
            }
            for label in scene.pull.labels {
                let actor = label.actor ?? scene.pull.author
                add(actor, head: scene.commits.count, .labelAdded(label.name))
                if label.isRemoved {
                    add(label.remover ?? actor, head: scene.commits.count, .labelRemoved(label.name))
                }
            }
            return rows
        }

        /// Each after the push of its head and before the next.
        private var comments: [GatePolicy.Comment] {
            scene.comments.enumerated().map { index, comment in
                let head = comment.head ?? scene.commits.count
                let written = Timestamp(seconds: TestScene.time(head: head, offset: 500 + Int64(index)))
                return GatePolicy.Comment(
                    id: TestScene.row(head: head, offset: 5_000 + index), author: account(comment.author),
                    body: comment.text, createdAt: written,
                    updatedAt: comment.isEdited ? Timestamp(seconds: written.seconds + 1) : written)
            }
        }

        private var statuses: [CommitStatus] {
            scene.statuses.enumerated().map { index, status in
                CommitStatus(
                    id: Int64(index) + 1, context: status.context, state: status.state,
                    creator: account(status.creator))
            }
        }

        /// What a head changes: the same as the one before it where its commit says so.
        private func change(_ key: EffectiveChange.Key) -> Known<EffectiveChange?> {
            guard let head = (1...scene.commits.count).first(where: { TestScene.commit($0) == key.commit }) else {
                return .known(nil)
            }
            var origin = head
            while origin > 1, scene.commits[origin - 1].isSameDiff { origin -= 1 }
            let paths = scene.pull.files.isEmpty ? ["content"] : scene.pull.files.flatMap(\.paths)
            let entries = paths.map { EffectiveChange.Entry(path: $0, before: nil, after: "\(origin)") }
            return known(
                EffectiveChange(entries: Set(entries)), unless: .change(head: head), "what head \(head) changes")
        }
    }

    /// The id of the n-th commit: its first ten digits read as the number.
    static func commit(_ number: Int) -> CommitID {
        let digits = String(number)
        let text = String(repeating: "0", count: 10 - digits.count) + digits + String(repeating: "0", count: 30)
        guard let id = CommitID(text) else { preconditionFailure("40 digits are an object id") }
        return id
    }

    /// A line in which heads are called by their number and not by their id.
    func withHeads(_ line: String) -> String {
        guard line.contains("`00") else { return line }
        return commits.indices.reduce(line) {
            $0.replacing("`\(TestScene.commit($1 + 1).short)`", with: "head \($1 + 1)")
        }
    }

    /// Whether the pull request changes a file.
    fileprivate func touches(_ path: ExactText) -> Bool {
        pull.files.contains { $0.paths.contains { $0.isExactly(path.description) } }
    }

    /// What stands at a policy path of the head; where a case says nothing else, it is a valid policy.
    fileprivate func policyFile(_ path: ExactText) -> PolicyFile {
        if let file = pull.policyFiles[path] { return file }
        let isThere = pull.files.contains { $0.path.isExactly(path.description) }
        return isThere ? .valid(includes: []) : .absent
    }

    /// The moment a head arrived, and some seconds later.
    fileprivate static func time(head: Int, offset: Int64) -> Int64 { 1_700_000_000 + Int64(head) * 1_000 + offset }

    /// The id of a row or comment: those of one head before those of the next.
    fileprivate static func row(head: Int, offset: Int) -> Int64 { Int64(head) * 10_000 + Int64(offset) + 1 }

    /// Every login the scene names, in lower case.
    fileprivate var logins: Set<String> {
        var names = Set(teams.values.joined()).union(inactive)
        names.formUnion(place.writers + place.admins + place.members + [place.name.owner, pull.author])
        names.formUnion([place.serviceAccount, pull.forkOwner].compactMap { $0 })
        names.formUnion(commits.flatMap { [$0.author, $0.committer] + [$0.pusher, $0.signer].compactMap { $0 } })
        names.formUnion(comments.map(\.author))
        names.formUnion(reviews.map(\.author) + waivers.map(\.author) + statuses.compactMap(\.creator))
        names.formUnion(pull.labels.compactMap(\.actor))
        return Set(names.map { $0.lowercased() })
    }
}
