import CRE2
import Testing

@Suite struct CRE2Tests {
    @Test func aSetSaysWhichPatternsMatch() throws {
        let set = try #require(cre2_set_new(8 << 20))
        defer { cre2_set_free(set) }
        for text in ["^a", "b$", "c"] { #expect(cre2_set_add(set, text, text.utf8.count, nil, 0) >= 0) }
        #expect(cre2_set_compile(set) == 1)
        #expect(cre2_set_compile(set) == 1)
        var found = [Int32](repeating: -1, count: 3)
        var count = 0
        #expect(cre2_set_match(set, "a-b", 3, &found, &count) == CRE2_YES)
        #expect(Set(found.prefix(count)) == [0, 1])
        #expect(cre2_set_match(set, "xyz", 3, &found, &count) == CRE2_NO)
        #expect(count == 0)
        #expect(cre2_set_match(set, "xcz", 3, nil, nil) == CRE2_YES)
        #expect(cre2_set_match(set, "xyz", 3, nil, nil) == CRE2_NO)
    }

    @Test func aSetThatWasCompiledTakesNoMorePatterns() throws {
        let set = try #require(cre2_set_new(8 << 20))
        defer { cre2_set_free(set) }
        #expect(cre2_set_add(set, "a", 1, nil, 0) == 0)
        #expect(cre2_set_compile(set) == 1)
        #expect(cre2_set_add(set, "b", 1, nil, 0) == -1)
    }

    @Test func aSetThatWasNotCompiledNeverSaysNo() throws {
        let set = try #require(cre2_set_new(8 << 20))
        defer { cre2_set_free(set) }
        #expect(cre2_set_match(set, "a", 1, nil, nil) == CRE2_GAVE_UP)
        #expect(cre2_set_compile(set) == 0)
        #expect(cre2_set_match(set, "a", 1, nil, nil) == CRE2_GAVE_UP)
    }

    @Test func aBrokenPatternHasAReason() {
        var buffer = [CChar](repeating: 0, count: 64)
        #expect(cre2_pattern_new("(", 1, 1 << 20, &buffer, buffer.count) == nil)
        #expect(buffer[0] != 0)
    }
}
