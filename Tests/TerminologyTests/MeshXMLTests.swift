import Corpus
import Foundation
import Terminology
import Testing

struct `MeSH in XML` {
    /// A descriptor in NLM's layout, made up: a preferred concept, a narrower, a related and a broader one.
    private static let descriptors = """
        <?xml version="1.0"?>
        <!DOCTYPE DescriptorRecordSet SYSTEM "https://example.org/nlmdescriptorrecordset.dtd">
        <DescriptorRecordSet LanguageCode = "eng">
        <DescriptorRecord DescriptorClass = "1">
          <DescriptorUI>D003920</DescriptorUI>
          <DescriptorName>
           <String>Diabetes Mellitus</String>
          </DescriptorName>
          <DateCreated><Year>1999</Year><Month>01</Month><Day>01</Day></DateCreated>
          <DateRevised><Year>2016</Year><Month>05</Month><Day>27</Day></DateRevised>
          <DateEstablished><Year>2030</Year><Month>01</Month><Day>01</Day></DateEstablished>
          <AllowableQualifiersList><AllowableQualifier><QualifierReferredTo><QualifierUI>Q1</QualifierUI>
            <QualifierName><String>blood &amp; more</String></QualifierName></QualifierReferredTo></AllowableQualifier></AllowableQualifiersList>
          <TreeNumberList><TreeNumber>C18.452.394.750</TreeNumber><TreeNumber>C19.246</TreeNumber></TreeNumberList>
          <ConceptList>
           <Concept PreferredConceptYN="Y">
            <ConceptUI>M1</ConceptUI>
            <ConceptName><String>Diabetes Mellitus</String></ConceptName>
            <ConceptRelationList>
             <ConceptRelation RelationName="NRW"><Concept1UI>M1</Concept1UI><Concept2UI>M2</Concept2UI></ConceptRelation>
             <ConceptRelation RelationName="BRD"><Concept1UI>M1</Concept1UI><Concept2UI>M3</Concept2UI></ConceptRelation>
             <ConceptRelation RelationName="NRW"><Concept1UI>M5</Concept1UI><Concept2UI>M1</Concept2UI></ConceptRelation>
            </ConceptRelationList>
            <TermList>
             <Term ConceptPreferredTermYN="Y" IsPermutedTermYN="N"><TermUI>T1</TermUI><String>Diabetes Mellitus</String></Term>
             <Term ConceptPreferredTermYN="N" IsPermutedTermYN="N"><TermUI>T2</TermUI><String>sugar &lt;disease&gt; &#945;</String></Term>
            </TermList>
           </Concept>
           <Concept PreferredConceptYN="N"><ConceptUI>M2</ConceptUI><ConceptName><String>narrow name</String></ConceptName>
            <TermList><Term><TermUI>T3</TermUI><String>narrow name</String></Term></TermList></Concept>
           <Concept PreferredConceptYN="N"><ConceptUI>M3</ConceptUI>
            <TermList><Term><TermUI>T4</TermUI><String>broad name</String></Term></TermList></Concept>
           <Concept PreferredConceptYN="N"><ConceptUI>M4</ConceptUI>
            <TermList><Term><TermUI>T5</TermUI><String>related name</String></Term></TermList></Concept>
           <Concept PreferredConceptYN="N"><ConceptUI>M5</ConceptUI>
            <TermList><Term><TermUI>T6</TermUI><String>the wider name</String></Term></TermList></Concept>
          </ConceptList>
         </DescriptorRecord>
        <DescriptorRecord DescriptorClass = "1">
          <DescriptorUI>D011506</DescriptorUI>
          <DescriptorName><String>Proteins</String></DescriptorName>
          <TreeNumberList><TreeNumber>D12.776</TreeNumber></TreeNumberList>
         </DescriptorRecord>
        </DescriptorRecordSet>

        """
    private static let supplementary = """
        <?xml version="1.0"?>
        <!DOCTYPE SupplementalRecordSet SYSTEM "supp2015.dtd">
        <SupplementalRecordSet LanguageCode = "eng">
        <SupplementalRecord SCRClass = "3">
          <SupplementalRecordUI>C000001</SupplementalRecordUI>
          <SupplementalRecordName><String>Rare diabetes</String></SupplementalRecordName>
          <HeadingMappedToList>
           <HeadingMappedTo><DescriptorReferredTo><DescriptorUI>*D003920</DescriptorUI>
             <DescriptorName><String>Diabetes Mellitus</String></DescriptorName></DescriptorReferredTo></HeadingMappedTo>
          </HeadingMappedToList>
          <IndexingInformationList><IndexingInformation><DescriptorReferredTo><DescriptorUI>D011506</DescriptorUI>
             </DescriptorReferredTo></IndexingInformation></IndexingInformationList>
          <ConceptList><Concept PreferredConceptYN="Y"><ConceptUI>M9</ConceptUI><TermList>
            <Term><TermUI>T9</TermUI><String>Rare diabetes</String></Term>
            <Term><TermUI>T8</TermUI><String>RDX syndrome</String></Term></TermList></Concept></ConceptList>
         </SupplementalRecord>
        </SupplementalRecordSet>

        """

