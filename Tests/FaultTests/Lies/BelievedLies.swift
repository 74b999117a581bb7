/// A kind of lie that nobody can notice: a plausible value in the place of another, told wherever it stands.
struct BelievedLies: Sendable, CustomStringConvertible {
    var call: String
    var place: String
    var kind: Lie.Kind
    /// The plot in which one of them is believed.
    var scene: String
    var reason: String

    init(_ call: String, _ place: String, _ kind: Lie.Kind, in scene: String, because reason: String) {
        (self.call, self.place, self.kind) = (call, place, kind)
        (self.scene, self.reason) = (scene, reason)
    }

    var description: String { "\(call) | \(place) | \(kind.rawValue)" }

    func covers(_ species: Lie.Species) -> Bool {
        call == species.call && place == species.place && kind == species.kind
    }

    static let all: [BelievedLies] = [
        BelievedLies(
            "GET /repos/*/*/branches/*", "protected", .value, in: "another branch has a stricter policy",
            because: "to others than administrators nothing else says whether a branch is protected"),
        BelievedLies(
            "GET /repos/*/*/issues/*/comments", "[]", .shortenedWithItsCount, in: "an acknowledgement was taken back",
            because: "a comment that is gone leaves nothing; the service remembers those that it saw"),
        BelievedLies(
            "GET /repos/*/*/issues/*/comments", "[].user", .null, in: "an acknowledgement was taken back",
            because: "an account that is gone is shown like this, and takes nothing back"),
        BelievedLies(
            "GET /repos/*/*/issues/*/comments", "[].user.id", .value, in: "an acknowledgement was taken back",
            because: "who wrote a comment is told by this list alone"),
        BelievedLies(
            "GET /repos/*/*/pulls", "[].base.ref", .value, in: "another pull request of the same head waits",
            because: "into which branch another pull request goes is told by this list alone"),
        BelievedLies(
            "GET /repos/*/*/pulls/*/reviews", "[].state", .value, in: "a request for changes stands",
            because: "what a review says is told by this list alone"),
        BelievedLies(
            "GET /repos/*/*/pulls/*/reviews", "[].dismissed", .value, in: "the approval is dismissed",
            because: "whether a review was dismissed is asked of this list alone"),
        BelievedLies(
            "GET /repos/*/*/pulls", "", .shortenedWithItsCount, in: "another pull request of the same head waits",
            because: "nothing else names the other pull requests of a head"),
        BelievedLies(
            "GET /repos/*/*/pulls/*/commits", "[].commit.verification.verified", .value, in: "a commit is not signed",
            because: "the forge's word is all there is of a signature"),
        BelievedLies(
            "GET /repos/*/*/pulls/*/files", "[]", .shortenedWithItsCount, in: "it is larger than allowed",
            because: "lines are counted by this list alone"),
        BelievedLies(
            "GET /repos/*/*/pulls/*/files", "[].status", .value, in: "a file is moved out of a guarded folder",
            because: "before Gitea 1.22.3 no more than this word tells that a file had another name"),
        BelievedLies(
            "GET /repos/*/*/git/trees/*", "tree[].path", .value, in: "a file is moved out of a guarded folder",
            because: "before Gitea 1.22.3 the tree alone tells the old name"),
    ]
}
