import Foundation

@testable import GiteaSimulator

/// A small scene with one pull request, a gate of which honestly is not green.
struct Plot: Sendable {
    let name: String
    /// What `.countersign.yml` of the base says.
    let law: String
    /// The gate that is not green.
    var gate = "first"
    var base = "main"
    /// What happens, from the branch on.
    let act: @Sendable (Scene) throws -> Void

    /// A law of one gate.
    private static func first(_ rest: String) -> String { "version: 1\ngates:\n  first:\n    " + rest + "\n" }

    func stage(_ scene: Scene) throws {
        scene.restore()
        try scene.push([".countersign.yml": law], to: base, as: "keeper")
        try act(scene)
    }

    static let all: [Plot] = [
        Plot(name: "an approval is older than the head", law: first("require: qa")) { scene in
            try scene.open()
            scene.review("APPROVED", as: "bob")
            try scene.push(["src/two.txt": "2\n"], as: "alice")
        },
        Plot(name: "the head went on and back to what was approved once", law: first("require: 2 of qa")) { scene in
            try scene.open()
            scene.review("APPROVED", as: "bob")
            try scene.push(["src/two.txt": "2\n"], as: "alice")
            scene.review("APPROVED", as: "bea")
        },
        Plot(name: "somebody outside the team approves", law: first("require: qa")) { scene in
            try scene.open()
            scene.review("APPROVED", as: "carol")
        },
        Plot(name: "a request for changes stands", law: first("require: qa")) { scene in
            try scene.open()
            scene.review("APPROVED", as: "bob")
            scene.review("REQUEST_CHANGES", as: "carol")
        },
        Plot(
            name: "the opener approves",
            law: first("require: engineers") + "approvals: { comments: [\"LGTM*\"] }\n"
        ) { scene in
            try scene.open()
            scene.comment("LGTM", as: "alice")
        },
        Plot(name: "the approval is dismissed", law: first("require: qa")) { scene in
            try scene.open()
            let review = scene.review("APPROVED", as: "bob")
            scene.clock.advance(by: 1)
            scene.here("POST", "/pulls/1/reviews/\(review)/dismissals", as: "keeper", ["message": "no"])
        },
        Plot(
            name: "the opener put the label on",
            law: first("when: not label(\"trivial\" by security)\n    require: qa")
        ) { scene in
            try scene.open()
            scene.clock.advance(by: 1)
            scene.here("POST", "/issues/1/labels", as: "alice", ["labels": [1]])
        },
        Plot(
            name: "somebody else posted the status",
            law: first("require: status(\"scan/clean\" from @carol) and qa")
        ) { scene in
            try scene.open()
            scene.review("APPROVED", as: "bob")
            scene.here(
                "POST", "/statuses/\(scene.head)", as: "dave", ["state": "success", "context": "scan/clean"])
            scene.here(
                "POST", "/statuses/\(scene.head)", as: "carol", ["state": "failure", "context": "scan/other"])
        },
        Plot(
            name: "an item is not acknowledged",
            law: first("checklist:\n      - { item: tested, by: qa }")
        ) { scene in
            try scene.open()
            scene.comment("/ack tested", as: "carol")
        },
        Plot(
            name: "an acknowledgement was taken back",
            law: first("checklist:\n      - { item: tested, by: qa }")
        ) { scene in
            try scene.open()
            scene.comment("/ack tested", as: "bob")
            scene.comment("/revoke tested", as: "bob")
        },
        Plot(name: "a code owner has not signed", law: first("require: owners_of_each_file")) { scene in
            try scene.push(["CODEOWNERS": "src/.* @carol\ndocs/.* @bob\n"], to: "main", as: "keeper")
            try scene.open(["src/one.txt": "1\n", "docs/one.txt": "1\n"])
            scene.review("APPROVED", as: "bob")
        },
        Plot(
            name: "a changed path asks for somebody", law: first("when: changes(\"src/**\")\n    require: qa")
        ) { scene in
            try scene.open(["docs/one.txt": "1\n", "src/one.txt": "1\n"])
        },
        Plot(
            name: "a file is moved out of a guarded folder", law: first("when: changes(\"src/**\")\n    require: qa")
        ) { scene in
            try scene.push(["src/one.txt": "1\n", "src/two.txt": "2\n"], to: "main", as: "keeper")
            try scene.open(["src/one.txt": nil, "docs/one.txt": "1\n"])
        },
        Plot(
            name: "more than documents change",
            law: first("when: not changes_only(\"docs/**\")\n    require: qa")
        ) { scene in
            try scene.open(["docs/one.txt": "1\n", "docs/two.txt": "2\n", "src/one.txt": "1\n"])
        },
        Plot(
            name: "a commit is by somebody who may not",
            law: first("when: not all_committers(engineers)\n    require: security")
        ) { scene in
            try scene.open()
            try scene.push(["src/two.txt": "2\n"], as: "bob")
        },
        Plot(name: "a committer approves", law: first("require: engineers")) { scene in
            try scene.open()
            try scene.push(["src/two.txt": "2\n"], as: "dave")
            scene.review("APPROVED", as: "dave")
        },
        Plot(name: "it is a draft", law: first("require: qa"), gate: "none") { scene in
            try scene.open(title: "WIP: one")
            scene.review("APPROVED", as: "bob")
        },
        Plot(name: "the organisation requires a gate", law: first("require: qa"), gate: "licence") { scene in
            scene.call(
                "POST", "/orgs/acme/repos", as: "keeper",
                ["name": ".countersign", "private": true, "auto_init": true, "default_branch": "main"])
            try scene.world.push(
                to: "main", of: "acme/.countersign", as: "keeper",
                files: ["countersign.yml": "version: 1\nrequired:\n  licence:\n    require: security\n"])
            try scene.open()
            scene.review("APPROVED", as: "bob")
        },
        Plot(
            name: "another pull request of the same head waits",
            law: first("require: qa")
        ) { scene in
            try scene.open()
            scene.review("APPROVED", as: "bob")
            scene.comment("fine", as: "bob")
            try scene.world.move("feature/again", of: Scene.repository, to: scene.head, as: "dave")
            scene.here("POST", "/pulls", as: "dave", ["title": "other", "head": "feature/again", "base": "main"])
        },
        Plot(name: "a commit is not signed", law: first("require: signed")) { scene in
            try scene.open()
            scene.world.sign(scene.head, as: "alice")
            try scene.push(["src/two.txt": "2\n"], as: "alice")
        },
        Plot(name: "it is larger than allowed", law: first("when: lines > 2\n    require: qa")) { scene in
            try scene.open(["src/one.txt": "1\n2\n", "src/two.txt": "1\n2\n"])
        },
        Plot(
            name: "the policy changes", law: first("require: qa") + "policy: { require: security }\n", gate: "policy"
        ) { scene in
            try scene.open([
                ".countersign.yml": first("require: qa\n    description: weaker")
                    + "policy: { require: security }\n"
            ])
            scene.review("APPROVED", as: "bob")
        },
        Plot(
            name: "somebody waives who may not",
            law: first("require: qa\n    waive: { by: security }")
        ) { scene in
            try scene.open()
            scene.comment("/waive first it cannot wait", as: "dave")
        },
        Plot(
            name: "an included file asks", law: "include: [law/second.yml]\n" + first("require: qa"), gate: "second"
        ) { scene in
            try scene.push(
                ["law/second.yml": "version: 1\ngates:\n  second:\n    require: security\n"], to: "main", as: "keeper")
            try scene.open()
            scene.review("APPROVED", as: "bob")
        },
        Plot(name: "one approves twice", law: first("require: 2 of qa")) { scene in
            try scene.open()
            scene.review("APPROVED", as: "bob")
            scene.review("APPROVED", as: "bob")
        },
        Plot(name: "one of all has not approved", law: first("require: all of qa")) { scene in
            try scene.open()
            scene.review("APPROVED", as: "bob")
        },
        Plot(name: "it must be a writer who is none of them", law: first("require: writers - qa")) { scene in
            try scene.open()
            scene.review("APPROVED", as: "bob")
        },
        Plot(
            name: "another branch has a stricter policy", law: first("require: qa"), base: "release"
        ) { scene in
            try scene.push(
                [".countersign.yml": first("when: base(\"main\")\n    require: qa")], to: "main", as: "keeper")
            try scene.push(["src/one.txt": "1\n"], as: "alice", from: "release")
            scene.here("POST", "/pulls", as: "alice", ["title": "one", "head": "feature/one", "base": "release"])
        },
    ]
}

