extension ExpressionReader {
    /// The patterns of a test, compiled; nil after reporting what is wrong.
    mutating func patterns(_ call: CallExpression, kind: Pattern.Kind) -> PatternList? {
        var patterns: [Pattern] = []
        var last: RegularExpression?
        var isWhole = true
        for literal in call.strings {
            guard let (pattern, compiled) = pattern(literal.value, at: literal.span, kind) else {
                isWhole = false
                continue
            }
            patterns.append(pattern)
            last = compiled
        }
        if call.strings.isEmpty {
            incomplete(call)
            return nil
        }
        guard isWhole else { return nil }
        if patterns.allSatisfy(\.isNegative) {
            error(
                call.span, "only patterns with `!`: they take paths out, and nothing put any in",
                hint: "write what should match first: `\(call.word)(\"**\", \(Quotation.literal(patterns[0].text)))`")
            return nil
        }
        do {
            return try PatternList(patterns, only: patterns.count == 1 ? last : nil)
        } catch {
            self.error(call.span, "the patterns cannot be compiled together: \(Quotation.inline(error.reason))")
            return nil
        }
    }

    /// A pattern that stands by itself, on what somebody wrote.
    mutating func textPattern(_ text: SourceText, of key: String) -> Pattern? {
        guard let (pattern, compiled) = pattern(text.string, at: text.span, .name) else { return nil }
        if pattern.needed == nil, compiled.search("") == .yes, compiled.search("\u{1}") == .yes {
            warning(
                text.span, "\(Quotation.inline(pattern.text)) matches every text",
                hint: "write the words that are meant, as in `\"*LGTM*\"`")
        }
        return pattern
    }

    /// A pattern and what RE2 made of it; nil after reporting what is wrong.
    private mutating func pattern(
        _ text: String, at span: SourceSpan, _ kind: Pattern.Kind
    ) -> (pattern: Pattern, compiled: RegularExpression)? {
        let pattern: Pattern
        do throws(PatternError) {
            pattern = try Pattern(text, kind: kind)
        } catch {
            self.error(span, error.message, hint: error.hint)
            return nil
        }
        if patternInstructions < 0 {
            tooBig(span)
            return nil
        }
        let compiled: RegularExpression
        do throws(RegularExpressionError) {
            compiled = try RegularExpression(pattern.expression)
        } catch {
            // RE2 refuses what is too large only when it has spent its memory on it.
            if error.reason.contains("too large") { patternInstructions -= PolicyLimits.refusedInstructions }
            let reason = error.reason.replacing(Pattern.everyCharacter, with: "")
            self.error(
                span, "RE2 does not accept this expression: \(Quotation.visible(reason, limit: 120))",
                hint: error.reason.contains("invalid perl operator")
                    ? "RE2 has no look-around and no back-references, so that every text is searched in linear time"
                    : nil)
            return nil
        }
        patternInstructions -= compiled.size
        if patternInstructions >= 0 { return (pattern, compiled) }
        tooBig(span)
        return nil
    }

    private mutating func tooBig(_ span: SourceSpan) {
        error(
            span, "the patterns of this policy are too big together",
            hint: "use fewer or simpler patterns, and smaller counts in `{…}` of `re:`")
    }

    /// Doubts a pattern that matches fewer paths than its author may think, where nothing is asked for the others.
    mutating func warnAboutDepth(_ call: CallExpression) {
        for literal in call.strings {
            guard let (matched, pattern) = Pattern.deeper(literal.value) else { continue }
            warning(
                literal.span, "this matches only \(matched)",
                hint: "write \(Quotation.inline(Quotation.literal(pattern))) for what is in folders as well")
        }
    }

    /// Doubts a glob that looks like a regular expression, where nothing is asked for what it does not match.
    mutating func warnAboutExpressions(_ call: CallExpression, hasDottedParts: Bool) {
        for literal in call.strings where polarity == .hinders {
            guard let meant = Pattern.meantExpression(literal.value, hasDottedParts: hasDottedParts) else { continue }
            warning(
                literal.span, "this looks like a regular expression, and is read as a glob",
                hint: "write \(Quotation.inline(Quotation.literal(meant)))")
        }
    }

    /// Doubts a word that is to be all of a text, where nothing is asked for texts that hold it among others.
    mutating func warnAboutWholeTexts(_ call: CallExpression) {
        for literal in call.strings
        where polarity == .hinders && !literal.value.contains(where: { "*?[{\\".contains($0) }) {
            if literal.value.hasPrefix("re:") { continue }
            warning(
                literal.span,
                "this matches only a \(call.word) that is \(Quotation.inline(literal.value)) and nothing else",
                hint: "write \(Quotation.inline(Quotation.literal("*\(literal.value)*"))) for one that holds it")
        }
    }

    /// Doubts an expression that matches anywhere in a text where the whole is usually meant.
    mutating func warnAboutUnanchored(_ call: CallExpression) {
        for literal in call.strings {
            guard let pattern = try? Pattern(literal.value, kind: .path), pattern.isUnanchoredExpression else {
                continue
            }
            warning(
                literal.span, "`re:` searches anywhere in the text, so this matches more than it says",
                hint: "write `re:^…$` to match the whole")
        }
    }
}
