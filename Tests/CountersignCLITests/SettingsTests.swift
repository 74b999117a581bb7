import GateDoctor
import GateForge
import GatePolicy
import GateService
import Synchronization
import Testing

@testable import CountersignCLI

/// Settings are strict: what is not understood is refused, with a way out.
@Suite struct SettingsTests {
    private static let enough = [
        "COUNTERSIGN_FORGE_URL": "https://git.example.org", "COUNTERSIGN_FORGE_TOKEN": "s3cret",
    ]

    private func refusal(
        _ file: String = "", _ more: [String: String] = [:], files: [String: String] = [:]
    ) -> String? {
        let environment = Self.enough.merging(more) { $1 }.filter { $0.value != "-" }
        let desk = Desk(
            environment: environment, files: files.merging(["countersign.yml": file]) { one, _ in one })
        switch desk.settings(file: file.isEmpty ? nil : "countersign.yml") {
        case .success: return nil
        case .failure(let error): return error.description
        }
    }

    @Test func onlyRepositoriesCanBeIncludedFrom() {
        let refused = refusal("", ["COUNTERSIGN_INCLUDE_ALLOW": "acme/rules,acme"])
        #expect(refused?.contains("`acme` is not a repository") == true)
    }

    @Test func enoughIsEnough() { #expect(refusal() == nil) }

    @Test func aFileOfAllThatMayStandInOne() throws {
        let text = """
            forge:
              url: https://git.example.org/sub
              token_file: /run/token
              directory_token_file: /run/directory
              deadline: 5
            organization_policy: none
            contexts:
              allow:
                - "sop-checklist / all-items-acked (pull_request) = main"
                - "review of {base}"
            include:
              allow: [ acme/rules, other/policies ]
            """
        let desk = Desk(files: ["c.yml": text, "/run/token": "abc\n", "/run/directory": "def\n"])
        let settings = try desk.settings(file: "c.yml").get()
        #expect(settings.forge.address.description == "https://git.example.org/sub")
        #expect(settings.forge.directoryToken != nil)
        #expect(settings.forge.deadline == .seconds(5))
        #expect(!settings.deciding.usesOrganizationPolicy)
        #expect(
            settings.deciding.allowedContexts == [
                .init(context: "sop-checklist / all-items-acked (pull_request)", branch: "main"),
                .init(context: "review of {base}", branch: nil),
            ])
        #expect(settings.deciding.allowedIncludes.map(\.description) == ["acme/rules", "other/policies"])
    }

    @Test(arguments: [
        ("forge:\n  tokenfile: /run/token\n", "did you mean `forge.token_file`?"),
        ("forge:\n  urll: x\n", "did you mean `forge.url`?"),
        ("url: x\n", "did you mean `forge.url`?"),
        ("organisation_policy: none\n", "did you mean `organization_policy`?"),
        ("colour: red\n", "there are `forge.url`, "),
    ])
    func unknownKey(text: String, suggestion: String) throws {
        let message = try #require(refusal(text))
        #expect(message.contains("there is no setting"))
        #expect(message.contains(suggestion), "\(message)")
        #expect(message.hasPrefix("countersign.yml:"))
    }

    @Test func secretInTheFile() throws {
        for key in ["token", "directory_token"] {
            let message = try #require(refusal("forge:\n  \(key): s3cret-in-file\n"))
            #expect(message.contains("countersign.yml:2: `forge.\(key)` is a secret and must not stand in this file"))
            #expect(message.contains("forge.\(key)_file"))
            #expect(!message.contains("s3cret-in-file"))
        }
    }

