import Foundation
import GatePolicy

// policy-properties [--seed N] [--cases N] [--facts] [--digest]: random policies and facts against the laws of the language.

var seed: UInt64 = 20_261_121
var cases = 10_000
var onlyDigest = false
var arguments = CommandLine.arguments.dropFirst()
while let argument = arguments.popFirst() {
    switch argument {
    case "--seed": seed = arguments.popFirst().flatMap { UInt64($0) } ?? seed
    case "--cases": cases = arguments.popFirst().flatMap { Int($0) } ?? cases
    case "--facts": break
    case "--digest": onlyDigest = true
    default:
        print("usage: policy-properties [--seed N] [--cases N] [--facts] [--digest]")
        exit(64)
    }
}

if onlyDigest {
    print(Run(seed: seed, cases: cases).digest())
} else {
    print("seed \(seed)")
    var run = Run(seed: seed, cases: cases)
    let passed = run.properties()
    exit(passed && Run.sameInTwoProcesses(seed: seed) ? 0 : 1)
}
