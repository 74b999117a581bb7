import AsyncHTTPClient
import Foundation
import GatePolicy
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import CoreMetrics
import NIOHTTP1
import PrometheusMetrics
import Synchronization
import Testing

@testable import GateStore
@testable import GateWeb

/// Who may see which page, and what those see who may not.
struct AccessTests {
    static let pull = "/acme/widget/pulls/12"
    static let keyed = "\(pull)?key=\(Web.key())"
    static let bearer: HTTPFields = [.authorization: "Bearer \(Web.operatorToken)"]
    static let basic: HTTPFields = [
        .authorization: "Basic " + Data("anybody:\(Web.operatorToken)".utf8).base64EncodedString()
    ]

    static func web(operators: Bool = true) throws -> Web {
        var other = try Scenes.approved()
        other.number = 13
        return try Web([try Scenes.waiting(), other], operators: operators)
    }

    @Test func operatorsSeeEverything() async throws {
        let web = try Self.web()
        for path in ["/", "/acme/widget", Self.pull, "/metrics", "/health/live", "/health/ready"] {
            #expect(try await web.ask(path, at: .operators).status == .ok, "\(path)")
            for headers in [Self.bearer, Self.basic] {
                #expect(try await web.ask(path, at: .open, headers: headers).status == .ok, "\(path)")
            }
        }
        #expect(try await web.ask("/acme/nothing", at: .operators).status == .notFound)
    }

    @Test func aKeyOpensItsPageAndNoOther() async throws {
        let web = try Self.web()
        let page = try await web.ask(Self.keyed)
        #expect(page.status == .ok && page.text.contains("Rotate the keys"))
        // Who has only the key is not shown the way to pages that it does not open.
        #expect(!page.text.contains("href=\"../../\"") && !page.text.contains("href=\"../../../acme"))
        let key = Web.key()
        for path in [
            "/acme/widget/pulls/13?key=\(key)", "/acme/widget?key=\(key)", "/?key=\(key)", "/metrics?key=\(key)",
        ] {
            #expect(try await web.ask(path).status != .ok, "\(path)")
        }
    }

    @Test func whatExistsAndWhatDoesNotLookTheSame() async throws {
        let web = try Self.web(operators: false)
        let unknown = try await web.ask("/acme/secret/pulls/12?key=\(Web.key())")
        #expect(unknown.status == .notFound)
        for path in [
            Self.pull, "\(Self.pull)?key=", "\(Self.pull)?key=\(Web.key(7, 13))", "\(Self.pull)?key=\(Web.key(8))",
            "\(Self.pull)?key=\(Web.key().dropLast())", "\(Self.pull)?key=\(Web.key().uppercased())",
            "/acme/widget/pulls/99?key=\(Web.key(7, 99))", "/acme/widget/pulls/0", "/acme/widget/pulls/x",
            "/acme/%2e%2e/pulls/12", "/acme/wid%20get/pulls/12",
        ] {
            let answer = try await web.ask(path)
            #expect(answer.status == .notFound && answer.text == unknown.text, "\(path): \(answer.status)")
        }
        for path in ["/", "/acme/widget", "/metrics"] {
            let answer = try await web.ask(path)
            #expect(answer.status == .notFound && answer.headers[.wwwAuthenticate] == nil)
        }
    }

    @Test func overviewsAskForTheToken() async throws {
        let web = try Self.web()
        for path in ["/", "/acme/widget", "/acme/nothing", "/metrics"] {
            let answer = try await web.ask(path)
            #expect(answer.status == .unauthorized && answer.headers[.wwwAuthenticate] == "Basic realm=\"Countersign\"")
        }
        for value in [
            "Bearer ", "Bearer wrong-and-of-some-length-too", "Basic !", "Digest \(Web.operatorToken)",
            "Basic " + Data("x:".utf8).base64EncodedString(), Web.operatorToken,
        ] {
            #expect(try await web.ask("/", headers: [.authorization: value]).status == .unauthorized, "\(value)")
        }
    }

