extension Evaluation {
    /// What the pull request does to the files that the policy is made of.
    struct FoundChange {
        /// Whether it changes any.
        var applies = Truth.no
        /// Those it changes, or may.
        var paths: [ExactText] = []
        /// Whether it changes nothing else.
        var isAll = Truth.no
        /// Whether that is not read yet, and not just unknown.
        var isOpen: Bool { applies.unknowns.contains { $0.cause == .notRead } }
    }

    /// Those of some paths where head and base differ.
    mutating func differing(_ paths: [ExactText]) -> Known<[ExactText]> {
        var read: Known<[ExactText]>?
        switch facts.watchedFiles {
        case .known(let files):
            let different = paths.filter { !files.same.contains($0) }
            // Where one of them was not compared, all are asked for again.
            if different.allSatisfy(files.different.contains) { read = .known(different) }
        case .unknown(let unknown): read = .unknown(unknown)
        case nil: break
        }
        return look(read, for: .watchedFiles(Set(paths)), "whether it changes the policy")
    }

    mutating func policyFile(_ path: ExactText, of commit: CommitID) -> Known<PolicyFile> {
        let key = PolicyFile.Key(path: path, commit: commit)
        return look(facts.policyFiles[key], for: .policyFile(key), "what `\(path)` of `\(commit.short)` says")
    }

    /// Whether the pull request changes the policy: by object ids at the base, at the head and where they parted.
    mutating func policyChange() -> FoundChange {
        let paths = policy.watchedPaths(of: facts.repository.name)
        let different: [ExactText]
        switch differing(paths) {
        case .unknown(let unknown): return FoundChange(applies: .unknown([unknown]), isAll: .unknown([unknown]))
        case .known(let paths): different = paths
        }
        if different.isEmpty { return FoundChange() }
        switch effectiveChange(facts.pullRequest.head, against: facts.pullRequest.baseBranch) {
        case .unknown(let unknown):
            return FoundChange(applies: .unknown([unknown]), paths: different, isAll: .unknown([unknown]))
        case .known(nil):
            let gone = Unknown(
                cause: .moving, subject: "whether it changes the policy",
                reason: "the forge no longer has one of the commits", cure: "run the check again")
            return FoundChange(applies: .unknown([gone]), paths: different, isAll: .unknown([gone]))
        case .known(.some(let change)):
            let touched = different.filter(change.touches)
            return FoundChange(
                applies: Truth(!touched.isEmpty), paths: touched,
                isAll: Truth(change.entries.allSatisfy { entry in paths.contains(ExactText(entry.path)) }))
        }
    }

    /// What every file that it changes is at the head, and what would be the policy after the merge.
    mutating func describe(_ change: FoundChange) -> PolicyChange {
        let files = change.paths.map { path in
            let isPolicy = policy.isPolicy(path, of: facts.repository.name)
            return PolicyChange.File(
                path: path.description, file: isPolicy ? policyFile(path, of: facts.pullRequest.head) : nil)
        }
        return PolicyChange(files: files, leave: nil, leavesNone: false)
    }

    /// Whether every policy that the merge would bring is a valid one.
    mutating func validity(of change: inout PolicyChange, _ found: FoundChange) -> Truth {
        // Where nobody knows which files differ, none of them was looked at.
        var valid: Truth = found.paths.isEmpty ? found.applies : .yes
        var deletes = false
        let ownPaths = PolicyPath.all(of: facts.repository.name)
        for (index, file) in change.files.enumerated() {
            switch file.file {
            case .known(.valid), nil: break
            case .known(.broken), .known(.notAFile): valid = .no
            case .known(.absent) where ownPaths.contains(ExactText(file.path)): deletes = true
            case .known(.absent):
                // Where no other file of the policy is changed it is still included.
                guard !change.files.contains(where: { $0.file == .known(.valid) }) else { break }
                change.files[index].file = .known(.stillIncluded(file.path))
                valid = .no
            case .unknown(let unknown): valid = valid && .unknown([unknown])
            }
        }
        guard deletes else { return valid }
        // What is left depends on which of the files the pull request really changes.
        return valid && found.applies && remainder(of: &change)
    }

    /// What is left as the policy where a file is deleted: the first path that exists after the merge.
    private mutating func remainder(of change: inout PolicyChange) -> Truth {
        for path in PolicyPath.all(of: facts.repository.name) {
            let known: Known<PolicyFile>
            if let file = change.files.first(where: { $0.path.isExactly(path.description) })?.file {
                // The organisation's file is no fallback of the repository alone: others have no other.
                if path == PolicyPath.organizationFile, case .known(.absent) = file { break }
                known = file
            } else if let base = facts.pullRequest.comparedWith {
                known = policyFile(path, of: base)
            } else {
                known = .unknown(facts.pullRequest.isNotCompared("what the policy is after the merge"))
            }
            switch known {
            case .known(.absent): continue
            case .known(.valid): return .yes
            case .known(.broken), .known(.notAFile):
                change.files.append(PolicyChange.File(path: path.description, file: known))
                return .no
            case .unknown(let unknown): return .unknown([unknown])
            }
        }
        change.leavesNone = true
        return .yes
    }
}
