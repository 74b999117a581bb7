import GateForge
import GatePolicy

/// Reads exactly what a policy needs, in rounds of calls side by side, all of one head and one base.
struct FactsLoader: Sendable {
    /// What reading came to.
    enum Answer: Sendable {
        /// What was read, how many reviews are drafts of others, and the timeline as the forge showed it.
        case facts(Facts, drafts: Int, timeline: [TimelineEntry]?)
        /// The pull request changed meanwhile: everything is to be read again.
        case moved
        case unknown(Unknown)
    }

    /// More rounds than any policy needs; a policy that still asks is answered with unknowns.
    static let maximumRounds = 6
    /// How many needs are read at a time: those that a policy has, so that no round waits.
    static let sideBySide = 16

    let forge: ForgeClient
    let settings: DecidingSettings
    /// Whether comments are read whether or not a gate asks for them: for the commands in them.
    var hears = false
    private var asksWhoCanSign: Bool { settings.asksWhoCanSign }

    /// Everything that a head or a base determines is read after the opening timeline and before the closing one, and
    /// so is the pull request once more: while the two timelines say the same, all of it is of the one state that the
    /// pull request was in when it was read in between.
    func load(
        _ policy: Policy, _ opening: Instant, serviceAccount: Account?, now: Timestamp,
        recollection: Recollection = .none
    ) async -> Answer {
        let subject = Subject(repository: opening.snapshot.repository.name, number: opening.snapshot.pullRequest.number)
        var facts = Facts(
            now: now, repository: opening.snapshot.repository, pullRequest: opening.snapshot.pullRequest,
            serviceAccount: serviceAccount)
        facts.timeline = opening.timeline.map { recollection.remembered.completing($0) }
        facts.remembered = recollection.remembered
        facts.answersSeen = recollection.answers
        switch await recollection.identities(policy.digest) {
        case .known(let identities): facts.rememberedIdentities = identities
        case .unknown(let unknown): return .unknown(unknown)
        }
        var drafts = 0
        var snapshot: Known<PullRequestSnapshot>?
        var closing: Known<[TimelineEntry]>?
        for _ in 0..<Self.maximumRounds {
            var needs = await policy.needed(facts, asksWhoCanSign: asksWhoCanSign)
            if hears, facts.comments == nil { needs.insert(.comments) }
            if needs.isEmpty { break }
            // What no head and no base determines may be read side by side with the closing timeline, or after it.
            let isLast = snapshot != nil && needs.allSatisfy(\.isTimeless)
            if !isLast { closing = nil }
            let isClosing = isLast && closing == nil
            async let pull = snapshot == nil ? Self.snapshot(forge, subject) : nil
            let hasRows = facts.standInTheTimeline
            async let rows = isClosing ? Self.timeline(forge, subject, hasRows: hasRows) : nil
            let updates = await read(needs, facts)
            if let pull = await pull { snapshot = pull }
            if let rows = await rows { closing = rows }
            for update in updates {
                guard let update else { return .moved }
                update.apply(&facts)
                drafts = update.drafts ?? drafts
            }
        }
        if snapshot == nil { snapshot = await Self.snapshot(forge, subject) }
        if closing == nil { closing = await Self.timeline(forge, subject, hasRows: facts.standInTheTimeline) }
        switch (snapshot, closing) {
        case (.known(let snapshot), .some(let timeline)):
            return opening.isStill(Instant(snapshot: snapshot, timeline: timeline))
                ? .facts(facts, drafts: drafts, timeline: timeline.value) : .moved
        case (.unknown(let unknown), _): return .unknown(unknown)
        default: return .moved
        }
    }

    /// Reads what a policy still asks for beside what was kept; nil when it asks for what depends on the instant.
    func resume(_ policy: Policy, _ begun: Facts) async -> (facts: Facts, drafts: Int?)? {
        var facts = begun
        var drafts: Int?
        for _ in 0..<Self.maximumRounds {
            let needs = await policy.needed(facts, asksWhoCanSign: asksWhoCanSign)
            if needs.isEmpty { return (facts, drafts) }
            guard needs.allSatisfy(\.isOfNoInstant) else { return nil }
            for update in await read(needs, facts) {
                guard let update else { return nil }
                update.apply(&facts)
                drafts = update.drafts ?? drafts
            }
        }
        return nil
    }

