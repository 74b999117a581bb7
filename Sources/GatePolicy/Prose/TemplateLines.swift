/// The lines of a repository's templates: to repeat one answers nothing.
struct TemplateLines {
    private var lines: Set<String> = []

    init(_ templates: [PullRequestTemplate], _ asks: [Ask]) {
        for template in templates {
            if template.isForm {
                for line in template.text.split(whereSeparator: \.isNewline) { add(Self.value(of: line)) }
            } else {
                for line in ProseLines.read(template.text) { add(line.text) }
            }
            for answer in AnswerSheet(template.text, asks).answers { answer?.forEach { add($0) } }
        }
    }

    private mutating func add(_ line: String) {
        var marked = MarkedLine(line)
        marked.takeMarks()
        lines.formUnion([AnswerText.normalised(line), AnswerText.normalised(String(scalars: marked.rest))])
    }

    /// The lines of an answer that no template has.
    func own(_ answer: AnswerText) -> [String] { answer.lines.filter { !lines.contains($0) } }

    /// The value in a line of YAML, as far as a line tells.
    private static func value(of line: Substring) -> String {
        let text = line.drop { $0 == " " || $0 == "-" }
        let value = text.firstIndex(of: ":").map { text[text.index(after: $0)...] } ?? text
        return value.trimmingPrefix { $0 == " " || $0 == "\"" || $0 == "'" }.description
            .replacing(#/["']\s*$/#, with: "")
    }
}
