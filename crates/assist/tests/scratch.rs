#![allow(clippy::unwrap_used,clippy::expect_used,clippy::panic,clippy::indexing_slicing,missing_docs)]
mod common;
use common::{faq,help_centre};
use segue_assist::calibrate::{Collection, Question, Report, fit_over, fit_ranking, judge};
use segue_assist::Document;
use std::time::Instant;
fn line(n: &str, r: &Report) { for (w,x) in [("n",&r.normal),("w",&r.wide)] { println!("{n:30} {w} acc {:.3} acc3 {:.3} auroc {:.4} right {:.4} ece {:.4} served.65 {:.3} wrong.70 {:.3}", x.accuracy_at_1, x.accuracy_at_3, x.auroc_answerable, x.auroc_right, x.ece, x.bands[0].served, x.bands[1].wrong); } }
fn kinds(lang: &str, base: &segue_assist::KnowledgeBase) {
    let t = std::fs::read_to_string(common::data().unwrap().join(format!("faq_retrieval/queries_{lang}.dev.jsonl"))).unwrap();
    let mut m = std::collections::BTreeMap::<String, Vec<f64>>::new();
    for l in t.lines() { let v: serde_json::Value = serde_json::from_str(l).unwrap();
        m.entry(v["kind"].as_str().unwrap().to_owned()).or_default().push(base.search(v["query"].as_str().unwrap(), segue_assist::Width::Normal).confidence); }
    for k in ["off_topic", "article_removed"] { let mut w = 0.0; for a in &m["in_kb"] { for b in &m[k] { if a > b { w += 1.0 } else if a == b { w += 0.5 } } } println!("  {lang} {k} {:.4}", w / (m["in_kb"].len() * m[k].len()) as f64); }
}
fn with_past(docs: &[Document], past: &[&Question]) -> (Vec<Document>, Vec<String>) {
    let d = docs.iter().map(|d| d.clone().with_questions(past.iter().filter(|q| q.article.as_deref()==Some(&d.id)).map(|q| q.query.clone()).collect())).collect();
    (d, past.iter().filter(|q| q.article.is_none()).map(|q| q.query.clone()).collect())
}
fn articles(lang: &str) {
    let (docs, train) = faq("train", lang).unwrap();
    let (_, dev) = faq("dev", lang).unwrap();
    let c = Collection { docs: &docs, outside: &[], questions: &train };
    let d = Collection { docs: &docs, outside: &[], questions: &dev };
    let ranking = fit_ranking(&[c]).unwrap();
    println!("{:?}", ranking.signals.iter().zip(&ranking.normal).collect::<Vec<_>>());
    let (cal, oof) = fit_over(&[c], ranking).unwrap();
    println!("{:?}", cal.features.iter().zip(&cal.normal.weights).collect::<Vec<_>>());
    line(&format!("{lang} train oof"), &oof);
    line(&format!("{lang} dev"), &judge(&cal, d).unwrap());
    kinds(lang, &segue_assist::KnowledgeBase::build(docs.clone(), cal));
}
fn past(lang: &str, outside: bool) {
    let (docs, train) = faq("train", lang).unwrap();
    let (_, dev) = faq("dev", lang).unwrap();
    let mut states = Vec::new();
    let t = Instant::now();
    for fold in 0..5 {
        let p: Vec<&Question> = train.iter().enumerate().filter(|(i,q)| i%5!=fold && (outside || q.article.is_some())).map(|x| x.1).collect();
        let (dd, o) = with_past(&docs, &p);
        let q: Vec<Question> = train.iter().skip(fold).step_by(5).cloned().collect();
        states.push((dd, o, q));
    }
    let st: Vec<Collection> = states.iter().map(|(d,o,q)| Collection { docs: d, outside: o, questions: q }).collect();
    let ranking = fit_ranking(&st).unwrap();
    println!("{:?}", ranking.signals.iter().zip(&ranking.normal).collect::<Vec<_>>());
    let (cal, oof) = fit_over(&st, ranking).unwrap();
    println!("{:?}", cal.features.iter().zip(&cal.normal.weights).collect::<Vec<_>>());
    line(&format!("{lang} past oof"), &oof);
    let p: Vec<&Question> = train.iter().filter(|q| outside || q.article.is_some()).collect();
    let (dd, o) = with_past(&docs, &p);
    let t2 = Instant::now();
    std::hint::black_box(segue_assist::KnowledgeBase::build_with_outside(dd.clone(), &o, cal.clone()));
    println!("build {:?}", t2.elapsed());
    line(&format!("{lang} past dev outside={outside}"), &judge(&cal, Collection { docs: &dd, outside: &o, questions: &dev }).unwrap());
    println!("{:?}", t.elapsed());
}
#[test] fn a_en() { articles("en"); }
#[test] fn a_de() { articles("de"); }
#[test] fn p_en() { past("en", false); }
#[test] fn p_de() { past("de", false); }
#[test] fn o_en() { past("en", true); }
#[test] fn o_de() { past("de", true); }
#[test] fn demo() {
    let (docs, q) = help_centre();
    let even: Vec<_> = q.iter().step_by(2).cloned().collect();
    let odd: Vec<_> = q.iter().skip(1).step_by(2).cloned().collect();
    let ranking = fit_ranking(&[Collection { docs: &docs, outside: &[], questions: &even }]).unwrap();
    println!("{:?}", ranking.signals.iter().zip(&ranking.normal).collect::<Vec<_>>());
    let (cal, oof) = fit_over(&[Collection { docs: &docs, outside: &[], questions: &q }], ranking.clone()).unwrap();
    println!("{:?}", cal.features.iter().zip(&cal.normal.weights).collect::<Vec<_>>());
    line("demo all oof", &oof);
    let (ce, _) = fit_over(&[Collection { docs: &docs, outside: &[], questions: &even }], ranking).unwrap();
    line("demo odd by even", &judge(&ce, Collection { docs: &docs, outside: &[], questions: &odd }).unwrap());
    line("demo even by even", &judge(&ce, Collection { docs: &docs, outside: &[], questions: &even }).unwrap());
}
