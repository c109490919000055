import Corpus
import Terminology
import Testing

/// MeSH records that the tests of ChEBI and CTD begin with; made up.
private let mesh = """
    *NEWRECORD
    RECTYPE = D
    MH = Aspirin
    ENTRY = Acetylsalicylic Acid|T109
    ENTRY = shared name
    MN = D02.455
    UI = D001241

    *NEWRECORD
    RECTYPE = D
    MH = Glucose
    ENTRY = shared name
    MN = D09.546
    UI = D005947

    *NEWRECORD
    RECTYPE = D
    MH = Diabetes Mellitus
    MN = C19.246
    UI = D003920

    """

struct `Chemicals of ChEBI` {
    private static let oldCompounds = """
        ID\tSTATUS\tCHEBI_ACCESSION\tSOURCE\tPARENT_ID\tNAME\tDEFINITION\tMODIFIED_ON\tCREATED_BY\tSTAR
        15365\tC\tCHEBI:15365\tChEBI\tnull\tacetylsalicylic acid\tnull\t2014-03-20\tx\t3
        22\tC\tCHEBI:22\tChEBI\t15365\tnull\tnull\t2010-01-01\tx\t3
        33\tC\tCHEBI:33\tChEBI\tnull\tfictitin\tnull\t2015-01-01\tx\t3
        44\tD\tCHEBI:44\tChEBI\tnull\tdeleted one\tnull\t2010-01-01\tx\t3
        55\tC\tCHEBI:55\tChEBI\tnull\tshared name\tnull\t2010-01-01\tx\t3

        """
    private static let oldNames = """
        ID\tCOMPOUND_ID\tTYPE\tSOURCE\tNAME\tADAPTED\tLANGUAGE
        1\t15365\tSYNONYM\tChEBI\tacetosal\tF\ten
        2\t33\tIUPAC NAME\tIUPAC\t1-fictane\tF\ten
        3\t33\tSYNONYM\tChEBI\tFiktitin\tF\tde
        4\t66\tSYNONYM\tChEBI\tsecond of six\tF\ten
        5\t66\tNAME\tChEBI\tsixtyone\tF\ten
        6\t33\tNAME\tChEBI\tnull\tF\ten

        """

    @Test func `the tables of before 2025 are read`() throws {
        let folder = try SourceFolder([
            "d.bin": mesh, "chebi/compounds.tsv": Self.oldCompounds, "chebi/names.tsv": Self.oldNames,
        ])
        let dictionary = try folder.dictionary()
        #expect(dictionary.names(of: "chebi:33") == ["fictitin/official", "1-fictane/synonym"])
        #expect(dictionary.names(of: "chebi:66") == ["second of six/synonym", "sixtyone/official"])
        #expect(dictionary.concept("chebi:66").map { dictionary.name(ofConcept: $0) } == "sixtyone")
        #expect(dictionary.concept("chebi:44") == nil)
        #expect(dictionary.concept("chebi:33").map { dictionary.kind(ofConcept: $0) } == .chemical)
        #expect(dictionary.sources.first { $0.layout == "ChEBI compounds" }?.release == "2015-01-01")
    }

