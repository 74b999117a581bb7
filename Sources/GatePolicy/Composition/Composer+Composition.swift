extension Composer {
    /// What came of it.
    mutating func composition(hash: (String) -> String) -> PolicyComposition {
        if isWhole || needs.isEmpty { check() }
        var composition = PolicyComposition(
            result: .invalid, diagnostics: diagnostics,
            includedPaths: includedPaths, foreignFiles: foreignFiles, gates: gates,
            groups: files.flatMap(\.reading.reader.groupPlaces), unchecked: unchecked)
        if !unknowns.isEmpty {
            composition.result = .undecided(unknowns)
        } else if !needs.isEmpty {
            composition.result = .needs(needs)
        } else if composition.hasErrors {
            composition.result = .invalid
        } else {
            let policy = policy(composition.diagnostics, hash)
            composition.result = isWhole ? .policy(policy) : .incomplete(policy)
        }
        return composition
    }

    var diagnostics: [Diagnostic] {
        files.indices.flatMap { index in
            let found = files[index].reading.diagnostics(quotes: !isForeign(files[index].place))
            guard index == organization else { return found }
            // Without a word about required gates its mistakes are those of repositories without a policy of their own.
            return requiresNothing ? [] : found.filter { $0.severity == .error }
        }
    }

    /// Whether the organisation's own file is read well enough to say that it requires nothing.
    var requiresNothing: Bool {
        guard let organization else { return true }
        return files[organization].reading.isDocument && !files[organization].reading.reader.saysRequired
    }

    /// The gates of all files.
    var gates: [Gate] {
        inOrder.flatMap { index in files[index].reading.reader.gates.filter { !isOverridden($0.name, in: index) } }
            + requiring.flatMap { files[$0].reading.reader.required }
    }

    /// The parts of all files.
    var parts: [Part] {
        let own = inOrder.flatMap { files[$0].reading.reader.parts }
        guard let organization, !requiresNothing else { return own }
        let reached = reachedFromRequired(in: organization)
        return own + files[organization].reading.reader.parts.filter { reached.contains($0.name) }
    }

    private func policy(_ diagnostics: [Diagnostic], _ hash: (String) -> String) -> Policy {
        let (gates, parts) = tellingGroupsApart(gates, parts)
        return Policy(
            file: files[root].text.file, digest: digest(hash), gates: gates.map { $0.lookedAt(lookedAt) },
            parts: parts.map { $0.lookedAt(lookedAt) },
            aliases: aliases, block: files[root].reading.reader.block, change: files[root].reading.reader.change,
            included: includedPaths, foreign: foreignFiles, elsewhere: elsewhere, distinct: distinctLists,
            warnings: diagnostics)
    }

    /// Files of the policy's own repository that it includes.
    private var includedPaths: [ExactText] { places.filter { !isForeign($0) }.map(\.path).unique }

    private var foreignFiles: [ExactText] { files.filter { isForeign($0.place) }.map { ExactText($0.text.file) } }

    /// Where those files are that say something of the policy and are not read with its own.
    private var elsewhere: [PolicyFilePlace] {
        ((requiresNothing ? [] : [organization].compactMap(\.self)) + inOrder).map { files[$0].place }
            .filter { isForeign($0) || $0.ref != nil }
    }

    /// The digest of everything that was read: the content of each file, and of what has a version the commit.
    private func digest(_ hash: (String) -> String) -> String {
        let files = (requiresNothing ? inOrder : [organization].compactMap(\.self) + inOrder).map { self.files[$0] }
        if files.count == 1 { return files[0].text.digest }
        return hash(
            files.map { file in
                let version = file.place.ref == nil ? "" : file.text.identity
                return "\(file.place)\0\(version)\0\(file.text.digest)\n"
            }.joined())
    }

    /// The files of the policy, its own first.
    var inOrder: [Int] { Array(files.indices.dropFirst(root)) }

    /// The files whose required gates are part of the policy.
    var requiring: [Int] { [requiresNothing ? nil : organization, root].compactMap(\.self) }
}

extension [ExactText] {
    /// Each once.
    var unique: [ExactText] {
        var seen: Set<ExactText> = []
        return filter { seen.insert($0).inserted }
    }
}