    /// Reads what a policy still asks for, without a look at whether the pull request moved: for suppositions only.
    func complete(_ facts: Facts, for policy: Policy) async -> Facts {
        var facts = facts
        for _ in 0..<Self.maximumRounds {
            let needs = await policy.needed(facts, asksWhoCanSign: asksWhoCanSign)
            if needs.isEmpty { break }
            facts = await adding(needs, to: facts)
        }
        return facts
    }

    /// The facts with others that are asked for; without those of a pull request that moved meanwhile.
    func adding(_ needs: Set<Need>, to facts: Facts) async -> Facts {
        var more = facts
        for update in await read(needs, facts) { update?.apply(&more) }
        return more
    }

    /// The pull request as it is now.
    private static func snapshot(_ forge: ForgeClient, _ subject: Subject) async -> Known<PullRequestSnapshot> {
        do {
            return .known(try await forge.pullRequest(subject.repository, subject.number))
        } catch {
            return .unknown(error.unknown(subject: "whether `\(subject)` changed while it was read"))
        }
    }

    /// - Parameter hasRows: whether something that is known stands in it: an empty one is then no answer.
    static func timeline(
        _ forge: ForgeClient, _ subject: Subject, hasRows: Bool = false
    ) async -> Known<[TimelineEntry]> {
        do {
            return .known(try await forge.timeline(subject.repository, subject.number, hasRows: hasRows))
        } catch {
            return .unknown(error.unknown(subject: "what happened to the pull request"))
        }
    }

    /// What an answer changes in the facts.
    private struct Update: Sendable {
        let drafts: Int?
        let apply: @Sendable (inout Facts) -> Void

        init(drafts: Int? = nil, _ apply: @escaping @Sendable (inout Facts) -> Void) {
            self.drafts = drafts
            self.apply = apply
        }
    }

    /// All needs, some at a time; a nil among the answers means that the pull request moved.
    ///
    /// How many there are is for whoever writes comments and reviews.
    private func read(_ needs: Set<Need>, _ facts: Facts) async -> [Update?] {
        await Array(needs).sideBySide(Self.sideBySide) { await read($0, facts) }
    }

