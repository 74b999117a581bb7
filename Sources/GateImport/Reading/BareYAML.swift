/// YAML without its comments and without what stands in quotes, to look for what is neither.
///
/// Each line is read by itself as libyaml would at the start of a line of a block. That is certain as long as no quote
/// and no bracket stays open at its end, and a line that goes on with a plain text holds nothing but that.
enum BareYAML {
    /// The text with `x` for what is in quotes and blanks for comments; as it is where a line is not certain.
    static func text(of yaml: String) -> String {
        var result = String.UnicodeScalarView()
        var line: [Unicode.Scalar] = []
        for scalar in yaml.unicodeScalars {
            guard isBreak(scalar) else {
                line.append(scalar)
                continue
            }
            guard let bare = bare(line) else { return yaml }
            result.append(contentsOf: bare)
            result.append(scalar)
            line = []
        }
        guard let bare = bare(line) else { return yaml }
        result.append(contentsOf: bare)
        return String(result)
    }

    private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar)
    }

    /// A line without comment and quoted text; nil where it cannot be told what it is.
    private static func bare(_ line: [Unicode.Scalar]) -> [Unicode.Scalar]? {
        // What follows a document's start, a directive, a tag or a mark of byte order is read in ways of its own.
        let isMarker = line.starts(with: "---".unicodeScalars) || line.starts(with: "...".unicodeScalars)
        if isMarker, line.count > 3 { return nil }
        if line.first == "%" || line.contains("\u{FEFF}") { return nil }
        var result = line
        var depth = 0
        var place = 0
        func isBlank(_ index: Int) -> Bool { index >= line.count || line[index] == " " || line[index] == "\t" }
        func isEnd(_ index: Int) -> Bool { isBlank(index) || ":,]}".unicodeScalars.contains(line[index]) }
        while place < line.count {
            switch line[place] {
            case " ", "\t": place += 1
            case "#":
                guard place == 0 || isBlank(place - 1) else { return nil }
                for index in place..<line.count { result[index] = " " }
                place = line.count
            case "'", "\"":
                guard let end = endOfQuotation(line, from: place), isEnd(end) else { return nil }
                for index in place + 1..<end - 1 { result[index] = "x" }
                place = end
            case "[", "{":
                depth += 1
                place += 1
            case "]", "}", ",":
                guard depth > 0 else { return nil }
                if line[place] != "," { depth -= 1 }
                place += 1
            case "?" where depth > 0, "!": return nil
            case ":" where depth > 0 || isBlank(place + 1), "-" where isBlank(place + 1), "?" where isBlank(place + 1):
                place += 1
            case "&", "*":
                place += 1
                while place < line.count, isWord(line[place]) { place += 1 }
                guard isEnd(place) else { return nil }
            case "|", ">":
                guard depth == 0 else { return nil }
                place += 1
            default:
                guard let end = endOfPlain(line, from: place, isInFlow: depth > 0) else { return nil }
                place = end
            }
        }
        return depth == 0 ? result : nil
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
        default: false
        }
    }

    /// The place after the closing quote.
    private static func endOfQuotation(_ line: [Unicode.Scalar], from start: Int) -> Int? {
        let quote = line[start]
        var place = start + 1
        while place < line.count {
            if line[place] == "\\", quote == "\"" {
                place += 2
            } else if line[place] != quote {
                place += 1
            } else if quote == "'", place + 1 < line.count, line[place + 1] == "'" {
                place += 2
            } else {
                return place + 1
            }
        }
        return nil
    }

    /// Where a text without quotes ends.
    private static func endOfPlain(_ line: [Unicode.Scalar], from start: Int, isInFlow: Bool) -> Int? {
        var place = start
        while place < line.count {
            let next = place + 1 < line.count ? line[place + 1] : " "
            switch line[place] {
            case "#" where place > start && (line[place - 1] == " " || line[place - 1] == "\t"): return place
            case ":" where next == " " || next == "\t": return place
            case ":" where isInFlow && ",[]{}'\"".unicodeScalars.contains(next), "?" where isInFlow: return nil
            case ",", "[", "]", "{", "}":
                if isInFlow { return place }
                place += 1
            default: place += 1
            }
        }
        return place
    }
}