    @Test func `a compound whose name one MeSH record has lends it its names`() throws {
        let folder = try SourceFolder([
            "d.bin": mesh, "compounds.tsv": Self.oldCompounds, "names.tsv": Self.oldNames,
        ])
        let dictionary = try folder.dictionary()
        #expect(
            dictionary.names(of: "mesh:D001241") == [
                "Aspirin/official", "Acetylsalicylic Acid/synonym", "shared name/synonym",
                "acetylsalicylic acid/related", "acetosal/related",
            ])
        #expect(dictionary.replacement(of: "chebi:15365") == "mesh:D001241 by compounds.tsv")
        // Merged into that compound.
        #expect(dictionary.replacement(of: "chebi:22") == "mesh:D001241 by compounds.tsv")
        // Two records share the name: none is the compound's.
        #expect(dictionary.names(of: "chebi:55") == ["shared name/official"])
    }

    @Test func `the tables of today are read, in other columns and without markup`() throws {
        let folder = try SourceFolder([
            "compounds.tsv": """
            id\tname\tstatus_id\tsource\tparent_id\tmerge_type\tchebi_accession\tdefinition\tascii_name\tstars
            7\t<small>L</small>-fictine\t1\tx\t\t\tCHEBI:7\t\tL-fictine\t3
            8\tfictine\t1\tx\t7\tm\tCHEBI:8\t\tfictine\t3

            """,
            "names.tsv": """
            id\tcompound_id\tname\ttype\tstatus_id\tadapted\tlanguage_code\tascii_name
            1\t7\tfict<em>ol</em>\tSYNONYM\t1\tfalse\ten\tfictol
            2\t7\ta <b> name\tBRAND NAME\t1\tfalse\ten\t

            """,
        ])
        let dictionary = try folder.dictionary()
        #expect(
            dictionary.names(of: "chebi:7") == ["L-fictine/official", "fictol/synonym", "a <b> name/synonym"])
        #expect(dictionary.replacement(of: "chebi:8") == "chebi:7 by compounds.tsv")
    }

    @Test func `the ontology tells compounds from roles, and has other identifiers`() throws {
        let folder = try SourceFolder([
            "d.bin": mesh,
            "chebi.obo": """
            format-version: 1.2
            data-version: 231

            [Term]
            id: CHEBI:50906
            name: role

            [Term]
            id: CHEBI:23888
            name: drug
            is_a: CHEBI:50906 ! role

            [Term]
            id: CHEBI:24621
            name: fictitious hormone role
            is_a: CHEBI:23888

            [Term]
            id: CHEBI:33
            alt_id: CHEBI:34
            name: fictitin
            synonym: "1-fictane" EXACT IUPAC_NAME [IUPAC]
            synonym: "fict" RELATED [ChEBI]
            is_a: CHEBI:24431

            [Term]
            id: CHEBI:17234
            alt_id: CHEBI:5418
            name: glucose
            synonym: "grape sugar" EXACT [ChEBI]
            """,
        ])
        let dictionary = try folder.dictionary()
        #expect(
            dictionary.names(of: "chebi:33") == ["fictitin/official", "1-fictane/synonym", "fict/related"])
        #expect(dictionary.replacement(of: "chebi:34") == "chebi:33 by chebi.obo")
        #expect(
            dictionary.names(of: "mesh:D005947") == [
                "Glucose/official", "shared name/synonym", "glucose/related", "grape sugar/related",
            ])
        #expect(dictionary.replacement(of: "chebi:17234") == "mesh:D005947 by chebi.obo")
        #expect(dictionary.replacement(of: "chebi:5418") == "mesh:D005947 by chebi.obo")
        for role in ["chebi:50906", "chebi:23888", "chebi:24621"] { #expect(dictionary.concept(role) == nil) }
        #expect(dictionary.sources.first { $0.layout == "OBO" }?.release == "231")
    }

    @Test(arguments: [
        ("ID\tCOMPOUND_ID\tTYPE\tNAME\n1\tx\tNAME\ta\n", "n.tsv:2: \"x\" is no ChEBI identifier"),
        ("ID\tCOMPOUND_ID\tTYPE\tNAME\n1\t2\tNAME\n", "n.tsv:2: 3 fields where the header has 4"),
        ("ID\tCHEBI_ACCESSION\tPARENT_ID\n1\tCHEBI:1\tnull\n", "n.tsv:1: the header has no column name"),
        (
            "ID\tCHEBI_ACCESSION\tPARENT_ID\tNAME\n1\tCAS:1\tnull\ta\n",
            "n.tsv:2: \"CAS:1\" is no ChEBI accession"
        ),
    ])
    func `a damaged table is an error with its line`(text: String, message: String) throws {
        #expect(try fault(of: ["d.bin": mesh, "n.tsv": text]) == message)
    }
}

