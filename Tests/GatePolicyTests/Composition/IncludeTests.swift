import Testing

@testable import GatePolicy

/// What an entry of `include` means, and how files are put together.
@Suite struct IncludeTests {
    static let base = text("gates: { qa-review: { require: qa } }")

    @Test func anIncludedGateIsAGateOfThePolicy() {
        let composed = Files(["base.yml": Self.base]).compose(
            text("include: [base.yml]", "gates: { own: { require: writers } }"))
        #expect(composed.gates == ["own", "qa-review"])
        #expect(composed.policy?.warnings.isEmpty == true)
        #expect(composed.includedPaths == ["base.yml"])
        // The organisation's own file includes files of its own repository, under that one's name.
        var shared = Files(["acme/.countersign:base.yml": Self.base])
        shared.repository = RepositoryName(owner: "acme", name: ".countersign")
        #expect(shared.compose(text("include: [base.yml]"), role: .organization).includedPaths == ["base.yml"])
    }

    @Test func aFileMayOnlyInclude() {
        #expect(Files(["base.yml": Self.base]).compose(text("include: [base.yml]")).gates == ["qa-review"])
    }

    @Test func whatIsNotAtHandIsAskedFor() {
        let composed = Files(["base.yml": text("include: [more.yml]")]).compose(
            text("include: [base.yml, \"acme/.countersign:x.yml@main\"]"))
        guard case .needs(let places) = composed.result else {
            Issue.record("\(composed.result)")
            return
        }
        #expect(places.map(\.description) == ["more.yml", "acme/.countersign:x.yml@main"])
        #expect(composed.includedPaths == ["base.yml", "more.yml"])
    }

    /// A file without a ref is of the including file's repository and version.
    @Test func aNameWithoutARefIsOfTheIncludingFile() {
        let files = Files([
            "acme/.countersign:base.yml@v1": text("include: [parts/more.yml, \"acme/.countersign:third.yml\"]"),
            "acme/.countersign:parts/more.yml@v1": Self.base,
            "acme/.countersign:third.yml@v1": text("gates: { third: { require: ceo } }"),
        ])
        let composed = files.compose(text("include: [\"acme/.countersign:base.yml@v1\"]"))
        #expect(composed.gates == ["qa-review", "third"])
        #expect(composed.includedPaths.isEmpty)
    }

    /// The repository by its full name is the same file as without.
    @Test func theRepositoryItselfByName() {
        let composed = Files(["base.yml": Self.base]).compose(text("include: [\"Acme/Widget:base.yml\"]"))
        #expect(composed.gates == ["qa-review"])
        #expect(composed.includedPaths == ["base.yml"])
    }

    @Test(arguments: [
        ("/etc/passwd", "begins with `/`"), ("../other.yml", "holds `.` or `..`"), ("a/../../b.yml", "holds `.` or"),
        ("./base.yml", "holds `.` or `..`"), ("a//b.yml", "is not the path of a file"), ("a/", "is not the path"),
        ("a\\b.yml", "is not the path"), ("@main", "names no file"), ("a.yml@", "is not the name of a version"),
        ("a.yml@..", "is not the name of a version"), ("a.yml@my branch", "is not the name of a version"),
        ("https://example.org/a.yml", "is not the name of a repository"), ("a:b.yml@main", "is not the name of a rep"),
        ("acme/../x:b.yml@main", "is not the name of a repository"), ("\\u202ea.yml", "is not the path"),
        ("acme/.countersign:base.yml", "does not say which version"),
    ])
    func entriesThatNameNothing(_ entry: String, _ message: String) {
        let mistakes = Files().mistakes(text("include: [\"\(entry.replacing("\\b", with: "\\\\b"))\"]"))
        #expect(mistakes.count == 1 && mistakes[0].contains(message), "\(mistakes)")
    }

