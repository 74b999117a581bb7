import GateForge
import GatePolicy

/// Reads what stands at a policy path of any commit, a stranger's as well: as data, never more than a policy may hold.
///
/// A file that can be the policy is put together with those of its own repository that it includes, as they are after
/// the merge; those of other repositories are read after it.
struct PolicyFileReader: Sendable {
    let forge: ForgeClient
    let settings: DecidingSettings
    let facts: Facts

    private var repository: RepositoryName { facts.repository.name }

    func file(_ key: PolicyFile.Key) async -> Known<PolicyFile> {
        let path = key.path.description
        do {
            switch try await forge.file(repository, path: path, ref: key.commit.text) {
            case .absent: return .known(.absent)
            case .notAFile(let kind): return .known(.notAFile(kind.rawValue))
            case .content(let bytes, _):
                // An included file is one of whatever includes it, so it is read by itself.
                let role: PolicyFileRole =
                    PolicyPath.inOrder.contains(key.path)
                    ? .repository : PolicyPath.all(of: repository).contains(key.path) ? .organization : .included
                return await compose(text(bytes, path), role)
            }
        } catch {
            guard error.isOfTooMuch else {
                return .unknown(error.unknown(subject: "what `\(path)` of `\(key.commit.short)` says"))
            }
            let span = SourceSpan(file: path, line: 1, column: 1)
            return .known(.broken([Diagnostic(span: span, message: Self.tooLong)]))
        }
    }

    private static let tooLong = "the policy is longer than \(PolicyLimits.bytes / 1024) KiB"

    private func text(_ bytes: [UInt8], _ path: String) -> PolicyText {
        PolicyText(bytes, file: path, identity: path, digest: "")
    }

    private func compose(_ text: PolicyText, _ role: PolicyFileRole) async -> Known<PolicyFile> {
        var answers: [PolicyFilePlace: PolicyFileAnswer] = [:]
        while true {
            let composition = await Evaluating.apart { [answers] in
                PolicyReader.compose(
                    text, role: role, repository: repository, hash: { $0 },
                    file: { place in role == .included ? .unchecked : answers[place] })
            }
            if composition.hasErrors { return .known(.broken(composition.errors)) }
            switch composition.result {
            case .needs(let places):
                for place in places { answers[place] = await answer(place) }
            case .undecided(let unknowns) where !unknowns.isEmpty: return .unknown(unknowns[0])
            case .policy, .incomplete, .invalid, .undecided:
                let refused = composition.gates.refusedContexts(settings.allowedContexts)
                if !refused.isEmpty { return .known(.broken(refused)) }
                switch await mistakenTeams(composition.result) {
                case .known([]): break
                case .known(let mistakes): return .known(.broken(mistakes))
                case .unknown(let unknown): return .unknown(unknown)
                }
                let own = answers.keys.filter { $0.repository == nil && $0.ref == nil }.map(\.path).sorted()
                return .known(.valid(includes: own + composition.uncheckedPaths.filter { !own.contains($0) }))
            }
        }
    }

    /// What the base's policy would be refused for after the merge; a name means the same whatever else is included.
    private func mistakenTeams(_ read: PolicyComposition.Result) async -> Known<[Diagnostic]> {
        let policy: Policy
        switch read {
        case .policy(let read), .incomplete(let read): policy = read
        case .invalid, .needs, .undecided: return .known([])
        }
        guard policy.namesTeams(ofTheOwnerOf: repository) else { return .known([]) }
        let loader = FactsLoader(forge: forge, settings: settings)
        let facts = await loader.adding([.directory(repository.owner.lowercased())], to: facts)
        return await Evaluating.apart { policy.mistakenTeams(facts) }
    }

    // MARK: Included files

    private func answer(_ place: PolicyFilePlace) async -> PolicyFileAnswer {
        guard settings.allowsIncludes(of: place.repository ?? repository, in: repository) else {
            return .notAllowed(place.repository ?? repository)
        }
        guard place.repository == nil, place.ref == nil else { return .unchecked }
        let path = place.path.description
        do {
            switch try await forge.file(repository, path: path, ref: commit(of: place.path).text) {
            case .absent: return .absent(place, in: repository)
            case .notAFile(let kind): return .noFile(place, of: repository, kind)
            case .content(let bytes, _): return .text(text(bytes, path))
            }
        } catch {
            if error.isOfTooMuch { return .refused("\(path): \(Self.tooLong)", hint: nil) }
            return .unknown(error.unknown(subject: "what `\(path)` says after the merge"))
        }
    }

    /// Where a file is as the merge leaves it: at the head if the pull request changes it, and else at the base.
    private func commit(of path: ExactText) -> CommitID {
        let pull = facts.pullRequest
        let key = EffectiveChange.Key(commit: pull.head, baseBranch: pull.baseBranch)
        guard case .known(.some(let change)) = facts.effectiveChanges[key], let base = pull.comparedWith,
            !change.touches(path)
        else { return pull.head }
        return base
    }
}

extension ForgeError {
    /// Whether there was more than is ever read.
    var isOfTooMuch: Bool {
        switch kind {
        case .overLimit, .tooLarge: true
        default: false
        }
    }
}

extension PolicyComposition {
    fileprivate var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
}
