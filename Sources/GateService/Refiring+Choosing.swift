import GateForge
import GatePolicy

extension Refiring {
    /// Says what is to be decided anew; throws only when not even that could be read.
    /// - Parameter gated: the repositories that are known to have gates, by id; they count where nothing is named.
    public func choose(_ targets: [Target], gated: [Int64: RepositoryName] = [:]) async throws(ForgeError) -> Choice {
        let account = try await forge.currentUser()
        var choice = Choice()
        var repositories: [RepositoryName] = []
        var chosen: [Found] = []
        for target in targets {
            do throws(ForgeError) {
                switch target {
                case .pull(let subject): chosen.append(try await shown(subject))
                case .repository(let name): repositories.append(name)
                case .organization(let name): repositories += try await self.repositories(of: name)
                }
            } catch {
                // A name that is wrong does not keep the others from being looked at.
                choice.unread.append(Unread(name: target.name, reason: error.reason))
                if error.isTransient { throw error }
            }
        }
        if targets.isEmpty {
            let all = try await forge.ownRepositories()
            let own = all.filter { !$0.repository.isArchived }
            repositories = own.filter(\.mayPush).map(\.repository.name)
            choice.unread += await lost(own.filter { !$0.mayPush })
            choice.unread += Self.vanished(from: all, gated)
            if all.isEmpty, choice.unread.isEmpty {
                choice.unread.append(
                    Unread(
                        name: account.login,
                        reason:
                            "the service account has a part in no repository, so that nothing can be posted: give it "
                            + "write access (`countersign doctor ORG` says where), or name what to look at"))
            }
        }
        var names: Set<String> = []
        repositories = repositories.filter { names.insert($0.description.lowercased()).inserted }
        let found = await repositories.sideBySide(width) { await choose($0, account) }
        for (name, result) in zip(repositories, found) {
            switch result {
            case .success(let more): chosen += more
            case .failure(let error): choice.unread.append(Unread(name: "\(name)", reason: error.reason))
            }
        }
        // Two at once would overtake each other.
        var seen: Set<Found.Pull> = []
        choice.chosen = chosen.filter { seen.insert($0.pull).inserted }.map(\.chosen)
        return choice
    }

    /// A pull request that was found, under whatever name of its repository.
    private struct Found {
        struct Pull: Hashable {
            var repository: Int64
            var number: Int64
        }
        var pull: Pull
        var chosen: Chosen

        init(_ snapshot: PullRequestSnapshot, _ chosen: Chosen) {
            pull = Pull(repository: snapshot.repository.id, number: snapshot.pullRequest.number)
            self.chosen = chosen
        }
    }

    /// Those with gates that the service account is not shown any more.
    private static func vanished(from own: [RepositoryRights], _ gated: [Int64: RepositoryName]) -> [Unread] {
        let shown = Set(own.map(\.repository.id))
        return gated.filter { !shown.contains($0.key) }.map { "\($0.value)" }.sorted().map { name in
            Unread(name: name, reason: "it has gates, and the service account has no part in it: nothing can be posted")
        }
    }

    private func repositories(of organization: String) async throws(ForgeError) -> [RepositoryName] {
        let directory = forge.settings.directoryToken == nil ? Credential.service : .directory
        let shown = try await forge.shownRepositories(of: organization, directory)
        // Whoever is outside is shown nothing, as where there is nothing; the teams are refused to him.
        if shown.isEmpty { _ = try await forge.teams(of: organization, directory) }
        return shown.filter { !$0.repository.isArchived && !$0.repository.isEmpty }.map(\.repository.name)
    }

    private func shown(_ subject: Subject) async throws(ForgeError) -> Found {
        let pull = try await forge.pullRequest(subject.repository, subject.number)
        let rows = try await forge.statuses(pull.repository.name, of: pull.pullRequest.head)
        return Found(pull, Chosen(subject: subject, before: Self.summary(rows, pull)?.state))
    }

    private static func summary(_ rows: [CommitStatus], _ pull: PullRequestSnapshot) -> CommitStatus? {
        rows.first { $0.context.isExactly(Policy.summaryContext(base: pull.pullRequest.baseBranch)) }
    }

    /// The open pull requests of a repository that wait for it.
    private func choose(
        _ repository: RepositoryName, _ account: Account
    ) async -> Result<[Found], ForgeError> {
        do {
            var chosen: [Found] = []
            let open = try await forge.openSnapshots(repository).filter { !$0.isArchived }
            for pull in open.sorted(by: { $0.pullRequest.number < $1.pullRequest.number }) {
                let rows = try await forge.statuses(repository, of: pull.pullRequest.head)
                let summary = Self.summary(rows, pull)
                // A gate may be undecided beside a summary that another gate has failed.
                let gates = rows.filter { isOurs($0.context, base: pull.pullRequest.baseBranch) }
                let isUndecided =
                    summary?.state == nil || gates.contains { $0.state == .error && $0.creator == account }
                let isForeign = gates.contains { $0.creator != account }
                let isAstray = leadsElsewhere(gates, of: pull, among: open)
                let isHeld = contexts.contains { wanted in
                    let row = rows.first { $0.context.isExactly(wanted) }
                    return row.map { $0.state?.passes != true } ?? false
                }
                guard takesAll || isUndecided || isForeign || isAstray || isHeld else { continue }
                let subject = Subject(repository: repository, number: pull.pullRequest.number)
                chosen.append(Found(pull, Chosen(subject: subject, before: summary?.state)))
            }
            return .success(chosen)
        } catch {
            return .failure(error)
        }
    }

    /// Whether some of the rows lead to no page of a pull request that shares this head and base.
    private func leadsElsewhere(
        _ rows: [CommitStatus], of pull: PullRequestSnapshot, among open: [PullRequestSnapshot]
    ) -> Bool {
        guard let link else { return false }
        let pages = Set((open.filter { $0.isSibling(of: pull) } + [pull]).map { link($0) ?? "" })
        return !rows.allSatisfy { pages.contains($0.targetURL) }
    }

    /// Those repositories that have gates and open pull requests, and in which nothing can be posted any more.
    private func lost(_ readable: [RepositoryRights]) async -> [Unread] {
        let gated = await readable.sideBySide(width) { await isGated($0.repository) }
        return zip(readable, gated).compactMap { one, gated in
            switch gated {
            case .success(false): nil
            case .success(true):
                Unread(
                    name: "\(one.repository.name)",
                    reason: "it has gates, and the service account may not write its code: nothing can be posted")
            case .failure(let error): Unread(name: "\(one.repository.name)", reason: error.reason)
            }
        }
    }

    private func isGated(_ listed: ListedRepository) async -> Result<Bool, ForgeError> {
        do {
            guard !listed.isEmpty, let open = try await forge.openSnapshots(listed.name).first,
                let branch = try await forge.branch(listed.name, listed.defaultBranch)
            else { return .success(false) }
            let organization = await check.decider.organizationPolicy(of: listed.name.owner)
            let answer = await check.decider.repositoryPolicy(
                of: open.repository, at: branch.commit, beside: organization)
            if case .absent = answer { return .success(false) }
            return .success(true)
        } catch {
            return .failure(error)
        }
    }

    /// Whether a context is one of a gate's, or the summary's, for a branch.
    private func isOurs(_ context: String, base: String) -> Bool {
        context.isExactly(Policy.summaryContext(base: base))
            || check.settings.allowedContexts.holdsGate(context, of: base)
    }
}
