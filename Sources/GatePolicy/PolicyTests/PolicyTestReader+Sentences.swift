extension PolicyTestReader {
    static let reviewForms = "write `bob approves`, `carol requests changes` or `dave comments`"
    static let waiverForm = "write `carol waives qa-review because the site is down`"
    /// The facts that can be missing, as they are written.
    static let unknownForms = [
        "policy files", "reviews", "files", "commits", "timeline", "statuses", "comments", "template", "writers",
        "admins", "members", "codeowners", "signatures", "teams", "teams of ORG", "team NAME", "user LOGIN",
        "changes at N", "protection of BRANCH",
    ]

    /// `bob of qa approves at 1 then dismissed`.
    mutating func reviews(_ node: DocumentNode, _ scene: inout TestScene) {
        for node in items(node) {
            guard let text = values.text(node, of: "reviews") else { continue }
            var sentence = TestSentence(text)
            let isDismissed = sentence.takeLast("then", "dismissed")
            if text.string.hasPrefix("then ") {
                values.error(
                    text.span, "a comma in `[ … ]` ends a review",
                    hint: "leave the comma out: `bob approves then dismissed`")
                continue
            }
            guard let author = actor(&sentence, &scene, Self.reviewForms) else { continue }
            let state: Review.State
            if sentence.take("approves") {
                state = .approved
            } else if sentence.take("requests", "changes") {
                state = .requestChanges
            } else if sentence.take("comments") {
                state = .comment
            } else {
                unexpected(sentence, among: ["approves", "requests", "comments"], Self.reviewForms)
                continue
            }
            let head = head(&sentence, scene)
            let body = sentence.take("saying") ? sentence.takeRest() : ""
            let hint = "then `at 1` for an older head, `saying TEXT`, and `then dismissed`"
            guard end(sentence, among: ["at", "saying"], hint) else { continue }
            scene.reviews.append(
                .init(author: author, state: state, head: head, body: body, isDismissed: isDismissed))
        }
    }

    /// `carol waives qa-review at 1 because …`.
    mutating func waivers(_ node: DocumentNode, _ scene: inout TestScene) {
        for node in items(node) {
            guard let text = values.text(node, of: "waivers") else { continue }
            var sentence = TestSentence(text)
            guard let author = actor(&sentence, &scene, Self.waiverForm) else { continue }
            guard sentence.take("waives"), let gate = sentence.take() else {
                unexpected(sentence, among: ["waives"], Self.waiverForm)
                continue
            }
            let head = head(&sentence, scene)
            let reason = sentence.take("because") ? sentence.takeRest() : ""
            guard end(sentence, among: ["at", "because"], Self.waiverForm) else { continue }
            scene.waivers.append(
                .init(author: author, gate: gate.text, reason: reason, head: head, span: sentence.span(gate)))
        }
    }

    /// Facts that cannot be had, as in `team qa`.
    mutating func unknown(_ node: DocumentNode, _ scene: inout TestScene) {
        for node in items(node) {
            guard let text = values.text(node, of: "unknown") else { continue }
            var sentence = TestSentence(text)
            guard let missing = missing(&sentence, scene) else { continue }
            guard end(sentence, among: [], "name one fact in each entry") else { continue }
            scene.missing.insert(missing)
            switch missing {
            case .team(let team):
                scene.teams[team, default: []] += []
                scene.missingNames.append((missing, text.span))
            case .user, .teams, .protection: scene.missingNames.append((missing, text.span))
            default: break
            }
        }
    }

    private mutating func missing(_ sentence: inout TestSentence, _ scene: TestScene) -> TestScene.Missing? {
        let simple: [String: TestScene.Missing] = [
            "reviews": .reviews, "files": .files, "commits": .commits, "timeline": .timeline, "statuses": .statuses,
            "comments": .comments,
            "template": .template,
            "writers": .writers, "admins": .admins, "members": .members,
            "codeowners": .codeOwners, "signatures": .signatures,
        ]
        if let word = sentence.peek, let missing = simple[word.text] {
            _ = sentence.take()
            return missing
        }
        if sentence.take("policy", "files") { return .policyFiles }
        if sentence.take("teams") {
            let organization = sentence.take("of") ? sentence.take()?.text : nil
            return .teams(organization: (organization ?? common.place.name.owner).lowercased())
        }
        if sentence.take("team"), let word = sentence.take() { return team(piece(word, sentence)).map { .team($0) } }
        if sentence.take("user"), let word = sentence.take() {
            return login(word, sentence).map { .user($0.lowercased()) }
        }
        if sentence.take("changes"), let head = head(&sentence, scene) { return .change(head: head) }
        if sentence.take("protection", "of"), let word = sentence.take() { return .protection(branch: word.text) }
        let words = Self.unknownForms.compactMap { $0.split(separator: " ").first.map(String.init) }
        unexpected(sentence, among: words, "it can be \(Quotation.list(Self.unknownForms))")
        return nil
    }

    // MARK: Pieces of sentences

    /// `bob`, or `bob of qa`, which puts him into that team.
    mutating func actor(
        _ sentence: inout TestSentence, _ scene: inout TestScene, _ forms: String
    ) -> String? {
        guard let word = sentence.take(), let login = login(word, sentence) else { return nil }
        guard sentence.take("of") else {
            scene.speakers.append((login, sentence.span(word)))
            return login
        }
        guard let word = sentence.take() else {
            values.error(sentence.span(nil), "a team is missing after `of`", hint: forms)
            return nil
        }
        guard let team = team(piece(word, sentence)) else { return nil }
        let known = scene.teams.keys.filter { $0.organization == team.organization }.map(\.name)
        if !known.contains(team.name), let near = Suggestion.hint(for: team.name, among: known) {
            values.error(sentence.span(word), "`people` has no team \(Quotation.inline(word.text))", hint: near)
            return nil
        }
        scene.teamNames.append((team, sentence.span(word)))
        scene.teams[team, default: []].append(login)
        return login
    }

    /// `at 1`: a head, counted by the commits.
    mutating func head(_ sentence: inout TestSentence, _ scene: TestScene) -> Int? {
        guard sentence.take("at") else { return nil }
        let word = sentence.take()
        let count = scene.commits.count
        if let number = word.flatMap({ Int($0.text) }), (1...count).contains(number) { return number }
        values.error(
            sentence.span(word), "there is no head \(Quotation.inline(word?.text ?? ""))",
            hint: "heads are counted by `pull.commits`, which has \(count == 1 ? "1 commit" : "\(count) commits") here")
        return nil
    }

    mutating func unexpected(_ sentence: TestSentence, among words: [String], _ hint: String) {
        guard let word = sentence.peek else {
            values.error(sentence.span(nil), "something is missing here", hint: hint)
            return
        }
        let near = Suggestion.hint(for: word.text, among: words)
        values.error(
            sentence.span(word), "\(Quotation.inline(word.text)) is not expected here",
            hint: near.map { "\($0) \(hint)" } ?? hint)
    }

    /// Whether nothing is left; else says so.
    mutating func end(_ sentence: TestSentence, among words: [String], _ hint: String) -> Bool {
        if sentence.peek == nil { return true }
        unexpected(sentence, among: words, hint)
        return false
    }
}