extension Scene {
    fileprivate func push(
        _ files: [String: String?], to branch: String = "feature/one", as person: String, from base: String? = nil
    ) throws {
        clock.advance(by: 1)
        if let base {
            here(
                "POST", "/branches", as: person, ["new_branch_name": .string(branch), "old_branch_name": .string(base)])
        }
        try world.push(to: branch, of: Self.repository, as: person, files: files)
    }

    /// Alice opens the first pull request.
    fileprivate func open(_ files: [String: String?] = ["src/one.txt": "1\n"], title: String = "one") throws {
        try push(files, as: "alice")
        here("POST", "/pulls", as: "alice", ["title": .string(title), "head": "feature/one", "base": "main"])
    }

    /// The head of the first pull request.
    fileprivate var head: String { here("GET", "/pulls/1", as: "keeper").json["head"]?["sha"]?.string ?? "" }

    @discardableResult
    fileprivate func review(_ event: String, as person: String) -> Int {
        clock.advance(by: 1)
        let answer = here("POST", "/pulls/1/reviews", as: person, ["event": .string(event), "body": "seen"])
        return answer.json["id"]?.int ?? 0
    }

    fileprivate func comment(_ text: String, as person: String) {
        clock.advance(by: 1)
        here("POST", "/issues/1/comments", as: person, ["body": .string(text)])
    }
}
