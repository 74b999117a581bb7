import Crypto
import Foundation
import GatePolicy
import Testing

@testable import GateForge

/// What a delivery must bring to be believed, and how little of it is.
struct WebhookTests {
    static let secret = "a secret of the forge's"

    static func hex(_ body: String, _ secret: String = WebhookTests.secret) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: Data(body.utf8), using: SymmetricKey(data: Data(secret.utf8)))
        return code.map { String(format: "%02x", $0) }.joined()
    }

    static func open(
        _ body: String, _ fields: [String: [String]], secrets: [String] = [WebhookTests.secret]
    ) throws(WebhookSignature.Fault) -> WebhookDelivery {
        guard let secrets = try? WebhookSecrets(secrets) else { throw .missing }
        return try open(Data(body.utf8), { fields[$0] ?? [] }, secrets)
    }

    static func open(
        _ body: Data, _ values: (String) -> [String], _ secrets: WebhookSecrets
    ) throws(WebhookSignature.Fault) -> WebhookDelivery {
        try WebhookDelivery(values, body: body, signature: WebhookSignature(values), secrets: secrets)
    }

    static func content(_ event: String, _ body: String) throws -> WebhookDelivery.Content {
        try open(body, ["X-Gitea-Event": [event], "X-Gitea-Signature": [hex(body)]]).content()
    }

    static func body(_ rest: String, _ repository: String = #"{"id":7,"full_name":"acme/widget"}"#) -> String {
        #"{"repository":\#(repository),\#(rest)}"#
    }

    @Test func everyRecordedDeliveryIsSignedAndRead() throws {
        let secrets = try WebhookSecrets(["another one that is older", "hook-secret-for-recording"])
        let others = try WebhookSecrets(["another one that is older"])
        var hints: [WebhookHint.Target: Int] = [:]
        var causes: [String: Int] = [:]
        var tests = 0
        let deliveries = Recordings.deliveries
        #expect(deliveries.count == 63)
        for recorded in deliveries {
            #expect(throws: WebhookSignature.Fault.wrong) {
                try Self.open(recorded.body, recorded.values, others)
            }
            let delivery = try Self.open(recorded.body, recorded.values, secrets)
            #expect(delivery.id.count == 36)
            if case .test = delivery.content() {
                tests += 1
                #expect(recorded.event == "push")
                continue
            }
            guard case .hint(let hint) = delivery.content() else {
                Issue.record("\(recorded.event) gave \(delivery.content())")
                continue
            }
            #expect(hint.repository.owner == "acme" && hint.senderID != nil)
            causes[hint.cause, default: 0] += 1
            switch (delivery.event, hint.target) {
            case (.push, .branch), (.comment, .pullRequest), (.pullRequest, .pullRequest), (.approved, .pullRequest),
                (.rejected, .pullRequest), (.reviewComment, .pullRequest):
                hints[hint.target, default: 0] += 1
            default: Issue.record("\(recorded.event) gave \(hint.target)")
            }
        }
        #expect(tests == 1)
        #expect(hints[.pullRequest(1)] == 25)
        #expect(causes["pull_request_sync"] == 9 && causes["pull_request_label"] == 4)
        #expect(hints[.branch("main")] ?? 0 > 0)
    }

    @Test func aChangedByteIsNoLongerSigned() throws {
        let recorded = try #require(Recordings.deliveries.first)
        let secrets = try WebhookSecrets(["hook-secret-for-recording"])
        for place in stride(from: 0, to: recorded.body.count, by: 97) {
            var body = recorded.body
            body[place] ^= 1
            #expect(throws: WebhookSignature.Fault.wrong) {
                try Self.open(body, recorded.values, secrets)
            }
        }
    }

    @Test(arguments: WebhookSignature.fields)
    func eachFieldAloneIsEnough(_ field: String) throws {
        let digits = Self.hex("{}")
        let value = field == "X-Hub-Signature-256" ? "sha256=\(digits)" : digits
        _ = try Self.open("{}", [field: [value]])
        _ = try Self.open("{}", [field: [value.replacing(digits, with: digits.uppercased())]])
        for wrong in ["", "sha256="] {
            #expect(throws: (any Error).self) { try Self.open("{}", [field: [wrong]]) }
        }
        for wrong in [
            String(digits.dropLast()), digits + "0", "0x" + digits.dropFirst(2), String(digits.dropLast()) + "g",
            " " + digits, "sha1=" + digits, "é" + digits.dropFirst(2),
        ] {
            #expect(throws: WebhookSignature.Fault.malformed) { try Self.open("{}", [field: [wrong]]) }
        }
    }

    @Test func whatIsMissingOrEmptyIsRefused() {
        #expect(throws: WebhookSignature.Fault.missing) { try Self.open("{}", [:]) }
        // What Gitea sends where its webhook has no secret.
        let none: [String: [String]] = ["X-Gitea-Signature": [""], "X-Hub-Signature-256": ["sha256="]]
        #expect(throws: WebhookSignature.Fault.missing) { try Self.open("{}", none) }
        let empty = Self.hex("{}", "")
        #expect(throws: WebhookSignature.Fault.wrong) { try Self.open("{}", ["X-Gitea-Signature": [empty]]) }
    }

    @Test func oneWrongSignatureAmongRightOnesIsRefused() {
        let right = Self.hex("{}")
        let wrong = Self.hex("{}", "a secret of somebody else's")
        #expect(throws: WebhookSignature.Fault.wrong) {
            try Self.open("{}", ["X-Gitea-Signature": [right], "X-Hub-Signature-256": ["sha256=" + wrong]])
        }
        #expect(throws: WebhookSignature.Fault.malformed) {
            try Self.open("{}", ["X-Gitea-Signature": Array(repeating: right, count: 4)])
        }
    }

    @Test(arguments: [
        [], [""], ["  \n"], ["short"], ["\u{FEFF}0123456789abcdef"], ["long enough to be one", ""],
        Array(repeating: secret, count: 9),
    ])
    func secretsThatAreNoneAreRefused(_ texts: [String]) {
        #expect(throws: ForgeSettingsError.self) { try WebhookSecrets(texts) }
    }

    @Test func secretsAreNeverPrinted() throws {
        let secrets = try WebhookSecrets([Self.secret])
        var dumped = ""
        dump(secrets, to: &dumped)
        #expect(!"\(secrets) \(String(reflecting: secrets)) \(dumped)".contains("secret of"))
    }

    @Test(arguments: [
        ("status", body(#""sha":"\#(String(repeating: "a", count: 40))","context":"ci / test""#), true),
        ("create", body(#""ref":"release/1","ref_type":"branch""#), true),
        ("delete", body(#""ref":"release/1","ref_type":"branch""#), true),
        ("repository", body(#""action":"created""#), true),
        ("create", body(#""ref":"v1","ref_type":"tag""#), false),
        ("push", body(#""ref":"refs/tags/v1""#), false),
        ("issue_comment", body(#""is_pull":false,"issue":{"number":1}"#), false),
        ("issue_comment", body(#""issue":{"number":1}"#), false),
        ("wiki", "not even JSON", false),
    ])
    func eventsThatWereNotRecorded(_ event: String, _ body: String, _ matters: Bool) throws {
        let content = try Self.content(event, body)
        if matters, case .hint = content { return }
        #expect(!matters && content == .unrelated, "\(content)")
    }

    @Test func anEventOfANewerForgeIsUnknown() throws {
        #expect(try Self.content("pull_request_teleported", "{}") == .unknownEvent)
        #expect(try Self.open("{}", ["X-Gitea-Signature": [Self.hex("{}")]]).content() == .unknownEvent)
        // Forgejo's own field does as well.
        let body = Self.body(#""number":3"#)
        let fields = ["X-Forgejo-Event": ["pull_request"], "X-Forgejo-Signature": [Self.hex(body)]]
        let content = try Self.open(body, fields).content()
        #expect(
            content
                == .hint(
                    WebhookHint(
                        repositoryID: 7, repository: RepositoryName(owner: "acme", name: "widget"),
                        target: .pullRequest(3), cause: "pull_request")))
    }

    @Test(arguments: [
        "", "[]", "null", "{}", #"{"number":1}"#, body(#""number":0"#), body(#""number":-4"#), body(#""number":null"#),
        body(#""number":1e400"#), body(#""number":"1""#), body(#""number":99999999999999999999"#),
        body(#""number":1"#, "null"), body(#""number":1"#, #"{"id":0,"full_name":"acme/widget"}"#),
        body(#""number":1"#, #"{"id":7,"full_name":"acme/../widget"}"#),
        body(#""number":1"#, #"{"id":7,"full_name":"acme/wid\nget"}"#), "\u{0}\u{0}", "{\"number\":",
        String(repeating: "[", count: 100_000), String(repeating: "{\"a\":", count: 100_000),
        body(#""number":1,"x":"# + String(repeating: "[", count: 50_000) + String(repeating: "]", count: 50_000)),
    ])
    func whatCannotBeReadIsSaidToBe(_ body: String) throws {
        guard case .malformed = try Self.content("pull_request", body) else {
            Issue.record("\(body.prefix(80)) was read")
            return
        }
    }

    @Test func aNameThatIsTooLongMeansTheWholeRepository() throws {
        let long = String(repeating: "a", count: 2000)
        guard case .hint(let hint) = try Self.content("push", Self.body(#""ref":"refs/heads/\#(long)""#)) else {
            Issue.record("not read")
            return
        }
        #expect(hint.target == .repository)
    }

    @Test func anIdentifierCannotForgeALogLine() throws {
        let fields = ["X-Gitea-Signature": [Self.hex("{}")], "X-Gitea-Delivery": ["a-1\nlevel=error \u{1b}[31m"]]
        #expect(try Self.open("{}", fields).id == "a-1levelerror31m")
    }
}