    @Test func theListItself() {
        #expect(
            Files().mistakes(text("include: base.yml")) == [
                ".countersign.yml:2: `include` is a list of files, not a text"
            ])
        #expect(Files().mistakes(text("include: []")).first?.contains("names no file") == true)
        let twice = Files(["a.yml": Self.base]).mistakes(text("include: [a.yml, a.yml]"))
        #expect(twice == [".countersign.yml:2: `a.yml` is included twice"])
    }

    @Test func filesThatIncludeEachOther() {
        let files = Files(["a.yml": text("include: [b.yml]"), "b.yml": text("include: [a.yml]")])
        #expect(
            files.mistakes(text("include: [a.yml]")).contains(
                "b.yml:2: these files include each other: `a.yml → b.yml → a.yml`"))
        let own = Files([".countersign.yml": "x"]).mistakes(
            text("include: [.countersign.yml]", "gates: { x: { require: qa } }"))
        #expect(own.count == 1 && own[0].contains("these files include each other"), "\(own)")
    }

    /// The same file on two ways is one file; at two commits it is two, and its names clash.
    @Test func theSameFileOnTwoWays() {
        var files = Files([
            "a.yml": text("include: [\"acme/.countersign:base.yml@main\"]"),
            "acme/.countersign:base.yml@main": Self.base, "acme/.countersign:base.yml@v1": Self.base,
        ])
        let root = text("include: [a.yml, \"acme/.countersign:base.yml@v1\"]")
        files.commits = ["main": "c1", "v1": "c1"]
        #expect(files.compose(root).gates == ["qa-review"])
        files.commits = ["main": "c2", "v1": "c1"]
        #expect(files.mistakes(root).contains { $0.contains("the name `qa-review`") })
    }

    @Test func tenFilesAndEleven() {
        func policy(_ count: Int) -> (Files, String) {
            let texts = (1...count).map { ("f\($0).yml", text("gates: { g\($0): { require: qa } }")) }
            return (
                Files(Dictionary(uniqueKeysWithValues: texts)),
                text("include: [\(texts.map(\.0).joined(separator: ", "))]")
            )
        }
        let ten = policy(9)
        #expect(ten.0.compose(ten.1).gates?.count == 9)
        let eleven = policy(10)
        #expect(eleven.0.mistakes(eleven.1) == [".countersign.yml:2: a policy is made of at most 10 files"])
        // Nothing is fetched for a policy that is refused anyway.
        guard case .invalid = Files().compose(eleven.1).result else {
            Issue.record("asked for files")
            return
        }
    }

    @Test func whatCannotBeReadMakesEverythingUndecided() {
        let unknown = Unknown(cause: .timeout, subject: "what `a.yml` says", reason: "slow", cure: "wait")
        var files = Files(["b.yml": text("gates: { x: { require: gate(\"nowhere\") } }")])
        files.answers["a.yml"] = .unknown(unknown)
        guard case .undecided(let unknowns) = files.compose(text("include: [a.yml, b.yml]")).result else {
            Issue.record("decided")
            return
        }
        #expect(unknowns == [unknown])
    }

    @Test func whatIsRefusedIsAnErrorOfTheEntry() {
        var files = Files()
        files.answers["a.yml"] = .refused("there is no file `a.yml`", hint: nil)
        #expect(files.mistakes(text("include:", "  - a.yml")) == [".countersign.yml:3: there is no file `a.yml`"])
    }

    @Test func whatNobodyLookedAtIsNeverAPolicy() {
        var files = Files()
        files.answers["a.yml"] = .unchecked
        let composed = files.compose(text("include: [a.yml]", "gates: { x: { require: gate(\"from-a\") } }"))
        guard case .incomplete = composed.result else {
            Issue.record("\(composed.diagnostics.rendered)")
            return
        }
        #expect(composed.unchecked.map(\.description) == ["a.yml"])
    }

    // MARK: The digest

    @Test func theDigestOfOneFileIsItsOwn() {
        #expect(Files().compose(Self.base).policy?.digest.hasPrefix("sha-of-") == true)
    }

    @Test func theDigestChangesWithAnIncludedFileAndItsCommit() {
        func digest(_ content: String, commit: String) -> String? {
            var files = Files(["acme/.countersign:base.yml@main": content])
            files.commits = ["main": commit]
            return files.compose(text("include: [\"acme/.countersign:base.yml@main\"]")).policy?.digest
        }
        let one = digest(Self.base, commit: "c1")
        #expect(one != nil && one == digest(Self.base, commit: "c1"))
        #expect(one != digest(Self.base + "# more\n", commit: "c1"))
        #expect(one != digest(Self.base, commit: "c2"))
    }
}