    @Test func `terms have the grade of their concept's relation, broader ones are left out`() throws {
        let folder = try SourceFolder(["desc2026.xml": Self.descriptors])
        let dictionary = try folder.dictionary()
        #expect(
            dictionary.names(of: "mesh:D003920") == [
                "Diabetes Mellitus/official", "sugar <disease> α/synonym", "narrow name/related",
                "related name/related",
            ])
        let concept = try #require(dictionary.concept("mesh:D003920"))
        #expect(dictionary.kind(ofConcept: concept) == .disease)
        #expect(dictionary.treeNumbers(ofConcept: concept) == ["C18.452.394.750", "C19.246"])
        // Proteins are no chemicals here, as in the ASCII layout.
        #expect(dictionary.conceptCount == 1)
        #expect(dictionary.sources.map(\.layout) == ["MeSH XML"])
        #expect(dictionary.sources[0].release == "2016-05-27")
    }

    @Test func `a supplementary record stands where its headings stand, whatever the names of the files`()
        throws
    {
        let folder = try SourceFolder([
            "z.xml": Self.descriptors, "a.xml": Self.supplementary,
        ])
        let dictionary = try folder.dictionary()
        #expect(dictionary.names(of: "mesh:C000001") == ["Rare diabetes/official", "RDX syndrome/synonym"])
        let concept = try #require(dictionary.concept("mesh:C000001"))
        #expect(dictionary.treeNumbers(ofConcept: concept) == ["C18.452.394.750", "C19.246"])
        #expect(dictionary.sources.map(\.name) == ["z.xml", "a.xml"])
    }

    @Test func `a supplementary record in XML finds headings in ASCII`() throws {
        let folder = try SourceFolder([
            "d.bin": "*NEWRECORD\nRECTYPE = D\nMH = Diabetes Mellitus\nMN = C19.246\nUI = D003920\n",
            "supp.xml": Self.supplementary,
        ])
        #expect(try folder.dictionary().meanings(of: "RDX syndrome") == ["mesh:C000001/synonym"])
    }

    @Test func `gzip is told by content`() throws {
        let folder = try SourceFolder()
        try folder.write("desc.xml.gz", storedGzip(Array(Self.descriptors.utf8)))
        #expect(try folder.dictionary().conceptCount == 1)
    }

    @Test(arguments: [
        ("</TreeNumberList>", "</TreeNumbers>"), ("</DescriptorRecordSet>", ""), ("&amp;", "&nosuch;"),
        ("<Year>2016</Year>", "<Year>2016</Year"),
    ])
    func `damaged XML is an error with its line`(part: String, by other: String) throws {
        let range = try #require(Self.descriptors.range(of: part))
        let message = try fault(of: ["d.xml": Self.descriptors.replacingCharacters(in: range, with: other)])
        #expect(message.hasPrefix("d.xml:") && message.hasSuffix("fetch it again"), "\(message)")
        let line = try #require(message.split(separator: ":").dropFirst().first.flatMap { Int($0) })
        let expected = Self.descriptors[..<range.lowerBound].count { $0 == "\n" } + 1
        #expect(abs(line - expected) <= 1, "\(message)")
    }

    @Test func `entities that a file declares are not expanded`() throws {
        let bomb = Self.descriptors.replacing(
            "<!DOCTYPE DescriptorRecordSet SYSTEM \"https://example.org/nlmdescriptorrecordset.dtd\">",
            with: "<!DOCTYPE DescriptorRecordSet [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>"
        ).replacing("blood &amp; more", with: "&b;").replacing("narrow name", with: "x &b; y")
        #expect(try fault(of: ["d.xml": bomb]).hasPrefix("d.xml:"))
    }

    @Test(arguments: [1, 3, 7, 40])
    func `records are the same wherever the file is cut into pieces`(copies: Int) throws {
        let start = try #require(Self.descriptors.range(of: "<DescriptorRecord DescriptorClass"))
        let end = try #require(Self.descriptors.range(of: "</DescriptorRecordSet>"))
        let record = Self.descriptors[start.lowerBound..<end.lowerBound]
        // Longer than one piece of 64 KiB at the end; blanks move the border.
        let text =
            Self.descriptors[..<start.lowerBound]
            + (0..<copies).map { index in
                String(repeating: " ", count: index * 13) + record.replacing("D003920", with: "D9\(index)")
            }.joined() + Self.descriptors[end.lowerBound...]
        let dictionary = try SourceFolder(["d.xml": String(text)]).dictionary()
        #expect(dictionary.conceptCount == copies)
        for index in 0..<copies { #expect(dictionary.names(of: "mesh:D9\(index)").count == 4) }
    }

    @Test func `NLM's other sets of records are no names`() throws {
        let folder = try SourceFolder([
            "qual.xml": "<?xml version=\"1.0\"?>\n<QualifierRecordSet>\n</QualifierRecordSet>\n",
            "d.xml": Self.descriptors,
        ])
        #expect(try folder.dictionary().sources.map(\.name) == ["d.xml"])
    }
}
