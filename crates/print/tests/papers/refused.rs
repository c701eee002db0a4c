//! Never half a file: what lacks a part is refused with the names of all of them.

use print::{Block, Draft, Kind, Missing, Number, Paper, Part, Refused, Signatures, docx, missing, pdf};

use crate::{
    read::{bare, pdf_pages},
    samples,
};

fn parts(paper: &Paper) -> Vec<Part> {
    missing(paper).iter().map(|missing| missing.part).collect()
}

#[test]
fn an_empty_paper_lacks_every_part_of_its_kind() {
    use Part::*;
    let empty = |kind| parts(&Paper { kind, ..Default::default() });
    let decided = vec![Superior, Issuer, Number, Place, Date, Subject, Body, Recipients, Signatory];
    assert_eq!(empty(Kind::Resolution), decided);
    assert_eq!(empty(Kind::Conclusion), decided);
    assert_eq!(empty(Kind::Invitation), [Superior, Issuer, Number, Place, Date, Body, Signatory]);
    assert_eq!(empty(Kind::Minutes), [Superior, Issuer, Date, Subject, Body, MinuteTaker, Chair]);
    assert_eq!(empty(Kind::List), [Superior, Issuer, Date, Subject, Body]);
    assert_eq!(empty(Kind::MinutesBook), [Superior, Issuer, Date, Subject, Papers]);
    assert_eq!(empty(Kind::NotHeld), [Title, Body]);
    assert_eq!(empty(Kind::Annex), [Subject, Body]);
}

// Planted: a blank is a name; one missing part is no reason to refuse → each caught.
#[test]
fn each_part_taken_away_is_named_and_nothing_is_made() {
    let blank = || " \u{200b}\n".to_owned();
    let one = |change: fn(&mut Paper), paper: Paper| {
        let mut paper = paper;
        change(&mut paper);
        paper
    };
    let cases = [
        (Part::Superior, one(|paper| paper.superior.clear(), samples::resolution())),
        (Part::Issuer, Paper { issuer: blank(), ..samples::resolution() }),
        (Part::Number, Paper { number: None, ..samples::resolution() }),
        (
            Part::Number,
            Paper { number: Some(Number { given: Some(5), ..Default::default() }), ..samples::resolution() },
        ),
        (Part::Place, Paper { place: blank(), ..samples::resolution() }),
        (Part::Date, Paper { date: Some("2026-02-31".into()), ..samples::resolution() }),
        (Part::Date, Paper { date: Some("2026".into()), ..samples::minutes(1) }),
        (Part::Subject, Paper { subject: blank(), ..samples::minutes(1) }),
        (Part::Body, Paper { body: vec![Block::PageBreak, Block::Paragraph(blank())], ..samples::minutes(1) }),
        (Part::Recipients, Paper { recipients: vec![blank()], ..samples::conclusion() }),
        (Part::Signatory, Paper { signatures: Signatures::None, ..samples::invitation() }),
        (
            Part::MinuteTaker,
            Paper {
                signatures: Signatures::Minutes { taker: blank(), chair: "Lê Văn An".into() },
                ..samples::minutes(1)
            },
        ),
        (
            Part::Chair,
            Paper {
                signatures: Signatures::Minutes { taker: "Lê Văn An".into(), chair: blank() },
                ..samples::minutes(1)
            },
        ),
    ];
    for (part, paper) in cases {
        let alone = vec![Missing { part, bound: None }];
        assert_eq!(missing(&paper), alone);
        assert!(matches!(pdf(&paper), Err(Refused::Missing(parts)) if parts == alone), "{part:?}");
        assert!(matches!(docx(&paper), Err(Refused::Missing(parts)) if parts == alone), "{part:?}");
    }
    for (name, paper) in samples::all() {
        assert!(missing(&paper).is_empty(), "{name} lacks nothing");
    }
}

// Planted: bound papers are not asked → caught.
#[test]
fn a_book_says_in_which_of_its_papers_a_part_is_missing() {
    let mut book = samples::book();
    book.bound[1].body.clear();
    assert_eq!(missing(&book), [Missing { part: Part::Body, bound: Some(1) }]);
}

// Planted: no mark → caught.
#[test]
fn a_draft_may_lack_anything_and_shows_where() {
    for kind in [Kind::Resolution, Kind::Minutes, Kind::Invitation, Kind::List, Kind::MinutesBook, Kind::NotHeld] {
        let empty = Paper { kind, draft: Draft::Draft, ..Default::default() };
        assert!(missing(&empty).is_empty());
        let said = pdf_pages(&pdf(&empty).expect("a draft is made")).concat();
        assert!(said.contains('…'), "{kind:?} shows what is missing: {said}");
        assert_eq!(said.contains("Dự thảo"), kind != Kind::NotHeld, "and that it is a draft");
    }
    let said = bare(&pdf_pages(&pdf(&samples::draft()).expect("a draft is made")).concat());
    assert!(said.contains("Dựthảolần1") && said.contains("…,ngày05tháng10năm2026") && said.contains("-…"));
    assert!(!bare(&pdf_pages(&pdf(&samples::resolution()).expect("a file")).concat()).contains("Dựthảo"));
}

// Planted: the latest rule for every day → caught.
#[test]
fn a_day_whose_layout_is_not_known_is_refused() {
    let old = Paper { date: Some("2017-01-01".into()), ..samples::resolution() };
    assert!(matches!(pdf(&old), Err(Refused::NoLayout(day)) if day == "2017-01-01"));
}
