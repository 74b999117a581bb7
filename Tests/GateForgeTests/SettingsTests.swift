import Testing

@testable import GateForge

struct SettingsTests {
    @Test(arguments: [
        ("https://git.example.org", "https://git.example.org/api/v1/version"),
        ("https://git.example.org/", "https://git.example.org/api/v1/version"),
        ("https://Git.Example.org:443", "https://git.example.org/api/v1/version"),
        ("http://example.org/forge/", "http://example.org/forge/api/v1/version"),
        ("http://[::1]:3000", "http://[::1]:3000/api/v1/version"),
    ])
    func addressesThatWork(text: String, version: String) throws {
        #expect(try BaseAddress(text).api("/version") == version)
    }

    @Test(arguments: [
        ("git.example.org", "expected `http://` or `https://` and a host, as in `https://git.example.org`"),
        ("", "expected `http://` or `https://` and a host, as in `https://git.example.org`"),
        ("ftp://git.example.org", "expected `http://` or `https://` and a host, as in `https://git.example.org`"),
        ("https://", "expected `http://` or `https://` and a host, as in `https://git.example.org`"),
        ("https://u:p@git.example.org", "the address must not contain a user or a password"),
        ("https://git.example.org?a=b", "the address must not contain `?` or `#`"),
        ("https://git.example.org:99999", "there is no port 99999"),
        ("https://git.example.org/api/v1/", "give the address of the forge itself, without `/api/v1`"),
    ])
    func addressesThatDoNot(text: String, problem: String) {
        #expect(throws: ForgeSettingsError(setting: "address", problem: problem)) { try BaseAddress(text) }
    }

    @Test func tokensAreTrimmedAndNeverShown() throws {
        let token = try Token("\n \(Secret.service)\r\n")
        #expect(token.secret == Secret.service)
        #expect("\(token) \(String(reflecting: token)) \([token])" == "<token> <token> [<token>]")
        var dumped = ""
        dump(token, to: &dumped)
        #expect(!dumped.contains(Secret.service))
        #expect(token.redacted(in: "a \(Secret.service)\(Secret.service) b") == "a <token><token> b")
    }

    @Test(arguments: ["", " \n", "a b", "a\nb", "a\u{0}b", "tökén"])
    func tokensThatAreRefused(text: String) {
        #expect(throws: ForgeSettingsError.self) { try Token(text) }
    }

    @Test func settingsDoNotShowSecrets() throws {
        let settings = try ForgeSettings(
            address: "https://git.example.org", token: Token(Secret.service), directoryToken: Token(Secret.directory),
            proxy: "http://me:hunter2@proxy:3128")
        var dumped = ""
        dump(settings.token, to: &dumped)
        dumped += "\(settings.token) \(settings.directoryToken.map(String.init(describing:)) ?? "")"
        dumped += settings.proxy?.description ?? ""
        for secret in [Secret.service, Secret.directory, "hunter2"] { #expect(!dumped.contains(secret)) }
        #expect(settings.proxy?.description == "http://proxy:3128")
    }

    @Test(arguments: ["proxy:3128", "https://proxy:3128", "http://proxy", "http://proxy:3128/path"])
    func proxiesThatAreRefused(text: String) {
        #expect(throws: ForgeSettingsError.self) { try ProxyAddress(text) }
    }

    @Test func aCertificateFileMustBeOne() throws {
        let settings = try ForgeSettings(address: "https://git", token: Token("x"), caFile: #filePath)
        #expect(
            throws: ForgeSettingsError(
                setting: "ca_file", problem: "`\(#filePath)` cannot be read as certificates in PEM format")
        ) { try ForgeClient(settings) }
    }

    @Test func aCertificateFileIsTaken() async throws {
        let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        let settings = try ForgeSettings(
            address: "https://git", token: Token("x"), caFile: "/\(folder)/Fixtures/authority.pem")
        await (try ForgeClient(settings)).shutdown()
    }

    @Test func proxiesDoNotShowTheirPassword() throws {
        let proxy = try ProxyAddress("http://me:hunter2@proxy:3128")
        var dumped = ""
        dump(proxy, to: &dumped)
        #expect(!(dumped + "\(proxy)" + String(reflecting: proxy)).contains("hunter2"))
    }

    @Test func waitsGrowAndAreSpread() {
        let policy = RetryPolicy(firstDelay: .seconds(1), longestDelay: .seconds(5), jitter: { 0 })
        #expect((1...5).map { policy.delay(after: $0) } == [0.5, 1, 2, 2.5, 2.5].map { .seconds($0) })
    }
}
