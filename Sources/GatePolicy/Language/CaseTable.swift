/// Whether an expression comes out the same whatever its tests say, seen by going through every case.
struct CaseTable {
    /// Looks at tests that one table may take: an expression of more is taken to depend on the pull request.
    private static let mostLooks = 10_000

    /// What is asked about, by its words, and what it can come to: 0 and 1 for a test, numbers for what is counted.
    private var subjects: [String: Int] = [:]
    private var answers: [Set<Int>] = []
    private var tests = 0

    /// A condition's truth when it is the same for every pull request; nil when it depends on one.
    static func value(of condition: Condition) -> Bool? {
        if let known = condition.constantValue { return known }
        var table = CaseTable()
        let formula = table.formula(condition)
        let values = table.values(of: formula)
        return values.count == 1 ? values.first : nil
    }

    /// A requirement's outcome when it is the same for every pull request and whoever signs.
    static func value(of requirement: Requirement) -> Bool? {
        if let known = requirement.constantValue { return known }
        var table = CaseTable()
        // What holds although nobody signs holds whoever signs: more signatures take nothing away.
        let formula = table.formula(requirement)
        return table.values(of: formula) == [true] ? true : nil
    }

    private indirect enum Formula {
        case constant(Bool)
        case test(Int, Comparison)
        case not(Formula)
        case all([Formula])
        case any([Formula])

        func holds(_ answers: [Int]) -> Bool {
            switch self {
            case .constant(let value): value
            case .test(let subject, let comparison): comparison.holds(for: answers[subject])
            case .not(let inner): !inner.holds(answers)
            case .all(let parts): parts.allSatisfy { $0.holds(answers) }
            case .any(let parts): parts.contains { $0.holds(answers) }
            }
        }
    }

    private mutating func formula(_ requirement: Requirement) -> Formula {
        switch requirement {
        case .quota, .never, .reference, .checklist, .ownersOfEachFile: .constant(false)
        case .condition(let condition): formula(condition)
        case .all(let parts): .all(parts.map { formula($0) })
        case .any(let parts): .any(parts.map { formula($0) })
        }
    }

    private mutating func formula(_ condition: Condition) -> Formula {
        switch condition {
        case .constant(let value): return .constant(value)
        case .not(let inner): return .not(formula(inner))
        case .all(let parts): return .all(parts.map { formula($0) })
        case .any(let parts): return .any(parts.map { formula($0) })
        case .test(let test):
            if test.asksNothing { return .constant(true) }
            if let value = test.constantValue { return .constant(value) }
            guard let size = test as? Size else {
                return self.test("\(test)", Comparison(sign: .equal, number: 1), [0, 1])
            }
            let number = size.comparison.number
            // The answer changes only around the number.
            return self.test(size.measure.rawValue, size.comparison, [0, max(number - 1, 0), number, number + 1])
        }
    }

    private mutating func test(_ words: String, _ comparison: Comparison, _ answers: Set<Int>) -> Formula {
        let subject = subjects[words] ?? self.answers.count
        if subject == self.answers.count { self.answers.append([]) }
        subjects[words] = subject
        self.answers[subject].formUnion(answers)
        tests += 1
        return .test(subject, comparison)
    }

    /// What it comes to in all cases together; nothing when there are too many.
    private func values(of formula: Formula) -> Set<Bool> {
        let answers = self.answers.map { $0.sorted() }
        let cases = answers.reduce(1) { min($0 * $1.count, Self.mostLooks + 1) }
        if cases * (tests + 1) > Self.mostLooks { return [] }
        var values: Set<Bool> = []
        for number in 0..<cases where values.count < 2 {
            var rest = number
            let answer = answers.map { choice in
                defer { rest /= choice.count }
                return choice[rest % choice.count]
            }
            values.insert(formula.holds(answer))
        }
        return values
    }
}
