import GateForge
import GatePolicy
import Testing

@testable import GateService

/// Old names that the list of changed files does not tell, out of the trees.
@Suite struct ChangedFilesTests {
    /// A list of files by their paths; `renamed` do not say from what.
    private static func named(
        _ listed: [String], renamed: [Int], isSplit: Bool = false, before: [ExactText: String],
        after: [ExactText: String]
    ) -> [[String]]? {
        let listing = FileListing(files: listed.map { ChangedFile(path: $0) }, renamed: renamed)
        return ChangedFilesReader.named(listing, isSplit: isSplit, EffectiveChange(before: before, after: after))?
            .map(\.paths)
    }

    @Test func eachHasItsOwn() {
        let found = Self.named(
            ["docs/a", "docs/b", "kept"], renamed: [0, 1], before: ["src/x": "2", "src/y": "1", "kept": "3"],
            after: ["docs/a": "1", "docs/b": "2", "kept": "4"])
        #expect(found == [["docs/a", "src/y"], ["docs/b", "src/x"], ["kept"]])
    }

    /// Which is whose cannot be told; together they are right.
    @Test func changedOnTheWay() {
        let found = Self.named(
            ["docs/a", "docs/b", "docs/c"], renamed: [0, 1, 2], before: ["src/x": "1", "src/y": "2", "src/z": "3"],
            after: ["docs/a": "4", "docs/b": "1", "docs/c": "5"])
        #expect(found == [["docs/a", "src/y"], ["docs/b", "src/x"], ["docs/c", "src/z"]])
    }

    @Test func filesAlike() {
        let found = Self.named(
            ["b1", "b2"], renamed: [0, 1], before: ["a1": "1", "a2": "1"], after: ["b1": "1", "b2": "1"])
        #expect(found == [["b1", "a1"], ["b2", "a2"]])
    }

    @Test func whatIsDeletedIsNoOldName() {
        let found = Self.named(
            ["b", "gone"], renamed: [0], before: ["a": "1", "gone": "2"], after: ["b": "1"])
        #expect(found == [["b", "a"], ["gone"]])
    }

    /// Each tells something else than the list does.
    @Test(
        arguments: [
            // The old path is left out, or still there.
            ([:], ["b": "1"]), (["a": "1"], ["a": "1", "b": "1"]),
            // More is gone, or changed, or new, than is listed.
            (["a": "1", "c": "1"], ["b": "1"]), (["a": "1", "c": "1"], ["b": "1", "c": "2"]),
            (["a": "1"], ["b": "1", "c": "1"]),
            // The new path was there before, or is not there.
            (["a": "1", "b": "2"], ["b": "1"]), (["a": "1"], [:]),
        ] as [([ExactText: String], [ExactText: String])])
    func treesThatDoNotFit(_ before: [ExactText: String], _ after: [ExactText: String]) {
        #expect(Self.named(["b"], renamed: [0], before: before, after: after) == nil)
    }

    /// Of a list that is cut only what is new may be missing, for it is completed.
    @Test func aListThatIsCut() {
        let before: [ExactText: String] = ["a": "1", "link": "file"]
        let after: [ExactText: String] = ["b": "1", "link": "link", "new": "2"]
        #expect(
            Self.named(["b", "link"], renamed: [0], isSplit: true, before: before, after: after)
                == [["b", "a"], ["link"]])
        #expect(Self.named(["b", "link"], renamed: [0], before: before, after: after) == nil)
        let gone = before.merging(["gone": "3"]) { one, _ in one }
        #expect(Self.named(["b", "link"], renamed: [0], isSplit: true, before: gone, after: after) == nil)
    }
}
