import Testing

@testable import CountersignCLI

@Suite struct ProgressBarTests {
    @Test(arguments: [
        (0, 4, "[                    ] 0/4"), (1, 4, "[=====               ] 1/4"),
        (3, 3, "[====================] 3/3"), (0, 0, "[====================] 0/0"),
    ]) func isAsLongAsTheRound(done: Int, total: Int, text: String) {
        #expect(ProgressBar(done: done, total: total).text == text)
    }
}
