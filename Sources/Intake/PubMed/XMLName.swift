/// The names of elements and attributes that the parser of records tells apart, as XML spells them, without prefix.
enum XMLName: String, CaseIterable {
    /// Any other name.
    case unknown = ""

    // Records.
    case pubmedArticle = "PubmedArticle"
    case pubmedBookArticle = "PubmedBookArticle"
    case deleteCitation = "DeleteCitation"
    case bookDocument = "BookDocument"
    case medlineCitation = "MedlineCitation"
    case pubmedData = "PubmedData"
    case pmid = "PMID"

    // Dates.
    case dateRevised = "DateRevised"
    case year = "Year"
    case month = "Month"
    case day = "Day"
    case pubDate = "PubDate"
    case medlineDate = "MedlineDate"

    // The article.
    case article = "Article"
    case journal = "Journal"
    case issn = "ISSN"
    case title = "Title"
    case isoAbbreviation = "ISOAbbreviation"
    case journalIssue = "JournalIssue"
    case medlineJournalInfo = "MedlineJournalInfo"
    case nlmUniqueID = "NlmUniqueID"
    case articleTitle = "ArticleTitle"
    case vernacularTitle = "VernacularTitle"
    case abstract = "Abstract"
    case abstractText = "AbstractText"
    case copyrightInformation = "CopyrightInformation"
    case otherAbstract = "OtherAbstract"
    case authorList = "AuthorList"
    case author = "Author"
    case lastName = "LastName"
    case foreName = "ForeName"
    case firstName = "FirstName"
    case initials = "Initials"
    case suffix = "Suffix"
    case collectiveName = "CollectiveName"
    case identifier = "Identifier"
    case language = "Language"
    case publicationTypeList = "PublicationTypeList"
    case publicationType = "PublicationType"
    case articleIDList = "ArticleIdList"
    case articleID = "ArticleId"

    // The lists of the citation.
    case chemicalList = "ChemicalList"
    case chemical = "Chemical"
    case registryNumber = "RegistryNumber"
    case nameOfSubstance = "NameOfSubstance"
    case geneSymbolList = "GeneSymbolList"
    case geneSymbol = "GeneSymbol"
    case commentsCorrectionsList = "CommentsCorrectionsList"
    case commentsCorrections = "CommentsCorrections"
    case refSource = "RefSource"
    case meshHeadingList = "MeshHeadingList"
    case meshHeading = "MeshHeading"
    case descriptorName = "DescriptorName"
    case qualifierName = "QualifierName"
    case keywordList = "KeywordList"
    case keyword = "Keyword"

    // Formulas: MathML.
    case displayFormula = "DispFormula"
    case math
    case annotation
    case annotationXML = "annotation-xml"
    case mtext
    case ms
    case mi
    case mn
    case mo
    case cn
    case ci
    case csymbol
    case sep
    case mrow
    case msub
    case msup
    case msubsup
    case mmultiscripts
    case mprescripts
    case none
    case munder
    case mover
    case munderover
    case mstyle
    case mpadded
    case mphantom
    case msqrt
    case menclose
    case merror
    case maction
    case semantics

    // Attributes.
    case version = "Version"
    case status = "Status"
    case label = "Label"
    case nlmCategory = "NlmCategory"
    case type = "Type"
    case ui = "UI"
    case majorTopicYN = "MajorTopicYN"
    case refType = "RefType"
    case idType = "IdType"
    case source = "Source"
}
