import Crypto
import GateForge
import GatePolicy

/// Reads the files that a policy includes: side by side, each version once, each file of a commit once.
struct IncludedFiles: Sendable {
    let forge: ForgeClient
    let settings: DecidingSettings
    let memory: PolicyMemory
    /// The repository that the policy is for, and the commit of which its own files are.
    let repository: Repository
    let commit: CommitID
    /// Where the policy's own file is.
    let root: (repository: RepositoryName, commit: CommitID)
    /// The branch that is read as a merge found it.
    let before: BranchBefore?

    /// A version of a repository.
    private struct Version: Hashable {
        var repository: RepositoryName
        var ref: ExactText
    }

    /// A commit that a policy may be read at, or why not.
    private enum Resolved: Sendable {
        case commit(CommitID, doubt: String?)
        case refused(String, hint: String?)
        case unknown(Unknown)
    }

    /// Reads what is needed until nothing more is.
    func compose(
        _ text: PolicyText, at place: PolicyFilePlace, role: PolicyFileRole,
        beside organization: (text: PolicyText, place: PolicyFilePlace)?
    ) async -> PolicyComposition {
        var answers: [PolicyFilePlace: PolicyFileAnswer] = [:]
        var versions: [Version: Resolved] = [:]
        while true {
            let ingredients = ComposedPolicies.Ingredients(
                text, at: place, role: role, of: repository.name, beside: organization, answers)
            let composition = await memory.compositions.composition(of: ingredients) {
                [answers, name = repository.name] in
                PolicyReader.compose(
                    text, at: place, role: role, organization: organization, repository: name,
                    hash: { SHA256.hexadecimal($0.utf8) }, file: { place in answers[place] })
            }
            // A mistake is one whatever the other files say.
            guard case .needs(let places) = composition.result, !composition.hasErrors else { return composition }
            await resolve(places.filter(isAllowed), &versions)
            for (place, answer) in await read(places, versions) { answers[place] = answer }
        }
    }

    private func name(of place: PolicyFilePlace) -> RepositoryName { place.repository ?? repository.name }

    private func isAllowed(_ place: PolicyFilePlace) -> Bool {
        settings.allowsIncludes(of: name(of: place), in: repository.name)
    }

    // MARK: Versions

    /// Finds the commits of versions that are not known yet: one answer for all files of a version.
    private func resolve(_ places: [PolicyFilePlace], _ versions: inout [Version: Resolved]) async {
        var open: [Version] = []
        for place in places {
            guard let ref = place.ref else { continue }
            let version = Version(repository: name(of: place), ref: ref)
            if versions[version] == nil, !open.contains(version) { open.append(version) }
        }
        await withTaskGroup(of: (Version, Resolved).self) { group in
            for version in open { group.addTask { (version, await resolve(version)) } }
            for await (version, resolved) in group { versions[version] = resolved }
        }
    }

    private func resolve(_ version: Version) async -> Resolved {
        let (name, ref) = (version.repository, version.ref.description)
        let hint = "name a full commit id, a tag, or a protected or default branch"
        do {
            switch try await forge.version(ref, of: name) {
            case .commit(let commit): return .commit(commit, doubt: nil)
            case .branch(let commit, isTrusted: true):
                return .commit(before?.commit(of: ref, in: name) ?? commit, doubt: nil)
            case .tag(let commit):
                return .commit(
                    commit, doubt: "whoever may write `\(name)` can move the tag `\(ref)`; `@\(commit)` cannot be moved"
                )
            case .branch(_, isTrusted: false):
                return .refused(
                    "`\(ref)` is a branch of `\(name)` that is neither protected nor the default one: anybody who may "
                        + "write there could push to it", hint: hint)
            case .ambiguous:
                return .refused(
                    "`\(ref)` of `\(name)` is two things: a tag and a branch, or a commit and a name like one",
                    hint: "rename one of them, or name the full commit id")
            case .absent: return .refused("`\(name)` has no tag and no branch `\(ref)`", hint: hint)
            case .moved:
                return .refused(
                    "`\(name)` leads to a repository that has another name now",
                    hint: "write its present name, which an administrator must allow")
            }
        } catch {
            return .unknown(error.unknown(subject: "which commit `\(ref)` of `\(name)` is"))
        }
    }

    // MARK: Files

    private func read(
        _ places: [PolicyFilePlace], _ versions: [Version: Resolved]
    ) async -> [(PolicyFilePlace, PolicyFileAnswer)] {
        await withTaskGroup(of: (PolicyFilePlace, PolicyFileAnswer).self) { group in
            for place in places { group.addTask { (place, await read(place, versions)) } }
            var answers: [(PolicyFilePlace, PolicyFileAnswer)] = []
            for await answer in group { answers.append(answer) }
            return answers
        }
    }

    private func read(_ place: PolicyFilePlace, _ versions: [Version: Resolved]) async -> PolicyFileAnswer {
        let name = name(of: place)
        guard isAllowed(place) else { return .notAllowed(name) }
        guard let ref = place.ref else {
            return await file(place, name, name.isSame(as: root.repository) ? root.commit : commit, doubt: nil)
        }
        switch versions[Version(repository: name, ref: ref)] {
        case .commit(let commit, let doubt): return await file(place, name, commit, doubt: doubt)
        case .refused(let message, let hint): return .refused(message, hint: hint)
        case .unknown(let unknown): return .unknown(unknown)
        case nil: return .unchecked
        }
    }

    private func file(
        _ place: PolicyFilePlace, _ name: RepositoryName, _ commit: CommitID, doubt: String?
    ) async -> PolicyFileAnswer {
        let key = PolicyMemory.File(repository: name, commit: commit, path: place.path.description)
        func text(_ bytes: [UInt8]) -> PolicyFileAnswer {
            var text = PolicyText(
                bytes, file: "\(place)", identity: key.identity, digest: SHA256.hexadecimal(bytes))
            text.doubt = doubt
            return .text(text)
        }
        if let known = memory[key] { return text(known) }
        do {
            switch try await forge.file(name, path: key.path, ref: commit.text) {
            case .absent: return .absent(place, in: name)
            case .notAFile(let kind): return .noFile(place, of: name, kind)
            case .content(let bytes, _):
                memory[key] = bytes
                return text(bytes)
            }
        } catch {
            return .unknown(error.unknown(subject: "what `\(place)` says"))
        }
    }
}

extension PolicyFileAnswer {
    static func notAllowed(_ repository: RepositoryName) -> PolicyFileAnswer {
        .refused(
            "policies here may not include files of `\(repository)`",
            hint: "an administrator must add the repository to `include.allow`")
    }

    static func absent(_ place: PolicyFilePlace, in repository: RepositoryName) -> PolicyFileAnswer {
        .refused(
            "there is no file `\(place.path)` in `\(repository)`" + (place.ref.map { " at `\($0)`" } ?? ""),
            hint: "a path is written from the repository's root")
    }

    static func noFile(
        _ place: PolicyFilePlace, of repository: RepositoryName, _ kind: FileAnswer.Kind
    ) -> PolicyFileAnswer {
        .refused("`\(place.path)` of `\(repository)` is a \(kind.rawValue), not a file", hint: nil)
    }
}