    @Test func tokenAndTokenFile() throws {
        let message = try #require(
            refusal("", ["COUNTERSIGN_FORGE_TOKEN_FILE": "/run/token"], files: ["/run/token": "abc"]))
        #expect(message == "`forge.token` and `forge.token_file` are both set: which is meant?")
    }

    /// What is wrong with a token's file, and what to do.
    @Test(arguments: [
        (nil, "does not exist: write the service account's token into it (mode 600), or name the file that has it"),
        ("", "is empty: write the service account's token into it"),
        (" \n", "is empty: write the service account's token into it"),
        (
            "one two",
            ": the token contains a blank, a line break or a character outside ASCII: expected the service account's token "
                + "and nothing else"
        ),
    ])
    func fileWithoutAToken(content: String?, told: String) throws {
        var files: [String: String] = [:]
        files["/run/token"] = content
        let message = try #require(
            refusal(
                "", ["COUNTERSIGN_FORGE_TOKEN": "-", "COUNTERSIGN_FORGE_TOKEN_FILE": "/run/token"], files: files))
        #expect(message == "`forge.token_file`: `/run/token`" + (told.first == ":" ? "" : " ") + told)
        #expect(!message.contains("one two"))
    }

    /// One faulty file that both settings name is faulty for both; it is read once, for it may be a pipe.
    @Test(arguments: [("", .empty), ("one two", nil), (nil, .missing)] as [(String?, CredentialEvidence.FileFault?)])
    func oneFileForBothTokens(content: String?, fault: CredentialEvidence.FileFault?) throws {
        var desk = Desk(environment: ["COUNTERSIGN_FORGE_URL": "http://127.0.0.1:1"])
        desk.files["/run/t"] = content
        var context = desk.context
        let reads = Mutex(0)
        let readFile = context.readFile
        context.readFile = { path in
            if path == "/run/t" { reads.withLock { $0 += 1 } }
            return try readFile(path)
        }
        let lenient = try LenientSettings(
            flags: [.tokenFile: "/run/t", .directoryTokenFile: "/run/t"], file: nil, server: nil, context)
        for (credential, key) in [(Credential.service, "forge.token_file"), (.directory, "forge.directory_token_file")]
        {
            guard case .without(let setting, "/run/t", let found)? = lenient.tokens[credential]?.origin else {
                Issue.record("\(credential): \(String(describing: lenient.tokens[credential]))")
                continue
            }
            #expect(setting == key)
            if let fault { #expect(found == fault) }
        }
        #expect(lenient.settings.forge.directoryToken == nil)
        if content != nil { #expect(reads.withLock { $0 } == 1) }
    }

    @Test func fileOfATokenThatCannotBeRead() async {
        var desk = Desk(environment: ["COUNTERSIGN_FORGE_URL": "http://127.0.0.1:1"])
        desk.unreadable = ["/run"]
        let ended = await desk.run("doctor", "acme", "--token-file", "/run")
        #expect(ended.status == 64)
        #expect(
            ended.talk == """
                countersign: `forge.token_file`: `/run` cannot be read: Is a directory: let the user that runs this read it, \
                or run this as the service's user (`sudo -u countersign`)

                """)
    }

    @Test(arguments: ["", " ", "0", "0.01", "-1", "601", "nan", "infinity", "20s", "1e9", "0x10"])
    func badDeadline(text: String) throws {
        let message = try #require(refusal("", ["COUNTERSIGN_FORGE_DEADLINE": text]), "`\(text)` was taken")
        #expect(message.contains("expected seconds from 0.1 to 600"))
    }

    @Test(arguments: ["0.1", "1", "20", "600", "2.5"])
    func goodDeadline(text: String) { #expect(refusal("", ["COUNTERSIGN_FORGE_DEADLINE": text]) == nil) }

    @Test func unknownVariable() throws {
        let message = try #require(refusal("", ["COUNTERSIGN_FORGE_TOKENFILE": "x"]))
        #expect(message.contains("there is no setting for the variable `COUNTERSIGN_FORGE_TOKENFILE`"))
        #expect(message.contains("did you mean `COUNTERSIGN_FORGE_TOKEN_FILE`?"))
    }

    @Test func allowedContextWithoutABranch() throws {
        let message = try #require(refusal("contexts:\n  allow: [\"sop / all\"]\n"))
        #expect(message.contains("does not say which branch it is for: write `sop / all = main`"))
    }

    @Test(arguments: [
        ["{gate}-{base}"], ["gate/{base}", "gate/release/{base}"], ["gate/{base}", "gate/release/main = main"],
        ["sop = main", "sop = release"], ["{gate} = main", "qa = release"],
    ])
    func allowedContextsThatOpenAnotherBase(items: [String]) throws {
        let list = items.map { "\"\($0)\"" }.joined(separator: ", ")
        let message = try #require(refusal("contexts:\n  allow: [\(list)]\n"))
        #expect(message.contains("a green given for one would open the other"), "\(message)")
    }

    @Test(arguments: [
        ["{gate}: {base}", "x {base}"], ["{gate}/{base}"], ["gate ({base})", "release gate ({base})"],
        ["ci: {base} = main", "ci: {base} = release"], ["gate/main = main", "gate/{base}"],
        ["sop = main", "sop / qa = main"], ["sop = main", "{gate}: {base}"],
    ])
    func allowedContextsThatStayApart(items: [String]) {
        let list = items.map { "\"\($0)\"" }.joined(separator: ", ")
        #expect(refusal("contexts:\n  allow: [\(list)]\n") == nil)
    }

    /// No policy may give a gate a name that begins like ours.
    @Test(arguments: ["countersign: main = main", "countersign/x: {base}", "countersign:\u{301} {base}"])
    func allowedContextThatNobodyCanUse(item: String) throws {
        let message = try #require(refusal("contexts:\n  allow: [\"\(item)\"]\n"))
        #expect(message.contains("no policy can use a context that begins with `countersign:`"), "\(message)")
    }

    /// There is no `{base}` in it that could be set apart.
    @Test func oneContextForTwoBranches() throws {
        let message = try #require(refusal("contexts:\n  allow: [\"ci / x = main\", \"ci / x = dev\"]\n"))
        #expect(message.contains("`ci / x` stands twice, for `main` and for `dev`"), "\(message)")
        #expect(!message.contains("set `{base}` apart"), "\(message)")
    }

    /// Who mends one mistake does not find the next by trying.
    @Test func everyMistakeAtOnce() throws {
        let message = try #require(
            refusal(
                "organization_policy: maybe\ncontexts:\n  allow: [\"sop / all\"]\ninclude:\n  allow: [ nonsense ]\n",
                ["COUNTERSIGN_FORGE_DEADLINE": "many"]))
        for part in [
            "`forge.deadline` is `many`", "`organization_policy` is `maybe`", "`sop / all` does not say which branch",
            "`nonsense` is not a repository",
        ] {
            #expect(message.contains(part), "\(message)")
        }
        let unknown = try #require(refusal("workers: 3\nforge:\n  nonsense: 1\n"))
        for name in ["workers", "forge.nonsense"] { #expect(unknown.contains("no setting `\(name)`"), "\(unknown)") }
    }

    @Test(arguments: [" = main", "sop = ", "sop =  ", "{base}{base}"])
    func allowedContextWithHalfMissing(item: String) {
        #expect(refusal("contexts:\n  allow: [\"\(item)\"]\n") != nil)
    }

    @Test func missing() throws {
        #expect(try #require(refusal("", ["COUNTERSIGN_FORGE_URL": "-"])).contains("give `--forge URL`"))
        #expect(try #require(refusal("", ["COUNTERSIGN_FORGE_TOKEN": "-"])).contains("`COUNTERSIGN_FORGE_TOKEN`"))
        #expect(try #require(refusal("", ["COUNTERSIGN_FORGE_TOKEN": ""])).contains("is set and empty"))
        #expect(try #require(refusal("", ["COUNTERSIGN_ORGANIZATION_POLICY": "no"])).contains("`default` or `none`"))
    }

    @Test(arguments: ["- a\n- b\n", "forge: [1]\n", "forge:\n\turl: x\n", "forge: {url: x, url: y}\n", "a: b: c\n"])
    func notAFileOfSettings(text: String) throws {
        let message = try #require(refusal(text))
        #expect(message.hasPrefix("countersign.yml:"), "\(message)")
    }

    /// Flags before the environment before the file.
    @Test func order() throws {
        let desk = Desk(
            environment: Self.enough, files: ["c.yml": "forge:\n  url: https://from.file\n  deadline: 7\n"])
        let settings = try desk.settings(file: "c.yml").get()
        #expect(settings.forge.address.description == "https://git.example.org")
        #expect(settings.forge.deadline == .seconds(7))
        let flagged = try Settings(
            flags: [.forgeURL: "https://from.flag"], file: "c.yml", server: "https://from.ci", desk.context)
        #expect(flagged.forge.address.description == "https://from.flag")
    }

    @Test func commandEndsWith64AndNamesTheMistake() async {
        let desk = Desk(environment: Self.enough, files: ["c.yml": "forge:\n  token: s3cret\n"])
        let ended = await desk.run("check", "acme/widget#1", "--settings", "c.yml")
        #expect(ended.status == 64)
        #expect(ended.output.isEmpty)
        #expect(ended.talk.hasPrefix("countersign: c.yml:2: "))
        #expect(!ended.talk.contains("s3cret"))
    }
}
