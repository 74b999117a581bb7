import Foundation
import GatePolicy
import GateService
import GateStore
import Logging
import PrometheusMetrics
import Testing

@testable import CountersignCLI

/// The service, put together and not run: settings, secrets, reloads.
struct ServiceAssemblyTests {
    private func settings(_ folder: URL, more: String = "") -> String {
        """
        forge:
          url: http://127.0.0.1:1
          token_file: token
        repositories: ["acme/*", "!acme/sandbox"]
        hook:
          secret_file: hook
        store:
          path: \(folder.appendingPathComponent("store.sqlite").path)
        \(more)
        """
    }

    private func folder() throws -> URL {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("countersign-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }

    private func desk(_ folder: URL, more: String = "", hook: String = "0123456789abcdef0123456789abcdef") -> Desk {
        Desk(files: ["settings.yml": settings(folder, more: more), "token": "secret", "hook": hook])
    }

    private func assembly(_ desk: Desk, reread: Desk? = nil) throws -> ServiceAssembly {
        let read: @Sendable (Desk) throws -> (Settings, ServiceSettings) = { desk in
            let settings = try Settings(flags: [:], file: "settings.yml", server: nil, desk.context)
            return (settings, try settings.service(desk.context))
        }
        let (settings, service) = try read(desk)
        return try ServiceAssembly(
            settings, service, desk.context, PrometheusFactory(),
            Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        ) { try read(reread ?? desk) }
    }

    /// Without the settings of the service there is no store: an empty one would be copied, and said to be.
    @Test(arguments: [["backup", "copy.sqlite"], ["forget", "acme/widget"], ["confirm", "acme/widget", "@alice"]])
    func aCommandWithoutAServiceMakesNoStore(_ arguments: [String]) async throws {
        let url = try folder()
        defer { try? FileManager.default.removeItem(at: url) }
        let socket = "control: { socket: \(url.path)/none.sock }"
        let ended = await desk(url, more: socket).run(
            arguments.map { $0.replacing("copy", with: "\(url.path)/copy") } + ["--settings", "settings.yml"])
        #expect(ended.status == 64 && ended.talk.contains("there is no store at"), "\(ended.told)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: url.path).isEmpty)
    }

    @Test func aSecretOfBypassesThatCanBeGuessedIsRefused() async throws {
        let url = try folder()
        defer { try? FileManager.default.removeItem(at: url) }
        for (secret, isTaken) in [("short", false), ("0123456789abcdef", true)] {
            let bypass = "bypass: { webhook: \"https://hooks.example.org/x\", secret_file: bypass }"
            let files = ["settings.yml": settings(url, more: bypass), "token": "secret", "bypass": secret]
            let ended = await Desk(files: files.merging(["hook": String(repeating: "a1", count: 16)]) { $1 })
                .run("serve", "--check-config", "--settings", "settings.yml")
            #expect((ended.status == 0) == isTaken, "\(ended.told)")
            #expect(isTaken || ended.talk.contains("`bypass.secret`: the secret is shorter than 16 bytes"))
        }
    }

    @Test func offlineCommandsWorkOnTheStore() async throws {
        let url = try folder()
        defer { try? FileManager.default.removeItem(at: url) }
        let path = url.appendingPathComponent("store.sqlite").path
        let name = RepositoryName(owner: "acme", name: "widget")
        do {
            let store = try Store.open(path)
            try await store.discover(7, name, isPrivate: false, defaultBranch: "main")
            try await store.set(.managed, of: 7, base: "main", from: "main")
        }
        let desk = desk(url, more: "control: { socket: \(url.path)/none.sock }")
        let copied = await desk.run("backup", "\(url.path)/copy.sqlite", "--settings", "settings.yml")
        #expect(copied.status == 0, "\(copied.told)")
        for (file, reason) in [("copy.sqlite", "is there already"), ("none/copy.sqlite", "there is no folder")] {
            let refused = await desk.run("backup", "\(url.path)/\(file)", "--settings", "settings.yml")
            #expect(refused.status == 64 && refused.talk.contains(reason), "\(refused.told)")
        }
        let forgotten = await desk.run("forget", "acme/widget", "--settings", "settings.yml")
        #expect(
            forgotten.output.hasPrefix("acme/widget had a policy when it was last looked at: "), "\(forgotten.told)")
        func state(_ path: String) async throws -> RepositoryRecord.State {
            try await Store.openExisting(path).set(.unmanaged, of: 7, base: "main", from: "main")
        }
        #expect(try await state(path) == .unmanaged)
        #expect(try await state("\(url.path)/copy.sqlite") == .lost)
        let unmarked = await desk.run("forget", "acme/widget#99", "--settings", "settings.yml")
        #expect(unmarked.status == 64 && unmarked.talk.contains("nothing was cleared"), "\(unmarked.told)")
        let confirmed = await desk.run("confirm", "acme/widget", "@alice", "--settings", "settings.yml")
        #expect(confirmed.status == 64 && confirmed.talk.contains("nothing is remembered of"), "\(confirmed.told)")
    }

    @Test func checkConfigReadsEverything() async throws {
        let url = try folder()
        defer { try? FileManager.default.removeItem(at: url) }
        let ended = await desk(url).run("serve", "--check-config", "--settings", "settings.yml")
        #expect(ended.status == 0, "\(ended.talk)")
        #expect(ended.output == "the settings are fine\n")
        // A mistyped path looks like this.
        #expect(ended.talk.contains("there is no store yet; the start makes one"), "\(ended.talk)")
    }

    @Test(arguments: [
        ("listen: nowhere", "`listen` is `nowhere`: expected `host:port`"),
        ("work: { concurrency: many }", "`work.concurrency` is `many`: expected a whole number from 1 to 64"),
        ("reconcile: { calls_per_second: 0 }", "expected a whole number from 1 to 1000"),
        ("pages: { public_url: gate.example.org }", "`pages.public_url` is `gate.example.org`"),
        ("pages: { public_url: 'https://gate.example.org' }", "`pages.secret` is not"),
        ("log: { level: loud }", "`log.level` is `loud`"),
        ("listen: 127.0.0.1:9\npages: { listen: 127.0.0.1:9 }", "`listen` and `pages.listen` are both `127.0.0.1:9`"),
        ("bypass: { comment: maybe }", "`bypass.comment` is `maybe`"),
        ("workers: 3", "there is no setting `workers`"),
    ])
    func mistakesAreSentences(_ more: String, _ told: String) async throws {
        let url = try folder()
        defer { try? FileManager.default.removeItem(at: url) }
        let ended = await desk(url, more: more).run("serve", "--check-config", "--settings", "settings.yml")
        #expect(ended.status == 64)
        #expect(ended.talk.contains(told), "\(ended.talk)")
    }

    /// Those of the service and those of every command, a line each.
    @Test func everyMistakeIsToldAtOnce() async throws {
        let url = try folder()
        defer { try? FileManager.default.removeItem(at: url) }
        let more = "listen: nowhere\nwork: { concurrency: many }\nlog: { level: loud }\norganization_policy: maybe"
        let ended = await desk(url, more: more).run("serve", "--check-config", "--settings", "settings.yml")
        #expect(ended.status == 64)
        let told = [
            "`listen` is `nowhere`", "`work.concurrency` is `many`", "`log.level` is `loud`", "`organization_policy`",
        ]
        for part in told {
            #expect(ended.talk.contains("countersign: \(part)"), "\(ended.talk)")
        }
    }

    /// Nobody sees it in an editor, and every signature and every link would be made with it.
    @Test(arguments: [
        "", "pages: { secret_file: marked }", "pages: { operator_token_file: marked }",
        "bypass: { webhook: 'https://hooks.example.org/x', secret_file: marked }",
    ])
    func aSecretWithAByteOrderMark(_ setting: String) async throws {
        let url = try folder()
        defer { try? FileManager.default.removeItem(at: url) }
        var desk = desk(url)
        desk.files["marked"] = "\u{FEFF}" + String(repeating: "a1", count: 20)
        let base = settings(url, more: setting)
        desk.files["settings.yml"] =
            setting.isEmpty ? base.replacing("secret_file: hook", with: "secret_file: marked") : base
        let ended = await desk.run("serve", "--check-config", "--settings", "settings.yml")
        #expect(ended.status == 64 && ended.talk.contains("`marked` begins with a byte order mark"), "\(ended.told)")
    }

    /// An empty list is no wish for everything, and certificates that cannot be used are told before the service starts.
    @Test(arguments: [
        (#"["acme/*", "!acme/sandbox"]"#, "[]", "`repositories`: the list is empty"),
        ("token_file: token", "token_file: token\n  ca_file: token", "cannot be read as certificates"),
        ("secret_file: hook", "secret_file: nowhere", "`hook.secret_file`: `nowhere` does not exist"),
        ("secret_file: hook", "secret_file: ''", "`hook.secret_file` is set and empty"),
        ("token_file: token", "token_file: nowhere", "`forge.token_file`: `nowhere` does not exist"),
        ("/store.sqlite", "", "`: that is a folder, and a file is meant"),
        ("store:", "control: { socket: \(String(repeating: "x", count: 104)) }\nstore:", "is longer than 103 bytes"),
    ])
    func whatWouldOnlyBeFoundLater(_ old: String, _ new: String, _ told: String) async throws {
        let url = try folder()
        defer { try? FileManager.default.removeItem(at: url) }
        var desk = desk(url)
        desk.files["settings.yml"] = settings(url).replacing(old, with: new)
        let ended = await desk.run("serve", "--check-config", "--settings", "settings.yml")
        #expect(ended.status == 64 && ended.talk.contains(told), "\(ended.told)")
    }

    /// Whoever mends settings while the service stands still is told, and not stopped: systemd takes `/run/…` away then.
    @Test(arguments: [
        ("store.sqlite", "nowhere/store.sqlite", "nowhere/store.sqlite`: its folder does not exist"),
        (
            "store:", "control: { socket: nowhere/socket }\nstore:",
            "`control.socket` is `nowhere/socket`: its folder does not exist"
        ),
    ])
    func foldersThatAreMadeAtTheStart(_ old: String, _ new: String, _ told: String) async throws {
        let url = try folder()
        defer { try? FileManager.default.removeItem(at: url) }
        var desk = desk(url)
        desk.files["settings.yml"] = settings(url).replacing(old, with: new)
        let checked = await desk.run("serve", "--check-config", "--settings", "settings.yml")
        #expect(checked.status == 0 && checked.talk.contains("\(told) yet"), "\(checked.told)")
        let started = await desk.run("serve", "--settings", "settings.yml")
        #expect(started.status == 64 && started.talk.contains(told), "\(started.told)")
    }

    @Test(arguments: ["", " \n ", "short"]) func aHookSecretThatEverybodyKnowsIsRefused(_ secret: String) async throws {
        let url = try folder()
        defer { try? FileManager.default.removeItem(at: url) }
        let ended = await desk(url, hook: secret).run("serve", "--check-config", "--settings", "settings.yml")
        #expect(ended.status == 64)
    }

    @Test func aReloadTakesNewSettingsAndLeavesTheOldClientToWhoUsesIt() async throws {
        let url = try folder()
        defer { try? FileManager.default.removeItem(at: url) }
        let assembly = try assembly(desk(url), reread: desk(url, more: "work: { people_seconds: 7 }"))
        #expect(assembly.gates.current.settings.peopleSeconds == 60)
        for _ in 0..<3 { try assembly.reload() }
        #expect(assembly.gates.current.settings.peopleSeconds == 7)
        await assembly.shutdown()
    }

    /// What would only half apply is refused by name, and nothing else is taken either.
    @Test(arguments: [
        ("listen: 127.0.0.1:9", "`listen`"), ("pages: { listen: 127.0.0.1:9 }", "`pages.listen`"),
        ("control: { socket: other.sock }", "`control.socket`"), ("work: { concurrency: 2 }", "`work.concurrency`"),
        ("log: { level: debug }", "`log.level`"),
        ("pages: { public_url: 'https://gate.example.org', secret_file: keys }", "`pages.public_url`"),
    ])
    func whatNeedsARestartIsNotReloaded(_ more: String, _ key: String) async throws {
        let url = try folder()
        defer { try? FileManager.default.removeItem(at: url) }
        var other = desk(url, more: more + "\nreconcile: { calls_per_second: 7 }")
        other.files["keys"] = String(repeating: "k", count: 32)
        let assembly = try assembly(desk(url), reread: other)
        #expect(throws: SettingsError("a restart is needed for \(key); nothing was changed")) {
            try assembly.reload()
        }
        #expect(assembly.gates.current.settings.backgroundCalls == 5)
        await assembly.shutdown()
    }

    /// Its ids would mean strangers.
    @Test func aStoreBelongsToOneForge() async throws {
        let url = try folder()
        defer { try? FileManager.default.removeItem(at: url) }
        let path = url.appendingPathComponent("store.sqlite").path
        do { try Store.open(path).bind(to: "https://one.example.org") }
        #expect(throws: SettingsError.self) { try assembly(desk(url)) }
        do {
            try Store.open(path).bind(to: "https://two.example.org")
            Issue.record("it was taken")
        } catch {
            #expect(
                error.description.contains("`https://one.example.org`") && error.description.contains("--forge-moved"))
        }
        try Store.open(path).bind(to: "https://two.example.org", isMoved: true)
        try Store.open(path).bind(to: "https://two.example.org")
    }

    @Test func anotherForgeNeedsARestart() async throws {
        let url = try folder()
        defer { try? FileManager.default.removeItem(at: url) }
        var other = desk(url)
        other.files["settings.yml"] = settings(url).replacing("127.0.0.1:1", with: "127.0.0.1:2")
        let assembly = try assembly(desk(url), reread: other)
        #expect(throws: SettingsError("a restart is needed for `forge.url`; nothing was changed")) {
            try assembly.reload()
        }
        await assembly.shutdown()
    }
}
