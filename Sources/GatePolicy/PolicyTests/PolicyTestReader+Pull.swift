extension PolicyTestReader {
    /// `pull:` of the file or of a case: its keys replace those of the scene.
    mutating func pull(_ node: DocumentNode, _ scene: inout TestScene) {
        guard let keys = values.entries(of: node, what: "`pull`", known: Self.pullKeys) else { return }
        if let entry = keys["author"], let text = values.text(entry.value, of: "author"), let login = login(text) {
            scene.pull.author = login
        }
        if let text = string(keys["title"]) { scene.pull.title = text }
        if let text = string(keys["body"]) { scene.pull.body = text }
        if let text = string(keys["base"]) { scene.pull.base = text }
        if let text = string(keys["head"]) { scene.pull.head = text }
        if let entry = keys["fork"], let text = values.text(entry.value, of: "fork") {
            scene.pull.isFork = text.string != "false"
            scene.pull.forkOwner = ["true", "false"].contains(text.string) ? nil : login(text)
        }
        if let entry = keys["labels"] { scene.pull.labels = items(entry.value).compactMap { label($0) } }
        if let entry = keys["files"] {
            scene.pull.policyFiles = [:]
            scene.pull.files = items(entry.value).compactMap { file($0, &scene.pull) }
        }
        if let entry = keys["commits"] { commits(entry.value, &scene) }
    }

    private mutating func string(_ entry: DocumentNode.Entry?) -> String? {
        entry.flatMap { values.text($0.value, of: $0.key.string) }?.string
    }

    /// `tier:high by carol then removed`, also `then removed by dave`, or its keys.
    private mutating func label(_ node: DocumentNode) -> TestScene.Label? {
        if case .entries = node.content {
            guard let keys = values.entries(of: node, what: "a label", known: Self.labelKeys) else { return nil }
            guard let entry = keys["name"], let name = values.text(entry.value, of: "name") else {
                if keys["name"] == nil { values.error(node.span, "a label needs `name`") }
                return nil
            }
            var label = TestScene.Label(name: name.string)
            if let entry = keys["by"], let text = values.text(entry.value, of: "by") { label.actor = login(text) }
            if let entry = keys["removed"], let text = values.text(entry.value, of: "removed") {
                if ["true", "false", "yes", "no", "on", "off"].contains(text.string.lowercased()) {
                    label.isRemoved = values.flag(entry.value, of: "removed") ?? false
                } else {
                    label.remover = login(text)
                    label.isRemoved = label.remover != nil
                }
            }
            return label
        }
        guard let text = values.text(node, of: "labels") else { return nil }
        var sentence = TestSentence(text)
        var isRemoved = sentence.takeLast("then", "removed")
        var last = sentence.takeLast(after: "by")
        var remover: String?
        if !isRemoved, let word = last, sentence.takeLast("then", "removed") {
            isRemoved = true
            remover = login(word, sentence)
            last = sentence.takeLast(after: "by")
        }
        let actor = last.flatMap { login($0, sentence) }
        let name = sentence.takeRest()
        if name.isEmpty {
            values.error(text.span, "the name of the label is missing", hint: "write `tier:high by carol then removed`")
            return nil
        }
        return TestScene.Label(name: name, actor: actor, isRemoved: isRemoved, remover: remover)
    }

    /// A path, or its keys.
    private mutating func file(_ node: DocumentNode, _ pull: inout TestScene.Pull) -> ChangedFile? {
        guard case .entries = node.content else {
            return values.text(node, of: "files").map { ChangedFile(path: $0.string, additions: 1) }
        }
        guard let keys = values.entries(of: node, what: "a file", known: Self.fileKeys) else { return nil }
        guard let entry = keys["path"], let path = values.text(entry.value, of: "path") else {
            if keys["path"] == nil { values.error(node.span, "a file needs `path`") }
            return nil
        }
        var file = ChangedFile(path: path.string)
        if let entry = keys["renamed_from"] {
            file.previousPath = values.text(entry.value, of: "renamed_from")?.string
        }
        if let entry = keys["binary"] { file.mayBeBinary = values.flag(entry.value, of: "binary") ?? false }
        let hasCounts = keys["additions"] != nil || keys["deletions"] != nil || file.mayBeBinary
        if !hasCounts { file.additions = 1 }
        if let entry = keys["additions"] { file.additions = number(entry.value, of: "additions") ?? 0 }
        if let entry = keys["deletions"] { file.deletions = number(entry.value, of: "deletions") ?? 0 }
        if let entry = keys["deleted"], values.flag(entry.value, of: "deleted") == true {
            pull.policyFiles[ExactText(file.path)] = .absent
        }
        if let entry = keys["valid"], values.flag(entry.value, of: "valid") == false {
            pull.policyFiles[ExactText(file.path)] = .broken([
                Diagnostic(
                    span: SourceSpan(file: file.path, line: 1, column: 1), message: "the case says that it is not valid"
                )
            ])
        }
        return file
    }

    private mutating func commits(_ node: DocumentNode, _ scene: inout TestScene) {
        let list = items(node)
        if list.isEmpty || list.count > 100 {
            values.error(node.span, "`commits` holds 1 to 100 commits, not \(list.count)")
            return
        }
        var commits: [TestScene.Commit] = []
        for (index, item) in list.enumerated() {
            if let commit = commit(item, isFirst: index == 0, scene) { commits.append(commit) }
        }
        if !commits.isEmpty { scene.pull.commits = commits }
    }

    /// Who wrote it, or its keys.
    private mutating func commit(_ node: DocumentNode, isFirst: Bool, _ scene: TestScene) -> TestScene.Commit? {
        var by = scene.pull.author
        var commit: TestScene.Commit
        if case .entries = node.content {
            guard let keys = values.entries(of: node, what: "a commit", known: Self.commitKeys) else { return nil }
            if let person = person(keys["by"], "by") { by = person }
            commit = TestScene.Commit(author: by, committer: by)
            if let person = person(keys["author"], "author") { commit.author = person }
            if let person = person(keys["committer"], "committer") { commit.committer = person }
            commit.pusher = person(keys["pusher"], "pusher")
            commit.signer = person(keys["signed_by"], "signed_by")
            commit.key = string(keys["key"])
            if let entry = keys["same_diff"], let flag = values.flag(entry.value, of: "same_diff") {
                if isFirst, flag {
                    values.error(entry.key.span, "before the first commit there was nothing to leave the same")
                }
                commit.isSameDiff = flag
            }
        } else {
            guard let text = values.text(node, of: "commits"), let login = login(text) else { return nil }
            by = login
            commit = TestScene.Commit(author: by, committer: by)
        }
        // The forge dates what the pull request was opened with by a push row under the opener's name.
        if commit.pusher == nil { commit.pusher = isFirst || by == "nobody" ? scene.pull.author : by }
        return commit
    }

    private mutating func person(_ entry: DocumentNode.Entry?, _ key: String) -> String? {
        guard let entry, let text = values.text(entry.value, of: key) else { return nil }
        return login(text)
    }

    /// A login that is a word of a sentence.
    mutating func login(_ word: TestSentence.Word, _ sentence: TestSentence) -> String? {
        login(piece(word, sentence))
    }

    /// A word with its places.
    func piece(_ word: TestSentence.Word, _ sentence: TestSentence) -> SourceText {
        let source = sentence.source
        return SourceText(
            scalars: Array(source.scalars[word.range]),
            places: Array(source.places[word.range.lowerBound...word.range.upperBound]), file: source.file)
    }
}
