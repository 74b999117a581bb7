extension PolicyTestReader {
    static let acknowledgementForm = "write `alice acks comprehensive-testing`"
    static let commentForm = "write `alice says looks good`, or `alice at 1 says …` for an older head"

    /// `alice of qa acks comprehensive-testing at 1`.
    mutating func acknowledgements(_ node: DocumentNode, _ scene: inout TestScene) {
        for node in items(node) {
            guard let text = values.text(node, of: "acks") else { continue }
            var sentence = TestSentence(text)
            guard let author = actor(&sentence, &scene, Self.acknowledgementForm) else { continue }
            guard sentence.take("acks"), let item = sentence.take() else {
                unexpected(sentence, among: ["acks"], Self.acknowledgementForm)
                continue
            }
            let head = head(&sentence, scene)
            guard end(sentence, among: ["at"], Self.acknowledgementForm) else { continue }
            scene.comments.append(
                .init(
                    author: author, text: "/ack \(item.text)", head: head, item: (item.text, sentence.span(item))))
        }
    }

    /// `alice of qa at 1 says looks good`, or its keys.
    mutating func comments(_ node: DocumentNode, _ scene: inout TestScene) {
        for node in items(node) {
            guard let text = values.text(node, of: "comments") else { continue }
            var sentence = TestSentence(text)
            let isEdited = sentence.takeLast("then", "edited")
            guard let author = actor(&sentence, &scene, Self.commentForm) else { continue }
            let head = head(&sentence, scene)
            guard sentence.take("says"), sentence.peek != nil else {
                unexpected(sentence, among: ["says", "at"], Self.commentForm)
                continue
            }
            scene.comments.append(
                .init(author: author, text: sentence.takeRest(), head: head, isEdited: isEdited))
        }
    }
}
