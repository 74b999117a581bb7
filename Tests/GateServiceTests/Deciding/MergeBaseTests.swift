import GatePolicy
import Testing

@testable import GateService

/// Where two histories meet, told from what was read of them.
@Suite struct MergeBaseTests {
    private static func find(
        _ head: Character, _ ours: [Commit], _ base: Character, _ theirs: [Commit]
    ) throws -> CommitID? {
        let found = MergeBase.find(head: try id(head), ours, base: try id(base), theirs)
        #expect(found?.isCertain != false)
        return found?.commit
    }

    /// A commit named by a digit, with the digits of its parents.
    static func commit(_ name: Character, _ parents: String = "") throws -> Commit {
        Commit(id: try id(name), author: nil, committer: nil, parents: try parents.map(id))
    }

    static func id(_ name: Character) throws -> CommitID {
        try #require(CommitID(String(repeating: name, count: 40)))
    }

    @Test func aStraightBranch() throws {
        // 1 - 2 - 3 (base), 2 - a - b (head)
        let base = try [Self.commit("3", "2"), Self.commit("2", "1"), Self.commit("1")]
        let head = try [Self.commit("b", "a"), Self.commit("a", "2"), Self.commit("2", "1"), Self.commit("1")]
        #expect(try Self.find("b", head, "3", base) == Self.id("2"))
    }

    @Test func theBaseMergedIntoTheHead() throws {
        // 1 - 2 - 3 (base); 1 - a - b (head), b merges 3
        let base = try [Self.commit("3", "2"), Self.commit("2", "1"), Self.commit("1")]
        let head = try [Self.commit("b", "a3"), Self.commit("a", "1")] + base
        #expect(try Self.find("b", head, "3", base) == Self.id("3"))
    }

    @Test func aHeadThatIsAlreadyInTheBase() throws {
        let base = try [Self.commit("3", "2"), Self.commit("2", "1"), Self.commit("1")]
        #expect(try Self.find("2", base, "3", base) == Self.id("2"))
    }

    @Test func aCrissCrossHasNoSingleAnswer() throws {
        // a and 2 both have 1 as parent; b merges a and 2, 3 merges 2 and a.
        let base = try [Self.commit("3", "2a"), Self.commit("2", "1"), Self.commit("a", "1"), Self.commit("1")]
        let head = try [Self.commit("b", "a2"), Self.commit("a", "1"), Self.commit("2", "1"), Self.commit("1")]
        #expect(try Self.find("b", head, "3", base) == nil)
    }

    @Test func aHistoryThatWasNotReadFarEnoughTellsNothing() throws {
        let base = try [Self.commit("3", "2")]
        let head = try [Self.commit("b", "a")]
        #expect(try Self.find("b", head, "3", base) == nil)
    }

    /// `f` went into the base by a merge, and lies, by its date, behind what was read of the base: it may be where they meet.
    @Test func whatWasNotReadOfTheBaseMayBeNearer() throws {
        // 1 - 2 - 3 - 4 (base), 4 merges f, f has 1 as parent; b (head) merges 3 and f.
        let read = try [Self.commit("4", "3f"), Self.commit("3", "2"), Self.commit("2", "1")]
        let rest = try [Self.commit("f", "1"), Self.commit("1")]
        let head = try [Self.commit("b", "3f")] + read.dropFirst() + rest
        let doubtful = try MergeBase(
            commit: Self.id("3"), own: [Self.id("b"), Self.id("f"), Self.id("1")], isCertain: false)
        #expect(try MergeBase.find(head: Self.id("b"), head, base: Self.id("4"), read) == doubtful)
        #expect(try Self.find("b", head, "4", read + rest) == nil)
        // Of a straight line everything that was not read comes before what was found.
        let line = try [Self.commit("4", "3"), Self.commit("3", "2"), Self.commit("2", "1")]
        let straight = try [Self.commit("b", "3")] + line.dropFirst()
        #expect(try Self.find("b", straight, "4", line) == Self.id("3"))
    }

    @Test func historiesThatNeverMeet() throws {
        let base = try [Self.commit("3")]
        let head = try [Self.commit("b", "a"), Self.commit("a")]
        #expect(try Self.find("b", head, "3", base) == nil)
    }
}

/// Changes are compared by object ids over the paths that differ.
@Suite struct EffectiveChangeTests {
    @Test func onlyWhatDiffersIsInIt() {
        let change = EffectiveChange(
            before: ["same": "100644 a", "changed": "100644 b", "gone": "100644 c", "mode": "100644 d"],
            after: ["same": "100644 a", "changed": "100644 x", "new": "100644 e", "mode": "100755 d"])
        #expect(
            change.entries == [
                .init(path: "changed", before: "100644 b", after: "100644 x"),
                .init(path: "gone", before: "100644 c", after: nil),
                .init(path: "new", before: nil, after: "100644 e"),
                .init(path: "mode", before: "100644 d", after: "100755 d"),
            ])
    }

    @Test func theSameChangeOnAnotherBaseIsTheSame() {
        let one = EffectiveChange(before: ["a": "1", "b": "2"], after: ["a": "1", "b": "3"])
        let other = EffectiveChange(before: ["a": "9", "b": "2"], after: ["a": "9", "b": "3"])
        #expect(one == other)
    }
}
