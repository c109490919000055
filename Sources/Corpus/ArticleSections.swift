extension Section {
    /// The sections of a gene article, in the order in which it shows them.
    public static let ofGeneArticle: [Section] = [
        Section(id: .disease, heading: "Disease relevance of {name}"),
        Section(id: .psychiatry, heading: "Psychiatry related information on {name}"),
        Section(id: .highImpact, heading: "High impact information on {name}"),
        Section(id: .chemicalDisease, heading: "Chemical compound and disease context of {name}"),
        Section(id: .biological, heading: "Biological context of {name}"),
        Section(id: .anatomical, heading: "Anatomical context of {name}"),
        Section(id: .chemical, heading: "Associations of {name} with chemical compounds"),
        Section(id: .physical, heading: "Physical interactions of {name}"),
        Section(id: .enzymatic, heading: "Enzymatic interactions of {name}"),
        Section(id: .regulatory, heading: "Regulatory relationships of {name}"),
        Section(id: .other, heading: "Other interactions of {name}"),
        Section(id: .analytical, heading: "Analytical, diagnostic and therapeutic context of {name}"),
    ]

    /// The sections of an article on a chemical compound. Genes have one section in place of the interactions.
    public static let ofChemicalArticle: [Section] = [
        Section(id: .disease, heading: "Disease relevance of {name}"),
        Section(id: .psychiatry, heading: "Psychiatry related information on {name}"),
        Section(id: .highImpact, heading: "High impact information on {name}"),
        Section(id: .chemicalDisease, heading: "Chemical compound and disease context of {name}"),
        Section(id: .biological, heading: "Biological context of {name}"),
        Section(id: .anatomical, heading: "Anatomical context of {name}"),
        Section(id: .chemical, heading: "Associations of {name} with other chemical compounds"),
        Section(id: .gene, heading: "Gene context of {name}"),
        Section(id: .analytical, heading: "Analytical, diagnostic and therapeutic context of {name}"),
    ]

    /// The sections of an article on a disease.
    public static let ofDiseaseArticle: [Section] = [
        Section(id: .disease, heading: "Relations of {name} to other diseases"),
        Section(id: .psychiatry, heading: "Psychiatry related information on {name}"),
        Section(id: .highImpact, heading: "High impact information on {name}"),
        Section(id: .chemicalDisease, heading: "Chemical compound and disease context of {name}"),
        Section(id: .biological, heading: "Biological context of {name}"),
        Section(id: .anatomical, heading: "Anatomical context of {name}"),
        Section(id: .gene, heading: "Gene context of {name}"),
        Section(id: .analytical, heading: "Analytical, diagnostic and therapeutic context of {name}"),
    ]

    /// The sections of an article on an entity of a kind; none where there are no such articles.
    public static func ofArticle(on kind: EntityKind) -> [Section] {
        switch kind {
        case .gene: ofGeneArticle
        case .chemical: ofChemicalArticle
        case .disease: ofDiseaseArticle
        default: []
        }
    }
}
