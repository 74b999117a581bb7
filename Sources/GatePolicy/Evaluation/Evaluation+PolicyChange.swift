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
            // A handful on both sides: to compare them is quicker than to hash them.
            let different = paths.filter { path in !files.same.contains { $0 == path } }
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

    /// What will stand at a policy path after the merge: what the pull request brings, or else what the base has.
    private mutating func policyFile(_ path: ExactText, after change: PolicyChange) -> Known<PolicyFile> {
        if let file = change.files.first(where: { $0.path.isExactly(path.description) })?.file { return file }
        let head = facts.pullRequest.head
        switch effectiveChange(head, against: facts.pullRequest.baseBranch) {
        case .known(.some(let change)) where change.touches(path): return policyFile(path, of: head)
        case .known:
            guard let base = facts.pullRequest.comparedWith else {
                return .unknown(facts.pullRequest.isNotCompared("what the policy is after the merge"))
            }
            return policyFile(path, of: base)
        case .unknown(let unknown): return .unknown(unknown)
        }
    }

    /// What every file that it changes is at the head, and what would be the policy after the merge.
    mutating func describe(_ change: FoundChange) -> PolicyChange {
        let files = change.paths.map { path in
            // What it is after the merge depends on which of the others are changed.
            let isRead = !change.isOpen && policy.isPolicy(path, of: facts.repository.name)
            return PolicyChange.File(
                path: path.description, file: isRead ? policyFile(path, of: facts.pullRequest.head) : nil)
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
                let isStillIncluded =
                    change.changesOnlyDeletedIncludes(of: ownPaths)
                    ? .yes : isIncluded(ExactText(file.path), after: change)
                if isStillIncluded == .yes { change.files[index].file = .known(.stillIncluded(file.path)) }
                valid = valid && !isStillIncluded
            case .unknown(let unknown): valid = valid && .unknown([unknown])
            }
        }
        // A file that can be the policy was read with those it includes; one that it includes was read by itself.
        let changesIncluded = change.files.contains { $0.file != nil && !ownPaths.contains(ExactText($0.path)) }
        guard deletes || changesIncluded else { return valid }
        // What is left depends on which of the files the pull request really changes.
        return valid && found.applies && remainder(of: &change, deletes: deletes)
    }

    /// Whether what will be the policy after the merge includes a file, directly or through others.
    private mutating func isIncluded(_ file: ExactText, after change: PolicyChange) -> Truth {
        var open: [ExactText] = []
        var truth = Truth.no
        for path in PolicyPath.inOrder where open.isEmpty {
            switch policyFile(path, after: change) {
            case .known(.absent): continue
            case .known: open.append(path)
            case .unknown(let unknown): truth = .unknown([unknown])
            }
        }
        // The organisation's file is the policy of other repositories besides.
        if PolicyPath.all(of: facts.repository.name).contains(PolicyPath.organizationFile) {
            open.append(PolicyPath.organizationFile)
        }
        var seen = Set(open)
        while let path = open.popLast() {
            switch policyFile(path, after: change) {
            case .known(.valid(let includes)):
                if includes.contains(file) { return .yes }
                open += includes.filter { seen.insert($0).inserted }
            case .known(.broken), .known(.notAFile), .known(.absent): break
            case .unknown(let unknown): truth = truth || .unknown([unknown])
            }
            guard seen.count <= 2 * Composer.maximumFiles else { return truth || .unknown([.tooManyFiles]) }
        }
        return truth
    }

    /// What is the policy after the merge: the first path that exists, and the organisation's file besides.
    private mutating func remainder(of change: inout PolicyChange, deletes: Bool) -> Truth {
        var truth = Truth.yes
        var isLeft = false
        for path in PolicyPath.all(of: facts.repository.name) where !isLeft || path == PolicyPath.organizationFile {
            let known = policyFile(path, after: change)
            switch known {
            case .known(.absent): continue
            case .known(.valid): break
            case .known(.broken), .known(.notAFile):
                if !change.files.contains(where: { path.description.isExactly($0.path) }) {
                    change.files.append(PolicyChange.File(path: path.description, file: known))
                }
                return .no
            case .unknown(let unknown): truth = truth && .unknown([unknown])
            }
            isLeft = true
        }
        change.leavesNone = deletes && !isLeft
        return truth
    }
}

extension PolicyChange {
    /// Whether it changes no file of the policy but included ones that it deletes.
    fileprivate func changesOnlyDeletedIncludes(of ownPaths: [ExactText]) -> Bool {
        files.allSatisfy { file in
            switch file.file {
            case nil, .known(.absent): !ownPaths.contains(ExactText(file.path))
            default: false
            }
        }
    }
}

extension Unknown {
    fileprivate static let tooManyFiles = Unknown(
        cause: .overLimit, subject: "what the policy includes after the merge",
        reason: "it would be made of more than \(Composer.maximumFiles) files", cure: "include fewer files")
}
