import GatePolicy
import Testing

@testable import GateService

/// Which statuses in our name are our own doing.
struct OwnPostsTests {
    private let posts = OwnPosts()
    private let head = CommitID(String(repeating: "a", count: 40))

    private func note(_ state: StatusState?) throws {
        posts.note(state, "countersign: main", on: try #require(head), of: 7)
    }

    private func hear(_ state: StatusState?, _ context: String = "countersign: main") throws -> Bool {
        posts.hear(state, context, on: try #require(head), of: 7)
    }

    @Test func whatIsPostedIsKnownBeforeTheForgeTells() throws {
        #expect(try !hear(.pending))
        try note(.pending)
        #expect(try [hear(.pending), hear(.pending)] == [true, true])
        #expect(try [hear(.success), hear(nil), hear(.pending, "countersign: next")] == [false, false, false])
        try note(nil)
        #expect(try !hear(.pending), "nobody knows what became of it")
    }

    /// A new head is pending for a moment; the forge tells of that after the verdict was posted.
    @Test func whatIsToldLateIsStillOurs() throws {
        try note(.pending)
        try note(.success)
        #expect(try [hear(.success), hear(.pending)] == [true, true])
        #expect(try !hear(.pending), "it was posted once")
    }

    @Test func aGreenThatIsToldLateIsLookedAt() throws {
        try note(.success)
        try note(.pending)
        #expect(try !hear(.success), "it may be another's")
    }

    @Test func whatWasToldIsNotExpectedAgain() throws {
        try note(.pending)
        #expect(try hear(.pending))
        try note(.failure)
        #expect(try [hear(.pending), hear(.failure)] == [false, true])
    }
}
