import Testing

@testable import CountersignCLI

/// `countersign validate`, which needs no forge.
@Suite struct ValidateTests {
    private let desk = Desk(files: [
        "good.yml": "version: 1\ngates:\n  review: { require: qa }\n",
        "bad.yml": "version: 1\ngates:\n  review: { require: 0 of qa }\n",
    ])

    @Test func good() async {
        let ended = await desk.run("validate", "good.yml")
        #expect(ended.status == 0)
        #expect(ended.output == "good.yml: 1 gate\n")
    }

    @Test func oneOfTwoIsBad() async {
        let ended = await desk.run("validate", "bad.yml", "good.yml")
        #expect(ended.status == 3)
        #expect(ended.output == "good.yml: 1 gate\n")
        #expect(ended.talk.contains("bad.yml:3:22: error: a count of 0 asks for nobody"))
    }

    @Test func missing() async {
        let ended = await desk.run("validate", "none.yml")
        #expect(ended.status == 64)
        #expect(ended.talk == "countersign: `none.yml` does not exist\n")
    }

    /// For programs: every file with its diagnostics, whatever the exit status.
    @Test func asJSON() async throws {
        var desk = desk
        desk.files[".countersign.yml"] =
            "version: 1\ninclude: [ \"acme/.countersign:base.yml@main\" ]\ngroups: { leads: ceo }\n"
        let ended = await desk.run("validate", "--format", "json", "bad.yml", "good.yml", ".countersign.yml")
        #expect(ended.status == 3)
        try expectTold(ended.told, "validate-json")
        #expect(await desk.run("validate", "--format", "json", "good.yml").status == 0)
    }

    // MARK: Included files

    private func desk(_ policy: String, at path: String, links: Set<String> = []) -> Desk {
        var desk = Desk(files: [
            path: policy, "repo/policies/base.yml": "version: 1\ngates:\n  review: { require: qa }\n",
            "repo/bad.yml": "version: 1\ngates:\n  review: { require: 0 of qa }\n",
        ])
        desk.links = links
        return desk
    }

    @Test(arguments: ["repo/.countersign.yml", "repo/.gitea/countersign.yml", "repo/countersign.yml"])
    func includedFilesOfTheRepositoryAreReadFromDisk(_ path: String) async {
        let ended = await desk("version: 1\ninclude: [policies/base.yml]\n", at: path).run("validate", path)
        #expect(ended.status == 0 && ended.output == "\(path): 1 gate\n", "\(ended)")
    }

    @Test func mistakesOfIncludedFilesAreTold() async {
        let path = "repo/.countersign.yml"
        let ended = await desk("version: 1\ninclude: [bad.yml]\n", at: path).run("validate", path)
        #expect(ended.status == 3 && ended.talk.contains("repo/bad.yml:3:22: error"), "\(ended)")
    }

    /// Where the policy stands says where the repository's root is.
    @Test(arguments: ["repo/.countersign.yml", "repo/.gitea/countersign.yml"])
    func aMissingFileOfTheRepositoryIsAMistake(_ path: String) async {
        let ended = await desk("version: 1\ninclude: [policies/none.yml]\n", at: path).run("validate", path)
        #expect(ended.status == 3, "\(ended)")
        #expect(ended.talk.contains("error: there is no file `policies/none.yml`"), "\(ended)")
        let elsewhere = await desk("version: 1\ninclude: [none.yml]\n", at: "repo/p.yml").run("validate", "repo/p.yml")
        #expect(elsewhere.status == 0, "\(elsewhere)")
        #expect(
            elsewhere.talk == "repo/p.yml: note: `none.yml` is not checked: there is no `repo/none.yml`, and whether "
                + "`repo` is the repository's root is not known: a policy is called `.countersign.yml`\n",
            "\(elsewhere)")
        let input = await Desk(files: ["-": "version: 1\ninclude: [none.yml]\n"]).run("validate", "-")
        #expect(input.talk.hasSuffix("where its repository's files are is not known of a policy from standard input\n"))
    }

    @Test func whatCannotBeReadIsNotMissing() async {
        var desk = desk("version: 1\ninclude: [policies]\n", at: "repo/.countersign.yml")
        desk.unreadable = ["repo/policies"]
        let ended = await desk.run("validate", "repo/.countersign.yml")
        #expect(ended.status == 3, "\(ended)")
        #expect(ended.talk.contains("error: `repo/policies` cannot be read: Is a directory"), "\(ended)")
    }

    @Test(arguments: [
        ("base.yml@v1", "it is read as it is at `v1`, and not as it lies here"),
        ("acme/.countersign:base.yml@main", "it is in another repository, `acme/.countersign`"),
    ])
    func whatIsNotHereIsNamed(_ entry: String, _ reason: String) async {
        let path = "repo/.countersign.yml"
        let ended = await desk("version: 1\ninclude: [ \"\(entry)\" ]\n", at: path).run("validate", path)
        #expect(ended.status == 0)
        #expect(ended.talk == "\(path): note: `\(entry)` is not checked: \(reason)\n")
        #expect(ended.output == "\(path): no mistake, but 1 included file was not checked\n")
    }

    /// The organisation's repository written as a folder of this one: what is meant is told, and can be written so.
    @Test(arguments: [
        ("acme/.countersign/base.yml", "acme/.countersign:base.yml@main"),
        ("acme/.countersign/a/base.yml@v1", "acme/.countersign:a/base.yml@v1"),
    ])
    func aRepositoryWrittenAsAFolder(_ entry: String, _ meant: String) async {
        let ended = await desk("version: 1\ninclude: [ \"\(entry)\" ]\n", at: "repo/p.yml").run(
            "validate", "repo/p.yml")
        #expect(ended.status == 0 && ended.talk.contains("warning: this is a file of this repository"), "\(ended)")
        #expect(ended.talk.contains("`\(meant)`"), "\(ended)")
        let mended = await desk("version: 1\ninclude: [ \"\(meant)\" ]\n", at: "repo/p.yml").run(
            "validate", "repo/p.yml")
        #expect(mended.status == 0 && !mended.talk.contains("warning"), "\(mended)")
    }

    /// Whoever wrote the policy of a pull request must not make us show other files.
    @Test(arguments: ["repo/policies", "repo/policies/base.yml"])
    func linksAreNotFollowed(_ link: String) async {
        let path = "repo/.countersign.yml"
        let desk = desk("version: 1\ninclude: [policies/base.yml]\n", at: path, links: [link])
        let ended = await desk.run("validate", path)
        #expect(ended.status == 3 && ended.talk.contains("`\(link)` is a symlink"), "\(ended)")
    }

    @Test func onlyTheOrganisationsFileRequires() async {
        let policy = "version: 1\nrequired:\n  review: { require: qa }\n"
        #expect(await desk(policy, at: "repo/countersign.yml").run("validate", "repo/countersign.yml").status == 0)
        #expect(await desk(policy, at: "repo/.countersign.yml").run("validate", "repo/.countersign.yml").status == 3)
    }
}