    @Test func keysAreExchangedWhileItRuns() async throws {
        let web = try Self.web()
        let newer = String(repeating: "n", count: 32)
        web.secrets.replace(with: .init(hook: nil, pages: PageKeys(secrets: [newer, Web.pageSecret])))
        #expect(try await web.ask(Self.keyed).status == .ok)
        web.secrets.replace(with: .init(hook: nil, pages: PageKeys(secrets: [newer])))
        #expect(try await web.ask(Self.keyed).status == .notFound)
        let address = try web.server().page(of: Scene.repository, id: 7, number: 12)
        let prefix = "https://example.org/gate/acme/widget/pulls/12?key="
        #expect(address?.hasPrefix(prefix) == true)
        #expect(try await web.ask("\(Self.pull)?key=\(address?.dropFirst(prefix.count) ?? "")").status == .ok)
        web.secrets.replace(with: .init(hook: nil))
        #expect(try web.server().page(of: Scene.repository, id: 7, number: 12) == nil)
    }

    /// What is read takes time: how long would tell which private pull requests exist.
    @Test func withoutTheKeyNothingIsRead() async throws {
        let web = try Self.web()
        for path in ["\(Self.pull)?key=\(String(repeating: "0", count: 32))", Self.pull, "/acme/widget/pulls/99"] {
            #expect(try await web.ask(path).status == .notFound)
        }
        #expect(web.reads.withLock { $0 } == 0)
        #expect(try await web.ask(Self.keyed).status == .ok)
        #expect(web.reads.withLock { $0 } == 1)
    }

    @Test(arguments: [
        ("evil.example", false), ("evil.example:8081", false), ("127.0.0.1.evil.example", false), ("", false),
        ("localhost:8081", true), ("127.0.0.1:1", true), ("[::1]:8081", true), ("example.org", true),
    ])
    func theOperatorsDoorAnswersToItsOwnNamesOnly(_ host: String, _ isOwn: Bool) async throws {
        let own = OwnHostOnly(isLoopback: true, publicHost: "example.org")
        #expect(own.isOwn(host) == isOwn)
        let web = try Self.web()
        try await web.server().application(.operators).test(.live) { client in
            var request = HTTPClientRequest(url: "http://127.0.0.1:\(client.port ?? 0)/")
            request.headers.add(name: "Host", value: host)
            let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
            #expect(answer.status.code == (isOwn ? 200 : 421))
        }
    }