struct `Vocabularies of CTD` {
    private static let head = """
        #
        # Copyright nobody: made up
        # Report created: Thu Jul 31 11:09:19 EDT 2025
        #
        # Fields:

        """
    private static let diseases =
        head.dropLast() + "\n" + """
            # DiseaseName\tDiseaseID\tAltDiseaseIDs\tDefinition\tParentIDs\tTreeNumbers\tParentTreeNumbers\tSynonyms\tSlimMappings
            #
            Diabetes, made up\tMESH:D003920\tDO:DOID:9351|OMIM:222100\t\t\tC19.246\t\tsugar sickness|DM\t
            Rare thing\tOMIM:999999\t\tdef\t\tC10.1|C10.1/999999\t\tRT1\t
            Rare other\tMESH:C555555\tMESH:D003920\t\t\tC10.2\t\t\t

            """

    @Test func `names are lent to the MeSH record, else the row is an entity`() throws {
        let folder = try SourceFolder(["d.bin": mesh, "CTD_diseases.tsv": String(Self.diseases)])
        let dictionary = try folder.dictionary()
        #expect(
            dictionary.names(of: "mesh:D003920") == [
                "Diabetes Mellitus/official", "Diabetes, made up/related", "sugar sickness/related",
                "DM/related",
            ])
        #expect(dictionary.names(of: "omim:999999") == ["Rare thing/official", "RT1/synonym"])
        let rare = try #require(dictionary.concept("omim:999999"))
        #expect(dictionary.kind(ofConcept: rare) == .disease)
        #expect(dictionary.treeNumbers(ofConcept: rare) == ["C10.1"])
        #expect(dictionary.names(of: "mesh:C555555") == ["Rare other/official"])
        #expect(dictionary.replacement(of: "doid:9351") == "mesh:D003920 by CTD_diseases.tsv")
        #expect(dictionary.replacement(of: "omim:222100") == "mesh:D003920 by CTD_diseases.tsv")
        // A record of its own stays one.
        #expect(dictionary.replacement(of: "mesh:D003920") == nil)
        let source = try #require(dictionary.sources.first { $0.layout == "CTD diseases" })
        #expect(source.release == "2025-07-31" && source.concepts == 2)
    }

    @Test func `chemicals are read, in other columns and with bare identifiers`() throws {
        let folder = try SourceFolder([
            "d.bin": mesh,
            "CTD_chemicals.tsv": Self.head + """
                # ChemicalName\tChemicalID\tSynonyms\tCasRN\tTreeNumbers
                #
                Aspirin of CTD\tD001241\tASA\t50-78-2\tD02.455
                Fictol\tMESH:C777777\tF1|F2\t\tD02.1

                """,
        ])
        let dictionary = try folder.dictionary()
        #expect(dictionary.names(of: "mesh:D001241").suffix(2) == ["Aspirin of CTD/related", "ASA/related"])
        #expect(dictionary.names(of: "mesh:C777777") == ["Fictol/official", "F1/synonym", "F2/synonym"])
        #expect(dictionary.concept("mesh:C777777").map { dictionary.kind(ofConcept: $0) } == .chemical)
    }

    @Test(arguments: [
        ("x\tMESH:D1\n", "CTD.tsv:3: 2 fields where the header has 3"),
        ("x\tFOO:1\ty\n", "CTD.tsv:3: \"FOO:1\" is no identifier as CTD has them"),
        ("x\t\ty\n", "CTD.tsv:3: \"\" is no identifier as CTD has them"),
    ])
    func `a damaged row is an error with its line`(row: String, message: String) throws {
        let text = "# Fields:\n# DiseaseName\tDiseaseID\tSynonyms\n" + row
        #expect(try fault(of: ["d.bin": mesh, "CTD.tsv": text]) == message)
    }
}
