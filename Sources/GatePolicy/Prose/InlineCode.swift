/// Code inside lines: what stands between two runs of equally many backticks.
extension [UInt8] {
    /// Where the run of a byte ends that begins at a place.
    func endOfRun(_ start: Int, _ end: Int) -> Int {
        var index = start
        while index < end, self[index] == self[start] { index += 1 }
        return index
    }

    /// Where the last run of each length of backticks begins.
    func lastRuns(_ start: Int, _ end: Int) -> [Int: Int] {
        var last: [Int: Int] = [:]
        var index = start
        while index < end {
            if self[index] == .backtick {
                let after = endOfRun(index, end)
                last[after - index] = index
                index = after
            } else {
                index += 1
            }
        }
        return last
    }

    /// Behind the code that these backticks open, or behind the backticks when nothing closes it.
    func endOfCode(_ start: Int, _ end: Int, _ lastRuns: [Int: Int]) -> Int {
        let after = endOfRun(start, end)
        let length = after - start
        guard let last = lastRuns[length], last >= after else { return after }
        var index = after
        while index < last {
            let next = self[index] == .backtick ? endOfRun(index, end) : index + 1
            if self[index] == .backtick, next - index == length { return next }
            index = next
        }
        return last + length
    }
}