    private func read(_ need: Need, _ facts: Facts) async -> Update? {
        let repository = facts.repository
        let pull = facts.pullRequest
        switch need {
        case .reviews:
            let answer = await ask("which reviews there are") { () async throws(ForgeError) in
                try await forge.reviewsAndDrafts(repository.name, pull.number)
            }
            return answer.map { answer in
                Update(drafts: answer.value?.drafts) { $0.reviews = answer.map(\.reviews) }
            }
        case .files:
            if case .unknown(let unknown)? = facts.timeline { return Update { $0.files = .unknown(unknown) } }
            let answer = await ask("which files changed") { () async throws(ForgeError) in
                try await forge.files(repository.name, pull.number, head: pull.head)
            }
            guard case .known(let listing)? = answer else {
                return answer.map { answer in Update { $0.files = answer.map(\.files) } }
            }
            let reader = ChangedFilesReader(forge: forge)
            return await proven(await reader.completed(listing, facts), facts) { answer in
                Update { $0.files = answer }
            }
        case .commits:
            if case .unknown(let unknown)? = facts.timeline { return Update { $0.commits = .unknown(unknown) } }
            let answer = await ask("which commits it has") { () async throws(ForgeError) in
                try await forge.commits(repository.name, pull.number, head: pull.head)
            }
            return await proven(answer, facts) { answer in Update { $0.commits = answer } }
        case .verifications:
            if case .unknown(let unknown)? = facts.timeline { return Update { $0.verifications = .unknown(unknown) } }
            let answer = await ask("how its commits are signed") { () async throws(ForgeError) in
                try await forge.verifications(repository.name, pull.number, head: pull.head)
            }
            return await proven(answer, facts) { answer in Update { $0.verifications = answer } }
        case .timeline: return Update { _ in }
        case .comments:
            let answer = await ask("what the comments say") { () async throws(ForgeError) in
                try await forge.comments(repository.name, pull.number)
            }
            return answer.map { answer in Update { $0.comments = answer } }
        case .templates:
            let answer = await ask("what the repository's template says") { () async throws(ForgeError) in
                try await forge.pullRequestTemplates(repository.name, defaultBranch: repository.defaultBranch)
            }
            return answer.map { answer in Update { $0.templates = answer } }
        case .statuses:
            let answer = await ask("which statuses the head has") { () async throws(ForgeError) in
                try await forge.statuses(repository.name, of: pull.head)
            }
            return answer.map { answer in Update { $0.statuses = answer } }
        case .directory(let organization):
            let directory = await forge.teamDirectory(organization)
            var owner = repository.ownerIsOrganization
            if case .unknown = directory, organization == repository.name.owner.lowercased() {
                // A user has no teams: then a bare name of the policy can only be one of its groups.
                owner = await forge.ownerIsOrganization(of: repository.name)
            }
            return Update { [owner] facts in
                facts.directories[organization] = directory
                facts.repository.ownerIsOrganization = owner
            }
        case .teamMembers(let id, let reference):
            let members = await forge.teamMembers(id, reference)
            return Update { $0.teamMembers[id] = members }
        case .user(let login):
            let user = await forge.user(login)
            return Update { $0.users[login] = user }
        case .organizationMembers:
            let members = await forge.organizationMembers(repository.name.owner)
            return Update { $0.organizationMembers = members }
        case .writers:
            let writers = await forge.writers(of: repository)
            return Update { $0.writers = writers }
        case .admins:
            let admins = await forge.admins(of: repository)
            return Update { $0.admins = admins }
        case .codeOwners:
            let file = await CodeOwnersReader(forge: forge).file(facts)
            return Update { $0.codeOwners = file }
        case .effectiveChange(let key):
            let change = await EffectiveChangeReader(forge: forge).change(key, facts)
            return Update { $0.effectiveChanges[key] = change }
        case .branch(let name):
            let exists = await branch(repository.name, name, "whether there is a branch `\(name)`") { $0 != nil }
            return Update { $0.branches[name] = exists }
        case .watchedFiles(let paths):
            let files = await watchedFiles(paths, facts)
            return Update { $0.watchedFiles = files }
        case .policyFile(let key):
            let file = await PolicyFileReader(forge: forge, settings: settings, facts: facts).file(key)
            return Update { $0.policyFiles[key] = file }
        case .protection(let branch):
            let isProtected = await self.branch(repository.name, branch, "whether `\(branch)` is protected") {
                $0?.isProtected ?? false
            }
            return Update { $0.protectedBranches[branch] = isProtected }
        }
    }

    /// The answer or why there is none; nil when the pull request moved while it was read.
    private func ask<Value: Sendable>(
        _ subject: String, _ call: () async throws(ForgeError) -> Value
    ) async -> Known<Value>? {
        do {
            return .known(try await call())
        } catch {
            if case .moving = error.kind { return nil }
            return .unknown(error.unknown(subject: subject))
        }
    }

    /// A list without a row names no head: it is one of this head only where this head changes nothing.
    private func proven<Row: Sendable>(
        _ answer: Known<[Row]>?, _ facts: Facts, _ update: (Known<[Row]>) -> Update
    ) async -> Update? {
        guard case .known(let rows)? = answer, rows.isEmpty else { return answer.map(update) }
        let pull = facts.pullRequest
        let key = EffectiveChange.Key(commit: pull.head, baseBranch: pull.baseBranch)
        switch await EffectiveChangeReader(forge: forge).change(key, facts) {
        case .known(let change): return change?.entries.isEmpty == true ? update(.known(rows)) : nil
        case .unknown(let unknown): return update(.unknown(unknown))
        }
    }

    private func watchedFiles(_ paths: Set<ExactText>, _ facts: Facts) async -> Known<WatchedFiles> {
        let subject = "whether the pull request changes the policy"
        guard let base = facts.pullRequest.comparedWith else {
            return .unknown(facts.pullRequest.isNotCompared(subject))
        }
        do {
            let reader = WatchedFilesReader(forge: forge, repository: facts.repository.name)
            return .known(try await reader.compare(paths, base: base, head: facts.pullRequest.head))
        } catch {
            return .unknown(error.unknown(subject: subject))
        }
    }

    private func branch(
        _ repository: RepositoryName, _ name: ExactText, _ subject: String, _ test: (BranchAnswer?) -> Bool
    ) async -> Known<Bool> {
        do {
            return .known(test(try await forge.branch(repository, name.description)))
        } catch {
            return .unknown(error.unknown(subject: subject))
        }
    }
}
