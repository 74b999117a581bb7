import Testing

@testable import GatePolicy

/// Names that compare alike in Unicode and are two names to git and to the forge.
@Suite struct AlikeNameTests {
    static let composed = "caf\u{e9}"
    static let decomposed = "cafe\u{301}"

    @Test func changesOfPathsThatCompareAlikeDiffer() {
        let one = EffectiveChange(entries: [.init(path: Self.composed, before: nil, after: "1")])
        let other = EffectiveChange(entries: [.init(path: Self.decomposed, before: nil, after: "1")])
        #expect(one != other)
        #expect(one.entries.union(other.entries).count == 2)
        let key = EffectiveChange.Key(commit: Story.head, baseBranch: Self.composed)
        #expect(key != EffectiveChange.Key(commit: Story.head, baseBranch: Self.decomposed))
    }

    @Test func patternsThatCompareAlikeAreSearchedEach() throws {
        var index = PathIndex.Builder()
        let places = try [Self.composed, Self.decomposed].map {
            index.place(of: try Pattern($0 + "/**", kind: .path).expression)
        }
        #expect(places == [0, 1])
        for (name, other) in [(Self.composed, Self.decomposed), (Self.decomposed, Self.composed)] {
            var story = Story()
            story.facts.files = .known([ChangedFile(path: name + "/a")])
            #expect(try story.mark("changes(\"\(other)/**\", \"x\") and changes(\"\(name)/**\")") == .unmet)
            #expect(try story.mark("changes(\"\(other)/**\") or changes(\"\(name)/**\")") == .met)
        }
    }

    /// What was judged under the rules of one gate is not taken for another's that only look alike.
    @Test func rulesThatCompareAlikeAreJudgedEach() throws {
        #expect(try Pattern(Self.composed, kind: .name) != Pattern(Self.decomposed, kind: .name))
        var story = Story()
        story.review(Story.bob, saying: Self.composed)
        func gate(_ name: String, _ word: String) -> String {
            "  \(name): { require: qa, block: none, approvals: { reviews: [\"*\(word)*\"] } }\n"
        }
        let text = "version: 1\ngates:\n" + gate("one", Self.composed) + gate("other", Self.decomposed)
        #expect(try story.verdict(text).gates.map(\.outcome) == [.approved, .waiting])
    }

    /// Two files whose names only look alike are two files, whose gates all count.
    @Test func filesThatCompareAlikeAreBothIncluded() {
        let paths = [Self.composed, Self.decomposed].map { "\($0).yml" }
        let root = "version: 1\ninclude: [\"\(paths[0])\", \"\(paths[1])\"]\n"
        let place = PolicyFilePlace(path: ".countersign.yml")
        let composed = PolicyReader.compose(
            PolicyText(Array(root.utf8), file: ".countersign.yml", identity: "root", digest: ""), at: place,
            role: .repository, repository: RepositoryName(owner: "acme", name: "widget"), hash: { $0 },
            file: { place in
                let name = place.path == ExactText(paths[0]) ? "one" : "other"
                let text = "version: 1\ngates: { \(name): { require: qa } }\n"
                let path = place.path.description
                return .text(PolicyText(Array(text.utf8), file: path, identity: path, digest: name))
            })
        #expect(composed.policy?.gates.map(\.name).sorted() == ["one", "other"])
    }

    /// Bob approved for mallory's branch, whose name only looks like that of the base.
    @Test func anApprovalForABranchThatComparesAlikeDoesNotStand() throws {
        var story = Story()
        story.facts.pullRequest.baseBranch = Self.composed
        story.facts.protectedBranches[ExactText(Self.decomposed)] = .known(false)
        story.review(Story.bob, second: 1500)
        story.happens(.retarget(from: Self.decomposed, to: Self.composed), by: Story.alice, second: 2000)
        #expect(try story.gate(require: "qa").outcome == .waiting)
    }

    @Test func aBranchThatComparesLikeTheDefaultOneIsNotProtected() throws {
        var story = Story()
        story.facts.repository.defaultBranch = Self.composed
        story.facts.pullRequest.baseBranch = "main"
        story.facts.protectedBranches[ExactText(Self.decomposed)] = .known(false)
        story.change(Story.head, against: Self.decomposed, is: "1")
        story.change(Story.head, against: "main", is: "1")
        story.review(Story.bob, second: 1500)
        story.happens(.retarget(from: Self.decomposed, to: "main"), by: Story.alice, second: 2000)
        #expect(try story.gate(require: "qa").outcome == .waiting)
    }
}
