#!/usr/bin/env python3
"""Reads a PubMed file with Python's own XML parser (expat) and writes every record as a line of JSON.

An independent reading of the same rules as Sources/Intake, over a whole element tree instead of events, to compare
field by field. Standard library only.   records.py FILE
"""
import gzip
import json
import re
import sys
import xml.etree.ElementTree as ElementTree

SPACE = " \t\r\n"
SOFT = "\x01"  # one space, unless white space is beside it
TOKENS = {"mi", "mn", "mo", "cn", "ci", "csymbol"}
SPACED_TOKENS = {"mtext", "ms"}
JOINING = set(
    "math mrow msub msup msubsup mmultiscripts mprescripts none munder mover munderover mstyle mpadded mphantom "
    "msqrt menclose merror maction semantics sep".split())


def local(element):
    return element.tag.rsplit("}", 1)[-1]


def flat(element):
    """The text of an element in a field, formulas apart."""
    parts = [element.text or ""]
    for child in element:
        name = local(child)
        if name == "math":
            parts.append(formula(child))
        elif name == "DispFormula":
            parts.append(SOFT + flat(child) + SOFT)
        else:
            parts.append(flat(child))
        parts.append(child.tail or "")
    return "".join(parts)


def formula(element):
    name = local(element)
    if name in ("annotation", "annotation-xml"):
        return ""
    inner = [formula(child) for child in element]
    if name in TOKENS or name in SPACED_TOKENS:
        content = element.text or ""
        for child, text in zip(element, inner):
            content += text + (child.tail or "")
        bare = content.strip(SPACE)
        if name in SPACED_TOKENS:
            before = SOFT if content.lstrip(SPACE) != content else ""
            after = SOFT if content.rstrip(SPACE) != content and bare else ""
            bare = before + bare + after
        return bare
    own = [re.sub("[ \t\r\n]", "", text or "") for text in [element.text] + [child.tail for child in element]]
    separator = "" if name in JOINING else SOFT
    content = own[0]
    for place, text in enumerate(inner):
        content += (separator if place else "") + text + own[place + 1]
    return SOFT + content if name == "sep" else content


def tidy(text):
    text = text.strip(SPACE + SOFT)
    return re.sub("[ \t\r\n\x01]*[\t\r\n\x01][ \t\r\n\x01]*", " ", text)


def text(element):
    return None if element is None else tidy(flat(element)) or None


def first(parent, path):
    """The first element at a path that has a text."""
    for element in parent.findall(path):
        value = text(element)
        if value:
            return value
    return None


def texts(parent, path):
    return [value for value in map(text, parent.findall(path)) if value]


def number(value):
    return int(value) if value and re.fullmatch("[0-9]+", value) else None


def sections(parent):
    return [
        {"label": part.get("Label"), "category": part.get("NlmCategory"), "text": text(part) or ""}
        for part in parent.findall("AbstractText")
    ]


def year_of(article):
    for date in article.findall("Journal/JournalIssue/PubDate"):
        for path in ("Year", "MedlineDate"):
            value = first(date, path)
            if value:
                if path == "Year" and number(value):
                    return number(value)
                found = re.search(r"(?<![0-9])[0-9]{4}(?![0-9])", value)
                if found:
                    return int(found.group())
    return None


def author(element):
    orcid = next((text(i) for i in element.findall("Identifier") if i.get("Source") == "ORCID" and text(i)), None)
    return {
        "lastName": first(element, "LastName"),
        "foreName": first(element, "ForeName") or first(element, "FirstName"),
        "initials": first(element, "Initials"),
        "suffix": first(element, "Suffix"),
        "collectiveName": first(element, "CollectiveName"),
        "orcid": re.sub("^(https?://)?orcid.org/", "", orcid) if orcid else None,
    }


def term(element):
    return {
        "ui": element.get("UI") or "",
        "name": text(element) or "",
        "isMajorTopic": element.get("MajorTopicYN") == "Y",
    }


def correction(element, kind):
    return {
        "type": kind,
        "pmid": number(first(element, "PMID")),
        "source": first(element, "RefSource") or "",
    }


