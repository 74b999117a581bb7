import Foundation
import GatePolicy

// policy-properties [--seed N] [--cases N] [--facts] [--digest] [--corpus FOLDER]: random policies and facts against the
// laws of the language, and random bytes against the readers.

var seed: UInt64 = 20_261_121
var cases = 100_000
var onlyDigest = false
var corpus = "Tests/Fixtures/fuzz"
var arguments = CommandLine.arguments.dropFirst()
while let argument = arguments.popFirst() {
    switch argument {
    case "--seed": seed = arguments.popFirst().flatMap { UInt64($0) } ?? seed
    case "--cases": cases = arguments.popFirst().flatMap { Int($0) } ?? cases
    case "--corpus": corpus = arguments.popFirst() ?? corpus
    case "--facts": break
    case "--digest": onlyDigest = true
    default:
        print("usage: policy-properties [--seed N] [--cases N] [--facts] [--digest] [--corpus FOLDER]")
        exit(64)
    }
}

if onlyDigest {
    print(Run(seed: seed, cases: cases).digest())
    exit(0)
}
let shards = max(1, ProcessInfo.processInfo.activeProcessorCount)
print("seed \(seed), \(cases) cases on \(shards) cores")
let passed = await Shards(seed: seed, cases: cases / shards, corpus: URL(filePath: corpus)).run(shards)
exit(passed && Run.sameInTwoProcesses(seed: seed) ? 0 : 1)
