/// Finds aliases before YAML is composed: composing compares keys, and a key made of aliases of aliases never ends.
///
/// It looks at the text, not at its structure, and so may take `*x` after a blank in a text for an alias; only where
/// the file also has what looks like an anchor of that name (`&x`).
enum AliasScan {
    /// Where aliases stand.
    static func aliases(in source: SourceLines) -> [SourceSpan] {
        var anchors: Set<String> = []
        for line in source.lines { each("&", in: line) { name, _ in anchors.insert(name) } }
        var found: [SourceSpan] = []
        if anchors.isEmpty { return found }
        for (number, line) in source.lines.enumerated() {
            each("*", in: line) { name, index in
                guard anchors.contains(name) else { return }
                found.append(
                    SourceSpan(
                        file: source.file, line: number + 1, column: index + 1, length: name.unicodeScalars.count + 1))
            }
        }
        return found
    }

    private static func each(
        _ indicator: Unicode.Scalar, in line: [Unicode.Scalar], _ body: (String, Int) -> Void
    ) {
        for index in line.indices where line[index] == indicator {
            if index > 0, !"\t [{,:?-".unicodeScalars.contains(line[index - 1]) { continue }
            var name = String.UnicodeScalarView()
            for scalar in line[(index + 1)...] {
                guard isAnchorPart(scalar) else { break }
                name.append(scalar)
            }
            if !name.isEmpty { body(String(name), index) }
        }
    }

    private static func isAnchorPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
        default: false
        }
    }
}