def corrections(citation):
    links = [correction(link, link.get("RefType"))
             for link in citation.findall("CommentsCorrectionsList/CommentsCorrections")]
    for old in citation.findall("CommentsCorrections"):
        links += [correction(link, local(link)) for link in old]
    return links


def revised(citation):
    date = citation.find("DateRevised")
    if date is None:
        return None
    parts = []
    for name in ("Year", "Month", "Day"):
        value = first(date, name)
        if not value:
            break
        parts.append(value.rjust(2, "0"))
    return "-".join(parts) or None


def citation_of(record):
    citation = record.find("MedlineCitation")
    article = citation.find("Article")
    if article is None:
        article = ElementTree.Element("Article")
    pmid = citation.find("PMID")
    abstract = article.find("Abstract")
    headings = []
    for heading in citation.findall("MeshHeadingList/MeshHeading"):
        headings.append({
            "descriptor": term(heading.find("DescriptorName")),
            "qualifiers": [term(qualifier) for qualifier in heading.findall("QualifierName")],
        })
    return {
        "kind": "citation",
        "pmid": int(text(pmid)),
        "version": number(pmid.get("Version")) or 1,
        "status": citation.get("Status") or "",
        "dateRevised": revised(citation),
        "title": text(article.find("ArticleTitle")) or "",
        "vernacularTitle": first(article, "VernacularTitle"),
        "abstract": sections(abstract) if abstract is not None else [],
        "otherAbstracts": [
            {
                "type": other.get("Type") or "",
                "language": other.get("Language") or "eng",
                "sections": sections(other),
                "copyright": first(other, "CopyrightInformation"),
            }
            for other in citation.findall("OtherAbstract")
        ],
        "copyright": first(article, "Abstract/CopyrightInformation"),
        "authors": [author(one) for one in article.findall("AuthorList/Author")],
        "journal": {
            "title": first(article, "Journal/Title"),
            "isoAbbreviation": first(article, "Journal/ISOAbbreviation"),
            "issn": first(article, "Journal/ISSN"),
            "nlmID": first(citation, "MedlineJournalInfo/NlmUniqueID"),
        },
        "year": year_of(article),
        "languages": texts(article, "Language"),
        "publicationTypes": [
            {"ui": kind.get("UI") or "", "name": text(kind) or ""}
            for kind in article.findall("PublicationTypeList/PublicationType")
        ],
        "meshHeadings": headings,
        "chemicals": [
            {
                "registryNumber": first(chemical, "RegistryNumber") or "",
                "ui": chemical.find("NameOfSubstance").get("UI") or "",
                "name": first(chemical, "NameOfSubstance") or "",
            }
            for chemical in citation.findall("ChemicalList/Chemical")
        ],
        "keywords": texts(citation, "KeywordList/Keyword"),
        "geneSymbols": texts(citation, "GeneSymbolList/GeneSymbol"),
        "corrections": corrections(citation),
        "articleIdentifiers": [
            {"type": one.get("IdType") or "pubmed", "value": text(one)}
            for one in record.findall("PubmedData/ArticleIdList/ArticleId") if text(one)
        ],
    }


def main(path):
    with open(path, "rb") as start:
        is_gzip = start.read(2) == b"\x1f\x8b"
    out = sys.stdout
    out.reconfigure(encoding="utf-8", newline="\n")
    with (gzip.open if is_gzip else open)(path, "rb") as stream:
        root = None
        for event, element in ElementTree.iterparse(stream, events=("start", "end")):
            if root is None:
                root = element
            if event != "end":
                continue
            if element.tag == "PubmedArticle":
                value = citation_of(element)
            elif element.tag == "PubmedBookArticle":
                value = {"kind": "book", "pmid": number(first(element, "BookDocument/PMID"))}
            elif element.tag == "DeleteCitation":
                value = {"kind": "deletions", "pmids": [number(text(one)) for one in element.findall("PMID")]}
            else:
                continue
            out.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")
            root.clear()


if __name__ == "__main__":
    main(sys.argv[1])
