import Testing
import TextMining

/// Lines that state nothing. Every text here was written for these tests.
@Suite struct `Lines that state nothing` {
    @Test(arguments: [
        ("Copyright © 2009 Example Press.", NoStatementReason.copyright),
        ("© 2013 The Society.", .copyright),
        ("(c) 2022 The Authors.", .copyright),
        ("This article is protected by copyright.", .copyright),
        ("All rights reserved.", .copyright),
        ("Published by Example Science Ltd on behalf of the Society.", .copyright),
        ("ClinicalTrials.gov: NCT00000001.", .registration),
        ("TRIAL REGISTRATION: This trial was registered at a registry as ISRCTN00000001.", .registration),
        ("www.example.org/data.", .address),
        ("The code is available at http://www.example.org/code.", .address),
        ("Contact: someone@example.org.", .address),
        ("(ABSTRACT TRUNCATED AT 250 WORDS)", .truncation),
        ("Binding was lost in the mutant, and the(ABSTRACT TRUNCATED AT 400 WORDS)", .truncation),
        ("RESULTS:", .label),
        ("MATERIALS AND METHODS:", .label),
        ("J. Exp. Example 12: 34-56, 2008.", .reference),
        ("A case report.", .short),
        ("Introduction.", .short),
    ])
    func `are told by their reason`(text: String, reason: NoStatementReason) {
        #expect(StatementFilter.isNoStatement(text) == reason)
    }

    @Test(arguments: [
        "IGF1R phosphorylates IRS1 in adipocytes.",
        "Metformin lowered glucose in 120 patients with type 2 diabetes (NCT00000001).",
        "The availability of structures helped drug discovery.",
        "Contact inhibition was lost in cells that lack NF2.",
        "We published by-products of the reaction with p53.",
        "Levels of TNF rose by 12% in 2008.",
    ])
    func `are not seen in statements`(text: String) {
        #expect(StatementFilter.isNoStatement(text) == nil)
    }
}
