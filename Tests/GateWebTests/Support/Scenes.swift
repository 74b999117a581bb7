import GatePolicy

@testable import GateWeb

/// Every state that a pull request's page can show, by the name of its golden file.
enum Scenes {
    static let hostile = "\"><script>alert(1)</script> {{titleText}} '\u{202e}txt.exe\u{0007}\nnext line"

    static func all() throws -> [(name: String, view: PullView)] {
        [
            ("waiting", try waiting()), ("approved", try approved()), ("rejected", try rejected()),
            ("undecided", try undecided()), ("not-needed", try notNeeded()), ("commands", try commands()),
            ("public", try openToAll()), ("hostile", try hostileTexts()), ("broken", broken()),
            ("unread", Scene().view(finding: .unread)), ("unmanaged", Scene().view(finding: .unmanaged)),
            ("nothing-known", nothingKnown()), ("draft", try draft()), ("held", try held()), ("merged", try merged()),
            ("around", try around()),
            ("outdated", try outdated()), ("forged", try forged()), ("green-not-posted", try greenNotPosted()),
        ]
    }

    static func waiting() throws -> PullView {
        var scene = Scene()
        scene.review(Scene.bob)
        scene.review(Scene.carol, at: Scene.old)
        scene.review(Scene.dave, .pending)
        scene.change(Scene.old, is: "e")
        scene.change(Scene.head, is: "f")
        var view = try scene.view()
        view.history = [
            PastVerdict(
                at: Timestamp(seconds: Scene.now.seconds - 94), head: Scene.head, outcome: .waiting,
                description: view.statusLine, cause: "pull_request"),
            PastVerdict(
                at: Timestamp(seconds: Scene.now.seconds - 7200), head: Scene.old, outcome: .approved,
                description: "passed: qa-review, security-review", cause: "pull_request_approved"),
        ]
        return view
    }

    static func approved() throws -> PullView {
        var scene = Scene(title: "Add a search box")
        scene.passes()
        return try scene.view()
    }

    static func rejected() throws -> PullView {
        var scene = Scene()
        scene.review(Scene.bob)
        scene.review(Scene.carol, .requestChanges)
        return try scene.view()
    }

    static func undecided() throws -> PullView {
        var scene = Scene()
        scene.review(Scene.dave)
        scene.team("qa", nil)
        return try scene.view()
    }

    static func notNeeded() throws -> PullView {
        var scene = Scene(title: "Mend a typo in the guide")
        scene.facts.files = .known([ChangedFile(path: "docs/guide.md", additions: 1, deletions: 1)])
        return try scene.view()
    }

    static func commands() throws -> PullView {
        var scene = Scene()
        scene.review(Scene.bob, body: "Fine.\n/waive security-review the pager rings")
        scene.comment(Account(id: 5, login: "erin"), "/waive security-review the pager rings")
        scene.comment(Scene.alice, "/waive security-review because\n/wave it\n/recheck")
        return try scene.view()
    }

    static func openToAll() throws -> PullView {
        var scene = Scene(isPrivate: false)
        scene.review(Scene.bob)
        return try scene.view()
    }

    static func hostileTexts() throws -> PullView {
        var scene = Scene(title: hostile)
        scene.facts.pullRequest.baseBranch = "main\"><img src=x onerror=alert(1)>"
        let mallory = Account(id: 66, login: "<b>mallory</b>")
        scene.review(mallory, .requestChanges)
        scene.comment(mallory, "/waive qa-review <script>alert(2)</script> {{{titleText}}}")
        var view = try scene.view()
        view.author = mallory
        view.problem = "<i>a proxy's words</i>"
        view.notes = ["<u>mallory</u> posted the status `countersign: main`"]
        return view
    }

    static func broken() -> PullView {
        let text = "version: 1\ngates:\n  qa-review:\n    reqire: qa\n    when: changes(<script>)\n"
        return Scene().view(
            finding: .broken(PolicyReader.read(text, file: ".countersign.yml", digest: "d").diagnostics))
    }

    static func nothingKnown() -> PullView {
        var view = Scene().view(
            finding: .undecided([
                Unknown(
                    cause: .timeout, subject: "which policy applies", reason: "the forge did not answer within 20 s",
                    cure: "nothing: it is tried again")
            ]))
        view.problem = "the forge did not answer within 20 s"
        return view
    }

    static func draft() throws -> PullView {
        var view = try approved()
        view.isDraft = true
        return view
    }

    static func held() throws -> PullView {
        var view = try approved()
        view.holder = 57
        return view
    }

    static func outdated() throws -> PullView {
        var view = try approved()
        view.head = Scene.commit("d")
        view.isOutdated = true
        return view
    }

    static func forged() throws -> PullView {
        var view = try approved()
        view.summary = PullView.Summary(state: .error, description: "status forged by @dave", stands: true)
        view.notes = ["dave posted the status `countersign: main` (success), which is for Countersign to post."]
        return view
    }

    static func greenNotPosted() throws -> PullView {
        var view = try approved()
        view.summary?.stands = false
        view.notes = ["The status `countersign: main` could not be posted; it is tried again."]
        return view
    }

    static func merged() throws -> PullView {
        var view = try approved()
        view.state = .merged
        return view
    }

    static func around() throws -> PullView {
        var view = try waiting()
        view.state = .merged
        view.wentAround = true
        view.notes = ["acme/widget#12 went around the gates: dave merged `ffffffffff` into `main`"]
        return view
    }
}
