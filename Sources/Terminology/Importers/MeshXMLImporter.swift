import Corpus
import Intake

/// Reads MeSH in NLM's XML layout: descriptors (`desc20YY.xml`) and supplementary records (`supp20YY.xml`), with all their
/// concepts and terms. The file is streamed.
///
/// Terms of the preferred concept are synonyms; those of narrower and related concepts are related names; broader concepts
/// are not taken. What a record is, is told as for the ASCII layout.
struct MeshXMLImporter {
    /// Whether the beginning of a file is MeSH's XML, and of which of the two sets.
    enum RecordSet: String, CaseIterable {
        case descriptors = "<DescriptorRecordSet"
        case supplementary = "<SupplementalRecordSet"
    }

    /// The set that the beginning of a file opens; nil for other files, NLM's qualifiers and pharmacological actions
    /// included.
    static func recordSet(in head: [UInt8]) -> RecordSet? {
        let start = String(decoding: head.prefix(2000), as: UTF8.self)
        return RecordSet.allCases.first { start.contains($0.rawValue) }
    }

    /// The elements that are kept; their raw values are the names in the file.
    private enum Name: String, CaseIterable {
        case descriptor = "DescriptorRecord"
        case supplementary = "SupplementalRecord"
        case descriptorUI = "DescriptorUI"
        case descriptorName = "DescriptorName"
        case supplementaryUI = "SupplementalRecordUI"
        case supplementaryName = "SupplementalRecordName"
        case string = "String"
        case dateCreated = "DateCreated"
        case dateRevised = "DateRevised"
        case year = "Year"
        case month = "Month"
        case day = "Day"
        case treeNumberList = "TreeNumberList"
        case treeNumber = "TreeNumber"
        case headingMappedToList = "HeadingMappedToList"
        case headingMappedTo = "HeadingMappedTo"
        case descriptorReferredTo = "DescriptorReferredTo"
        case conceptList = "ConceptList"
        case concept = "Concept"
        case conceptUI = "ConceptUI"
        case conceptRelationList = "ConceptRelationList"
        case conceptRelation = "ConceptRelation"
        case firstConcept = "Concept1UI"
        case secondConcept = "Concept2UI"
        case termList = "TermList"
        case term = "Term"
    }

    private struct Concept {
        var ui = ""
        var isPreferred = false
        var terms: [String] = []
    }

    private struct Relation {
        var name = ""
        var first = ""
        var second = ""
    }

    static func read(_ source: InflatingReader, path: String, into draft: inout DictionaryDraft)
        throws(TerminologyError)
    {
        let reader = XMLRecordReader(
            source: source, records: [Name.descriptor.rawValue, Name.supplementary.rawValue],
            names: Name.allCases.map(\.rawValue))
        do throws(XMLRecordReader.Fault) {
            try reader.readRecords { record in
                draft.rows += 1
                MeshImporter.add(self.record(of: record, into: &draft), to: &draft)
            }
        } catch {
            switch error {
            case .source(let error): throw .unreadable(path: path, reason: "\(error)")
            case .malformed(let line, let message):
                throw .malformed(
                    path: path, line: line,
                    reason: "\(message); the XML is damaged or cut short: fetch it again")
            }
        }
    }

    private static func record(
        of xml: XMLRecord, into draft: inout DictionaryDraft
    ) -> MeshImporter.Record {
        var record = MeshImporter.Record()
        var concepts: [Concept] = []
        var relations: [Relation] = []
        var date: [UInt8] = []
        let names = Name.allCases
        for index in xml.elements.indices {
            let element = xml.elements[index]
            let parent = element.parent < 0 ? nil : names[xml.elements[element.parent].name]
            switch (names[element.name], parent) {
            case (.supplementary, nil): record.isSupplementary = true
            case (.descriptorUI, .descriptor), (.supplementaryUI, .supplementary):
                record.ui = xml.text(of: index)
            case (.string, .descriptorName), (.string, .supplementaryName):
                let holder = xml.elements[element.parent].parent
                if holder == 0 { record.name = xml.text(of: index) }
            case (.treeNumber, _): record.trees.append(xml.text(of: index))
            case (.descriptorUI, .descriptorReferredTo):
                let holder = xml.elements[element.parent].parent
                guard holder >= 0, names[xml.elements[holder].name] == .headingMappedTo else { continue }
                record.headings.append(xml.text(of: index).replacing("*", with: ""))
            case (.year, _): date = Array(xml.text(of: index).utf8)
            case (.month, _): date += Array(xml.text(of: index).utf8)
            case (.day, _):
                date += Array(xml.text(of: index).utf8)
                draft.noteRelease(ofDigits: date[...])
            case (.concept, _):
                concepts.append(
                    Concept(isPreferred: xml.attribute("PreferredConceptYN", of: index) == "Y"))
            case (.conceptUI, .concept): concepts[concepts.count - 1].ui = xml.text(of: index)
            case (.conceptRelation, _):
                relations.append(Relation(name: xml.attribute("RelationName", of: index) ?? ""))
            case (.firstConcept, .conceptRelation): relations[relations.count - 1].first = xml.text(of: index)
            case (.secondConcept, .conceptRelation):
                relations[relations.count - 1].second = xml.text(of: index)
            case (.string, .term) where !concepts.isEmpty:
                concepts[concepts.count - 1].terms.append(xml.text(of: index))
            default: continue
            }
        }
        for concept in concepts where !isBroader(concept, than: concepts, relations) {
            let grade: NameGrade = concept.isPreferred ? .synonym : .related
            for term in concept.terms where term != record.name { record.terms.append((term, grade)) }
        }
        return record
    }

    /// Whether a concept is broader than the preferred one: `BRD` says so of the second in a relation that begins with the
    /// preferred one, `NRW` of the first in one that ends with it.
    private static func isBroader(
        _ concept: Concept, than concepts: [Concept], _ relations: [Relation]
    ) -> Bool {
        guard !concept.isPreferred, let preferred = concepts.first(where: \.isPreferred)?.ui else {
            return false
        }
        return relations.contains { relation in
            relation.name == "BRD" && relation.first == preferred && relation.second == concept.ui
                || relation.name == "NRW" && relation.first == concept.ui && relation.second == preferred
        }
    }
}
