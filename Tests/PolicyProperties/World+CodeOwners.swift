import GatePolicy

extension WorldMaker {
    /// Lines that nobody can read, and what each may turn out to mean.
    ///
    /// A word that names nobody can only name somebody besides: the forge keeps the owners that it knows of a line. A
    /// line without any such owner it drops, and one whose pattern RE2 cannot read may speak of any files.
    private static let unreadable = [
        ("(?!x).* @dave", ["", ".* @dave", "docs/.* @dave", "!docs/.* @dave"]),
        ("!(?!x).* @dave", ["", ".* @dave", "infra/.* @dave"]),
        ("docs/.*", ["", "docs/.* @dave", "docs/.* @bob @carol"]),
        (".* nobody@example.com", ["", ".* @dave", ".* @bob @acme/qa"]),
        (".* @dave nobody@example.com", [".* @dave", ".* @dave @carol", ".* @dave @acme/leads"]),
        ("!docs/.* @bob a/b/c", ["!docs/.* @bob", "!docs/.* @bob @erin"]),
        ("infra/.* @acme/qa @", ["infra/.* @acme/qa", "infra/.* @acme/qa @dave"]),
    ]

    /// CODEOWNERS: absent, not to be had, or with a line that nobody can read; a line turns out to mean one of several.
    mutating func codeOwners(_ odds: Int, _ world: inout World) {
        let certain = random.subset([".* @erin", "docs/.* @acme/qa", "!docs/.* @bob", "infra/.* @carol @acme/security"])
        @Sendable func file(_ lines: [String]) -> Known<CodeOwnersFile?> {
            .known(CodeOwnersFile(path: "CODEOWNERS", text: lines.joined(separator: "\n")))
        }
        let whole: Known<CodeOwnersFile?> = random.chance(15) ? .known(nil) : file(certain)
        world.facts.codeOwners = whole
        guard random.chance(odds) else { return }
        if random.chance(30) {
            world.facts.codeOwners = .unknown(
                Unknown(
                    cause: .timeout, subject: "what CODEOWNERS says", reason: "no answer in time",
                    cure: "run the check again"))
            add([whole, .known(nil), file([".* @dave"])], "CODEOWNERS", &world) { $0.codeOwners = $1 }
            return
        }
        let (line, meanings) = random.pick(Self.unreadable)
        let place = random.below(certain.count + 1)
        func with(_ meaning: String) -> [String] {
            var lines = certain
            lines.insert(meaning, at: place)
            return lines
        }
        world.facts.codeOwners = file(with(line))
        add(meanings.map(with), "a line of CODEOWNERS", &world) { $0.codeOwners = file($1) }
    }
}
