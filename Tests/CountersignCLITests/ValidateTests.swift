import Testing

@testable import CountersignCLI

/// `countersign validate`, which needs no forge.
@Suite struct ValidateTests {
    private let desk = Desk(files: [
        "good.yml": "version: 1\ngates:\n  review: { require: qa }\n",
        "bad.yml": "version: 1\ngates:\n  review: { require: 0 of qa }\n",
    ])

    @Test func good() async {
        let ended = await desk.run("validate", "good.yml")
        #expect(ended.status == 0)
        #expect(ended.output == "good.yml: 1 gate\n")
    }

    @Test func oneOfTwoIsBad() async {
        let ended = await desk.run("validate", "bad.yml", "good.yml")
        #expect(ended.status == 3)
        #expect(ended.output == "good.yml: 1 gate\n")
        #expect(ended.talk.contains("bad.yml:3:22: error: a count of 0 asks for nobody"))
    }

    @Test func missing() async {
        let ended = await desk.run("validate", "none.yml")
        #expect(ended.status == 64)
        #expect(ended.talk == "countersign: `none.yml` does not exist\n")
    }
}
