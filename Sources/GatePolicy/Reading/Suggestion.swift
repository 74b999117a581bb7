/// Finds the word somebody may have meant.
public enum Suggestion {
    /// The nearest of some words, or one of the same parts in another order; nil when none is near.
    public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        let typed = Array(word.lowercased().utf8)
        guard typed.count <= 64 else { return nil }
        let parts = Set(typed.split(separator: UInt8(ascii: "_")))
        var best: (distance: Int, word: String)?
        for candidate in Set(candidates).sorted() where candidate != word {
            let target = Array(candidate.lowercased().utf8)
            if parts.count > 1, Set(target.split(separator: UInt8(ascii: "_"))) == parts { return candidate }
            let longer = max(typed.count, target.count)
            let allowed = longer <= 2 ? 0 : longer <= 5 ? 1 : longer <= 8 ? 2 : 3
            guard abs(typed.count - target.count) <= allowed else { continue }
            let distance = distance(typed, target)
            if distance <= allowed, distance < min(typed.count, best?.distance ?? .max) { best = (distance, candidate) }
        }
        return best?.word
    }

    /// ``did you mean `x`?``, when there is something near.
    static func hint(for word: String, among candidates: some Sequence<String>) -> String? {
        nearest(to: word, among: candidates).map { "did you mean `\($0)`?" }
    }

    /// Changes, insertions, deletions and swaps of neighbours that turn one into the other.
    static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var last = Array(0...right.count)
        var (beforeLast, current) = (last, last)
        for row in 0..<left.count {
            current[0] = row + 1
            for column in 0..<right.count {
                let same = left[row] == right[column]
                var cost = min(last[column + 1] + 1, current[column] + 1, last[column] + (same ? 0 : 1))
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current[column + 1] = cost
            }
            swap(&beforeLast, &last)
            swap(&last, &current)
        }
        return last[right.count]
    }
}
