import Corpus
import Terminology
import Testing

struct `MeSH in ASCII` {
    /// Written for these tests: real headings with a few terms each, in NLM's layout.
    private static let descriptors = """
        *NEWRECORD
        RECTYPE = D
        MH = Diabetes Mellitus
        PRINT ENTRY = Sugar Sickness|T047|EQV|NLM (2000)|abcdef
        ENTRY = Diabetes|T047|NON|EQV|UNK (19XX)|abcdef
        MN = C18.452.394.750
        MN = C19.246
        MS = A heterogeneous group of disorders = many
        UI = D003920

        *NEWRECORD
        RECTYPE = D
        MH = Glucose
        ENTRY = D-Glucose
        MN = D09.947.875.359.448
        UI = D005947

        *NEWRECORD
        RECTYPE = D
        MH = Insulin
        MN = D06.472.699.587.740
        MN = D12.644.548.586
        UI = D007328

        *NEWRECORD
        RECTYPE = D
        MH = Hexokinase
        MN = D08.811.913
        UI = D006593

        *NEWRECORD
        RECTYPE = D
        MH = Liver
        MN = A03.620
        UI = D008099

        *NEWRECORD
        RECTYPE = D
        MH = Depressive Disorder
        MN = F03.600.300
        UI = D003866

        *NEWRECORD
        RECTYPE = D
        MH = Memory
        MN = F02.463.425.540
        UI = D008568

        *NEWRECORD
        RECTYPE = D
        MH = Electroshock
        MN = F04.669
        UI = D004597

        *NEWRECORD
        RECTYPE = D
        MH = Cell Division
        MN = G04.144
        UI = D002455

        *NEWRECORD
        RECTYPE = D
        MH = Mice
        MN = B01.050
        UI = D051379

        *NEWRECORD
        RECTYPE = D
        MH = Leucine
        MN = D12.125.070
        UI = D007930

        """
    /// `c` sorts before `d`: the build must read descriptors first all the same.
    private static let supplementary = """
        *NEWRECORD
        RECTYPE = C
        NM = wolfram-like disorder
        SY = WLD1|T047|NON|EQV
        SY = ocular diabetes
        HM = *Diabetes Mellitus/genetics
        UI = C567000

        *NEWRECORD
        RECTYPE = C
        NM = some protein, mouse
        HM = Hexokinase
        UI = C567001

        *NEWRECORD
        RECTYPE = C
        NM = nowhere to go
        HM = Heading That Is Not There
        UI = C567002
        """

    private func dictionary() throws -> CompiledDictionary {
        let folder = try SourceFolder(["c.bin": Self.supplementary, "d.bin": Self.descriptors])
        return try folder.dictionary()
    }

    @Test func `terms are cut at the first bar`() throws {
        let dictionary = try dictionary()
        #expect(
            dictionary.names(of: "mesh:D003920") == [
                "Diabetes Mellitus/official", "Sugar Sickness/synonym", "Diabetes/synonym",
            ])
        let concept = try #require(dictionary.concept("mesh:D003920"))
        #expect(dictionary.treeNumbers(ofConcept: concept) == ["C18.452.394.750", "C19.246"])
    }

    @Test(arguments: [
        ("D003920", EntityKind.disease), ("D005947", .chemical), ("D008099", .anatomy), ("D003866", .disease),
        ("D008568", .psychiatry), ("D004597", .technique), ("D002455", .process), ("D007930", .chemical),
        ("D007328", .chemical),
    ])
    func `the place in the tree says what a record is`(ui: String, kind: EntityKind) throws {
        let dictionary = try dictionary()
        #expect(dictionary.concept("mesh:" + ui).map { dictionary.kind(ofConcept: $0) } == kind)
    }

    @Test(arguments: ["D006593", "D051379", "C567001", "C567002"])
    func `proteins, organisms and what hangs nowhere are left out`(ui: String) throws {
        #expect(try dictionary().concept("mesh:" + ui) == nil)
    }

    @Test func `a supplementary record takes the places of the heading it is mapped to`() throws {
        let dictionary = try dictionary()
        let concept = try #require(dictionary.concept("mesh:C567000"))
        #expect(dictionary.treeNumbers(ofConcept: concept) == ["C18.452.394.750", "C19.246"])
        #expect(dictionary.kind(ofConcept: concept) == .disease)
        #expect(
            dictionary.names(of: "mesh:C567000") == [
                "wolfram-like disorder/official", "WLD1/synonym", "ocular diabetes/synonym",
            ])
    }

    @Test
    func `a table of entry terms adds to known records alone, and a short row is an error with its line`()
        throws
    {
        let folder = try SourceFolder([
            "d.bin": Self.descriptors,
            "extra.tsv":
                "DescriptorUI\tTerm\nD003920\tsugar diabetes\nD999999\tnothing\n\nD008099\thepatic tissue\n",
        ])
        let dictionary = try folder.dictionary()
        #expect(dictionary.meanings(of: "sugar diabetes") == ["mesh:D003920/related"])
        #expect(dictionary.meanings(of: "hepatic tissue") == ["mesh:D008099/related"])
        #expect(dictionary.meanings(of: "nothing").isEmpty)
        #expect(
            try fault(of: [
                "d.bin": Self.descriptors, "extra.tsv": "DescriptorUI\tTerm\nD003920\tx\nD008099\n",
            ])
                == "extra.tsv:3: fewer than two fields")
    }
}
