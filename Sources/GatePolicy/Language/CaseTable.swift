/// Whether an expression comes out the same whatever its tests say, seen by going through every case.
struct CaseTable {
    /// Looks at tests that one table may take: an expression of more is taken to depend on the pull request.
    private static let mostLooks = 10_000

    /// What tests ask about: those of the same words and the same meaning have the same answer.
    private struct Subject: Hashable {
        let words: String
        var meaning: Polarity?
    }

    private var subjects: [Subject: Int] = [:]

    /// A condition's truth when it is the same for every pull request; nil when it depends on one.
    static func value(of condition: Condition) -> Bool? {
        if let known = condition.constantValue { return known }
        var table = CaseTable()
        return table.formula(condition).value()
    }

    /// A requirement's outcome when it is the same for every pull request and whoever signs.
    static func value(of requirement: Requirement) -> Bool? {
        if let known = requirement.constantValue { return known }
        var table = CaseTable()
        // What holds although nobody signs holds whoever signs: more signatures take nothing away.
        return table.formula(requirement).value(sought: true)
    }

    private mutating func formula(_ requirement: Requirement) -> Formula {
        switch requirement {
        case .quota, .never, .reference, .checklist, .ownersOfEachFile: .constant(false)
        case .condition(let condition): formula(condition)
        case .all(let parts): .joined(parts.map { formula($0) }, isAll: true)
        case .any(let parts): .joined(parts.map { formula($0) }, isAll: false)
        }
    }

    private mutating func formula(_ condition: Condition) -> Formula {
        switch condition {
        case .constant(let value): return .constant(value)
        case .not(let inner): return formula(inner).negated
        case .all(let parts): return .joined(parts.map { formula($0) }, isAll: true)
        case .any(let parts): return .joined(parts.map { formula($0) }, isAll: false)
        case .test(let test):
            if test.asksNothing { return .constant(true) }
            if let value = test.constantValue { return .constant(value) }
            guard let size = test as? Size else {
                return .test(number(of: Subject(words: "\(test)", meaning: test.meaning)), nil)
            }
            return .test(number(of: Subject(words: size.measure.rawValue)), size.comparison)
        }
    }

    private mutating func number(of subject: Subject) -> Int {
        let number = subjects[subject] ?? subjects.count
        subjects[subject] = number
        return number
    }

    /// What an expression comes to, without the parts that make no difference: it is no larger than its tests.
    private indirect enum Formula {
        case constant(Bool)
        /// What it asks about, by its number, and how that is compared if it is counted.
        case test(Int, Comparison?)
        case not(Formula)
        case all([Formula])
        case any([Formula])

        static func joined(_ parts: [Formula], isAll: Bool) -> Formula {
            var rest: [Formula] = []
            for part in parts {
                guard case .constant(let value) = part else {
                    rest.append(part)
                    continue
                }
                if value != isAll { return part }
            }
            if rest.count == 1 { return rest[0] }
            return rest.isEmpty ? .constant(isAll) : isAll ? .all(rest) : .any(rest)
        }

        var negated: Formula { if case .constant(let value) = self { .constant(!value) } else { .not(self) } }

        /// What it comes to in every case; nil where that differs, or there are too many cases.
        /// - Parameter sought: what alone is asked about; nil for either.
        func value(sought: Bool? = nil) -> Bool? {
            var possible: [Int: Set<Int>] = [:]
            var tests = 0
            collect(&possible, &tests)
            let choices = possible.map { (subject: $0.key, answers: $0.value.sorted()) }
            let cases = choices.reduce(1) { min($0 * $1.answers.count, CaseTable.mostLooks + 1) }
            if cases * max(tests, 1) > CaseTable.mostLooks { return nil }
            var answers = Array(repeating: 0, count: (possible.keys.max() ?? -1) + 1)
            var value = sought
            for number in 0..<cases {
                var rest = number
                for (subject, choice) in choices {
                    answers[subject] = choice[rest % choice.count]
                    rest /= choice.count
                }
                let outcome = holds(answers)
                if let value, value != outcome { return nil }
                value = outcome
            }
            return value
        }

        /// Counts its tests, and collects what the subject of each can come to: 0 and 1, or numbers for what is counted.
        private func collect(_ possible: inout [Int: Set<Int>], _ tests: inout Int) {
            switch self {
            case .constant: break
            case .test(let subject, let comparison):
                tests += 1
                // The answer changes only around the number.
                let around = comparison.map { [0, max($0.number - 1, 0), $0.number, $0.number + 1] }
                possible[subject, default: []].formUnion(around ?? [0, 1])
            case .not(let inner): inner.collect(&possible, &tests)
            case .all(let parts), .any(let parts): for part in parts { part.collect(&possible, &tests) }
            }
        }

        private func holds(_ answers: [Int]) -> Bool {
            switch self {
            case .constant(let value): value
            case .test(let subject, let comparison): comparison?.holds(for: answers[subject]) ?? (answers[subject] == 1)
            case .not(let inner): !inner.holds(answers)
            case .all(let parts): parts.allSatisfy { $0.holds(answers) }
            case .any(let parts): parts.contains { $0.holds(answers) }
            }
        }
    }
}
