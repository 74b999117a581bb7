import Foundation
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

    @Test func checkConfigReadsEverything() async throws {
        let url = try folder()
        defer { try? FileManager.default.removeItem(at: url) }
        let ended = await desk(url).run("serve", "--check-config", "--settings", "settings.yml")
        #expect(ended.status == 0, "\(ended.talk)")
        #expect(ended.output == "the settings are fine\n")
    }

    @Test(arguments: [
        ("listen: nowhere", "`listen` is `nowhere`: expected `host:port`"),
        ("work: { concurrency: many }", "`work.concurrency` is `many`: expected a whole number from 1 to 64"),
        ("reconcile: { calls_per_second: 0 }", "expected a whole number from 1 to 1000"),
        ("pages: { public_url: gate.example.org }", "`pages.public_url` is `gate.example.org`"),
        ("pages: { public_url: 'https://gate.example.org' }", "`pages.secret` is not"),
        ("log: { level: loud }", "`log.level` is `loud`"),
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

    @Test func whatNeedsARestartIsNotReloaded() async throws {
        let url = try folder()
        defer { try? FileManager.default.removeItem(at: url) }
        let assembly = try assembly(desk(url), reread: desk(url, more: "listen: 127.0.0.1:9"))
        #expect(throws: SettingsError.self) { try assembly.reload() }
        await assembly.shutdown()
    }
}