    @Test func everyAnswerCarriesTheProhibitions() async throws {
        let web = try Self.web()
        for (path, method) in [
            (Self.keyed, HTTPRequest.Method.get), ("/nothing/there/at/all", .get), ("/", .get), ("/hooks/gitea", .post),
            ("/health/live", .put),
        ] {
            let answer = try await web.ask(path, method: method)
            let headers = answer.headers
            #expect(headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'; style-src 'self'") == true)
            for (name, value) in [
                ("Referrer-Policy", "no-referrer"), ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
                ("X-Robots-Tag", "noindex, nofollow, noarchive"), ("Cache-Control", "no-store"),
            ] { #expect(HTTPField.Name(name).flatMap { headers[$0] } == value, "\(path) \(name)") }
            #expect(!answer.text.contains("<script") && !answer.text.contains("style=\""))
        }
    }

    @Test func theSameAddressAnswersPrograms() async throws {
        let web = try Self.web()
        let json = try await web.ask(Self.keyed, headers: [.accept: "application/json"])
        #expect(json.headers[.contentType] == "application/json" && json.text.contains("\"mayMerge\" : \"not-yet\""))
        let browser = "text/html,application/xhtml+xml,application/json;q=0.5,*/*;q=0.8"
        #expect(try await web.ask(Self.keyed, headers: [.accept: browser]).text.hasPrefix("<!DOCTYPE html>"))
        let missing = try await web.ask("/a/b/pulls/1", headers: [.accept: "application/json"])
        #expect(missing.status == .notFound && missing.text.contains("\"error\""))
        for path in ["/", "/acme/widget"] {
            let list = try await web.ask(path, at: .operators, headers: [.accept: "application/json"])
            #expect(list.text.contains("\"number\" : 13"))
        }
    }

    @Test func methodsAreHeadOrGet() async throws {
        let web = try Self.web()
        let head = try await web.ask(Self.keyed, method: .head)
        let get = try await web.ask(Self.keyed)
        #expect(head.status == .ok && head.body.readableBytes == 0)
        #expect(head.headers[.contentLength] == "\(get.body.readableBytes)")
        for method in [HTTPRequest.Method.post, .put, .delete, .patch, .options] {
            let answer = try await web.ask(Self.keyed, method: method)
            #expect(answer.status == .methodNotAllowed && answer.headers[.allow] == "GET, HEAD")
        }
        #expect(try await web.ask("/acme/widget/pulls/12/reviews").status == .notFound)
        let long = try await web.ask("/\(String(repeating: "a", count: 5000))")
        #expect(long.status.code == 414)
    }

    @Test func aStoreThatCannotBeReadIsNoEmptyOne() async throws {
        let web = try Self.web()
        web.storeFails.withLock { $0 = true }
        let answer = try await web.ask(Self.keyed)
        #expect(answer.status == .serviceUnavailable && !answer.text.contains("disk is full"))
        #expect(web.log.contains("the disk is full"))
    }

    /// What it showed green was withdrawn: no page sends anybody to what the forge shows.
    @Test func aDamagedStoreSaysSo() async throws {
        let web = try Self.web()
        web.damage.withLock { $0 = StoreError(.corrupt, "the store is damaged: restore a backup") }
        let answer = try await web.ask(Self.keyed)
        #expect(answer.status == .serviceUnavailable)
        #expect(answer.text.contains("store is damaged: nothing is looked at, and nothing stays green"), "\(answer)")
        #expect(!answer.text.contains("what the forge shows") && web.log.contains("restore a backup"))
    }

    @Test func noSecretStandsInALogOrAMetric() async throws {
        let web = try Self.web()
        try await withMetricsFactory(web.metrics) {
            for path in [Self.keyed, "/?key=\(Web.key())", "/x?key=\(Web.key())", "\(Self.pull)/?key=\(Web.key())"] {
                for headers in [[:], Self.bearer, Self.basic] { _ = try await web.ask(path, headers: headers) }
            }
            _ = try await web.deliver(HookTests.body)
            _ = try await web.deliver(HookTests.body, secret: "another secret than ours")
        }
        let log = web.log
        #expect(log.contains("request") && log.contains("{owner}"))
        let secrets = [
            Web.key(), Web.hookSecret, Web.operatorToken, Web.pageSecret, Self.basic[.authorization] ?? "?",
            Web.sign(HookTests.body, Web.hookSecret), "key=",
        ]
        for secret in secrets { #expect(!log.contains(secret) && !web.metrics.text().contains(secret), "\(secret)") }
        #expect(!"\(web.secrets.current)".contains("secret of"))
    }

    @Test func everyLinkLeadsSomewhere() async throws {
        let web = try Web(try Scenes.all().map(\.view))
        var seen: Set<String> = []
        for path in ["/", "/acme/widget", Self.pull, "/nothing"] {
            let html = try await web.ask(path, at: .operators).text
            for match in html.matches(of: /(?:href|src)="([^"]*)"/) {
                let link = String(match.output.1)
                if link.hasPrefix("https://git.example.org/") { continue }
                if link.hasPrefix("#") {
                    #expect(html.contains("id=\"\(link.dropFirst())\""), "\(link)")
                    continue
                }
                let base = try #require(URL(string: "http://localhost\(path)"))
                let target = try #require(URL(string: link, relativeTo: base)).absoluteURL.path()
                if seen.insert(target).inserted {
                    #expect(try await web.ask(target, at: .operators).status == .ok, "\(path): \(link)")
                }
            }
        }
        #expect(seen.count >= 5)
    }
}
