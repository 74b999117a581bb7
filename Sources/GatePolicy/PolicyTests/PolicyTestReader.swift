/// Reads a test file: strict keys, every mistake at once, everything optional.
struct PolicyTestReader {
    static let topKeys = ["policy", "files", "organization", "repository", "people", "inactive", "pull", "cases"]
    static let repositoryKeys = [
        "name", "owner", "private", "default_branch", "protected", "writers", "admins", "members", "service_account",
        "codeowners", "template",
    ]
    static let pullKeys = ["author", "title", "body", "base", "head", "fork", "labels", "files", "commits"]
    static let labelKeys = ["name", "by", "removed"]
    static let fileKeys = ["path", "additions", "deletions", "renamed_from", "binary", "deleted", "valid"]
    static let commitKeys = ["by", "author", "committer", "pusher", "signed_by", "key", "same_diff"]
    static let caseKeys = [
        "name", "on", "people", "pull", "reviews", "waivers", "acks", "comments", "statuses", "unknown", "expect",
        "can_sign",
    ]

    /// Reads keys, texts and choices as a policy's reader does, and collects the diagnostics.
    var values: DocumentReader
    var tests: PolicyTestFile
    /// What every case begins with.
    var common = TestScene()

    init(_ source: SourceLines) {
        values = DocumentReader(source)
        tests = PolicyTestFile(
            file: source.file, policy: PolicyTestFile.policyBeside(source.file), cases: [],
            peopleSpan: SourceSpan(file: source.file, line: 1, column: 1), source: source)
    }

    /// Reads everything.
    mutating func read(_ root: DocumentNode) {
        guard let top = values.entries(of: root, what: "a test file", known: Self.topKeys) else { return }
        tests.peopleSpan = top["people"]?.key.span ?? root.span
        if let entry = top["policy"], let path = path(entry.value, of: "policy") { tests.policy = path }
        if let entry = top["files"] { files(entry.value) }
        if let entry = top["organization"] { tests.organization = path(entry.value, of: "organization") }
        if let entry = top["repository"] { repository(entry.value) }
        var scene = common
        if let entry = top["people"] { people(entry.value, &scene) }
        if let entry = top["inactive"] { scene.inactive = logins(entry.value, of: "inactive") }
        if let entry = top["pull"] { pull(entry.value, &scene) }
        // Of what every case begins with a policy may leave something out.
        scene.teamNames = []
        common = scene
        cases(top["cases"], root)
    }

    /// `files:`: where the files are that the policy includes.
    private mutating func files(_ node: DocumentNode) {
        let each = "a file is its place and its path: `\"acme/.countersign:base.yml@main\": ../shared/base.yml`"
        for entry in values.named(node, key: "files", each: each) ?? [] {
            tests.files[entry.key.string] = path(entry.value, of: "files")
        }
    }

    private mutating func path(_ node: DocumentNode, of key: String) -> String? {
        guard let path = values.text(node, of: key) else { return nil }
        if path.string.hasPrefix("/") {
            let what = key == "policy" ? "the policy's path" : "this path"
            values.error(path.span, "\(what) begins at the folder of this file, not at `/`")
        }
        return path.string
    }

    // MARK: The repository and its people

    private mutating func repository(_ node: DocumentNode) {
        if case .text(let text, _) = node.content { return repositoryName(text) }
        guard let keys = values.entries(of: node, what: "`repository`", known: Self.repositoryKeys) else { return }
        if let entry = keys["name"], let text = values.text(entry.value, of: "name") { repositoryName(text) }
        if let entry = keys["owner"] {
            common.place.ownerIsOrganization =
                values.choice(entry.value, of: "owner", ["organization", "user"]) != "user"
        }
        if let entry = keys["private"] { common.place.isPrivate = values.flag(entry.value, of: "private") ?? true }
        if let entry = keys["default_branch"], let text = values.text(entry.value, of: "default_branch") {
            common.place.defaultBranch = text.string
        }
        if let entry = keys["protected"] {
            common.place.protectedBranches = texts(entry.value, of: "protected").map(\.string)
        }
        if let entry = keys["writers"] { common.place.writers = logins(entry.value, of: "writers") }
        if let entry = keys["admins"] { common.place.admins = logins(entry.value, of: "admins") }
        if let entry = keys["members"] { common.place.members = logins(entry.value, of: "members") }
        if let entry = keys["service_account"], let text = values.text(entry.value, of: "service_account") {
            common.place.serviceAccount = login(text)
        }
        if let entry = keys["template"] { common.place.template = values.text(entry.value, of: "template")?.string }
        codeOwners(keys["codeowners"])
    }

    private mutating func codeOwners(_ entry: DocumentNode.Entry?) {
        guard let entry, let text = values.text(entry.value, of: "codeowners") else { return }
        common.place.codeOwners = text.string
    }

    private mutating func repositoryName(_ text: SourceText) {
        guard let name = RepositoryName(text.string) else {
            values.error(
                text.span, "\(Quotation.inline(text.string)) is not the name of a repository",
                hint: "write it as `acme/widget`")
            return
        }
        common.place.name = name
    }

    /// `people:` of the file or of a case: teams and who is in them.
    mutating func people(_ node: DocumentNode, _ scene: inout TestScene) {
        let each = "a team is a name and its members: `qa: [bob, olga]`"
        guard let list = values.named(node, key: "people", each: each) else { return }
        for entry in list {
            guard let team = team(entry.key) else { continue }
            scene.teamNames.append((team, entry.key.span))
            scene.teams[team] = logins(entry.value, of: entry.key.string)
        }
    }

    /// `qa`, `acme/qa` or `@acme/qa`.
    mutating func team(_ text: SourceText) -> TeamReference? {
        let name = text.string.hasPrefix("@") ? String(text.string.dropFirst()) : text.string
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 2, parts.allSatisfy(Vocabulary.isName) else {
            values.error(
                text.span, "\(Quotation.inline(text.string)) cannot be a team",
                hint: "write `qa`, or `acme/qa` for a team of another organisation")
            return nil
        }
        return TeamReference(
            organization: parts.count == 2 ? parts[0] : common.place.name.owner, name: parts[parts.count - 1])
    }

    // MARK: Values

    /// `alice` or `@alice`.
    mutating func login(_ text: SourceText) -> String? {
        let name = text.string.hasPrefix("@") ? String(text.string.dropFirst()) : text.string
        if Vocabulary.isName(name) { return name }
        values.error(
            text.span, "\(Quotation.inline(text.string)) cannot be an account",
            hint: "an account is written by its login, as in `alice`")
        return nil
    }

    /// A list of logins, or one.
    mutating func logins(_ node: DocumentNode, of key: String) -> [String] {
        texts(node, of: key).compactMap { login($0) }
    }

    /// A list of texts, or one text.
    mutating func texts(_ node: DocumentNode, of key: String) -> [SourceText] {
        items(node).compactMap { values.text($0, of: key) }
    }

    /// The items of a list; anything else is its own only item.
    func items(_ node: DocumentNode) -> [DocumentNode] {
        if case .list(let items) = node.content { items } else { [node] }
    }

    /// A number of at most six digits.
    mutating func number(_ node: DocumentNode, of key: String) -> Int? {
        guard let text = values.text(node, of: key) else { return nil }
        let isDigits = text.scalars.count <= 6 && text.scalars.allSatisfy { ("0"..."9").contains($0) }
        if isDigits, let value = Int(text.string) { return value }
        values.error(text.span, "`\(key)` is a number, not \(Quotation.inline(text.string))")
        return nil
    }
}
