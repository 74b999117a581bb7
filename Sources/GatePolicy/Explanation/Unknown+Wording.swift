extension [Unknown] {
    /// Why something is not known, each reason once; of what, where one reason is that of several, or says nothing of it.
    var reasons: String {
        var told: [(reason: String, subjects: [String], isBare: Bool)] = []
        for unknown in self {
            if let place = told.firstIndex(where: { $0.reason == unknown.reason }) {
                told[place].subjects.append(unknown.subject)
            } else {
                told.append((unknown.reason, [unknown.subject], unknown.cause == .notRead))
            }
        }
        return told.map { reason, subjects, isBare in
            subjects.count > 1 || isBare ? "\(subjects.joined(separator: ", ")): \(reason)" : reason
        }.joined(separator: "; ")
    }
}
