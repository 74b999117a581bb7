/// A comment with the marks that its text has.
struct MarkedComment {
    let comment: Comment
    let marks: Marks
}

extension Evaluation {
    /// The comments in the order of their ids, each looked through once; none where they are not read.
    mutating func markedComments() -> [MarkedComment] {
        if let readMarks { return readMarks }
        let read = CommandLedger.ordered(comments().value ?? []).map { comment in
            MarkedComment(comment: comment, marks: Marks(in: comment.body))
        }
        readMarks = read
        return read
    }
}
