import Testing

@testable import GatePolicy

@Suite struct SignedTests {
    static let gpg = "3AA5C34371567BD2"
    static let ssh = "SHA256:abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"

    static func story(_ commits: [CommitVerification]) -> Story {
        var story = Story()
        story.facts.verifications = .known(commits)
        return story
    }

    static func signed(
        _ commit: CommitID = Story.head, by signer: String? = "bob", key: String? = gpg
    ) -> CommitVerification { CommitVerification(commit: commit, isVerified: true, signer: signer, key: key) }

    static let unsigned = CommitVerification(commit: Story.old, isVerified: false)

    @Test func everyCommitIsSigned() throws {
        let all = Self.story([Self.signed(), Self.signed(Story.old, by: nil)])
        #expect(try all.mark("signed", helps: true) == .met)
        #expect(try all.mark("signed") == .met)
        let some = Self.story([Self.signed(), Self.unsigned])
        #expect(try some.mark("signed", helps: true) == .unmet)
        let gate = try some.gate(require: "signed and leads")
        #expect(
            gate.requirement?.children.first?.detail
                == "`\(Story.old.short)` has no signature that the forge verified")
        // Nothing is signed where there is nothing.
        var nothing = Self.story([])
        nothing.facts.pullRequest.mergeBase = Story.head
        #expect(try nothing.mark("signed", helps: true) == .unmet)
    }

    /// A list without the head is another head's, or was cut: how the head is signed it does not say.
    @Test(arguments: [[], [signed(Story.old)]], ["signed", "not signed", "signed_by(qa)"])
    func aListWithoutTheHead(_ list: [CommitVerification], _ condition: String) throws {
        let story = Self.story(list)
        #expect(try story.mark(condition) == .unknown)
        let gate = try story.gate(["require: leads", "when: '\(condition)'", "block: none"])
        #expect(gate.unknowns.map(\.reason) == ["the list of them does not hold the head `aaaaaaaaaa`"])
        #expect(gate.unknowns.map(\.subject) == ["how its commits are signed"])
    }

    @Test(arguments: [
        ("3AA5C34371567BD2", true), ("3aa5c34371567bd2", true), ("0x3AA5C34371567BD2", true),
        ("4AEE 18F8 3AFD EB23 4AEE 18F8 3AA5 C343 7156 7BD2", true),
        ("4AEE18F83AFDEB234AEE18F83AA5C34371567BD3", false),
        ("SHA256:abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", false),
    ]) func oneOfTheKeys(_ key: String, _ isIt: Bool) throws {
        #expect(try Self.story([Self.signed()]).mark("signed_with(\"\(key)\")", helps: true) == (isIt ? .met : .unmet))
    }

    @Test func keysOfSSH() throws {
        let story = Self.story([Self.signed(key: Self.ssh), Self.signed(Story.old)])
        #expect(try story.mark("signed_with(\"\(Self.ssh)\", \"\(Self.gpg)\")", helps: true) == .met)
        #expect(try story.mark("signed_with(\"\(Self.ssh)\")", helps: true) == .unmet)
        let lower = "SHA256:" + Self.ssh.dropFirst(7).lowercased()
        #expect(try Self.story([Self.signed(key: Self.ssh)]).mark("signed_with(\"\(lower)\")", helps: true) == .unmet)
    }

    @Test(arguments: ["71567BD2", "bob", "", "SHA256:abc", "3AA5C34371567BDX", "3AA5C34371567BD2FF"])
    func whatIsNoKey(_ key: String) {
        let text = "version: 1\ngates:\n  it: { require: 'signed_with(\"\(key)\") and qa' }\n"
        let read = PolicyReader.read(text, file: "countersign.yml", digest: "d")
        #expect(read.policy == nil && read.diagnostics.first?.message.hasSuffix("is no key") == true)
    }

    @Test func oneOfThePeople() throws {
        let story = Self.story([Self.signed(), Self.signed(Story.old, by: "carol")])
        #expect(try story.mark("signed_by(qa)", helps: true) == .met)
        #expect(try story.mark("signed_by(@bob)", helps: true) == .unmet)
        #expect(try story.mark("signed_by(qa)") == .met)
        #expect(try story.mark("not signed_by(qa)") == .unmet)
        // The server's own key signs what anybody clicks together on its pages.
        var web = Self.story([Self.signed(by: "Gitea")])
        web.facts.users["gitea"] = .known(nil)
        #expect(try web.mark("signed_by(anyone)") == .unmet)
        #expect(try web.mark("signed", helps: true) == .met)
    }

    @Test func whatIsNotTold() throws {
        let nameless = Self.story([Self.signed(by: nil, key: nil)])
        #expect(try nameless.mark("signed_by(qa)", helps: true) == .unknown)
        #expect(try nameless.mark("signed_with(\"\(Self.gpg)\")", helps: true) == .unknown)
        // One that is not signed decides it, whatever the other one is.
        let mixed = Self.story([Self.signed(by: nil, key: nil), Self.unsigned])
        #expect(try mixed.mark("signed_by(qa)", helps: true) == .unmet)
        var over = Story()
        over.facts.verifications = .unknown(
            Unknown(
                cause: .overLimit, subject: "how its commits are signed", reason: "more than 5000", cure: "split it"))
        #expect(try over.mark("signed", helps: true) == .unknown)
        #expect(try over.mark("signed") == .unknown)
        #expect(try over.outcome("signed or never(\"x\")") == .undecided)
        var blind = Self.story([Self.signed()])
        blind.hide("qa")
        #expect(try blind.mark("signed_by(qa)", helps: true) == .unknown)
        #expect(try blind.mark("signed_by(@bob)", helps: true) == .met)
    }

    /// Names in commits qualify nobody; a verified signature does.
    @Test func insteadOfAPusher() throws {
        var story = Self.story([Self.signed()])
        story.commit(by: nil)
        #expect(try story.mark("all_committers(qa)", helps: true) == .met)
        #expect(try story.mark("any_committer(leads)", helps: true) == .unmet)
        story.facts.verifications = .known([CommitVerification(commit: Story.head, isVerified: false)])
        #expect(try story.mark("all_committers(qa)", helps: true) == .unmet)
    }

    @Test func whatIsReadForIt() throws {
        var story = Story()
        story.facts.verifications = nil
        let policy = try Story.policy("version: 1\ngates:\n  it: { require: signed, block: none }\n")
        #expect(policy.needs(story.facts).contains(.verifications))
        let other = try Story.policy("version: 1\ngates:\n  it: { require: qa, block: none }\n")
        #expect(!other.needs(story.facts).contains(.verifications))
    }
}
