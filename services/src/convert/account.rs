//! Accounts.

use std::collections::HashMap;

use ducha::v1::{self, account_block::Block as Kind, account_span::Span as Piece};
use ducha_records::accounts::Published;
use prost::Message;
use sha2::{Digest, Sha256};

use super::{decimal, timestamp};
use crate::account::build::Built;
use crate::account::document::{self, Block, Chart, ChartKind, Document, Span, Table};
use crate::account::records::Source;
use crate::language::{self, Language};
use crate::request::day_text;

/// An account with its hash.
#[must_use]
pub fn account(inspection: &str, built: &Built) -> v1::Account {
    let document = &built.document;
    let figures: Vec<v1::Figure> = document.figures.iter().map(figure).collect();
    let mut account = v1::Account {
        inspection_id: inspection.to_owned(),
        as_of: day_text(Some(document.as_of)),
        language: language::tag(document.language).to_owned(),
        title: document.title.clone(),
        blocks: document.blocks.iter().map(|each| block(each, document)).collect(),
        figures,
        gaps: Vec::new(),
        content_sha256: String::new(),
    };
    account.content_sha256 = account_hash(&account);
    account.gaps.clone_from(&built.gaps);
    account
}

/// The hash of an account in which neither itself nor the gaps are filled in.
#[must_use]
pub fn account_hash(account: &v1::Account) -> String {
    ducha_records::hex::hex(&Sha256::digest(account.encode_to_vec()))
}

/// A figure.
#[must_use]
pub fn figure(figure: &document::Figure) -> v1::Figure {
    v1::Figure {
        key: figure.key.clone(),
        label: figure.label.clone(),
        text: figure.text.clone(),
        value: figure.millionths.map(decimal),
        unit: figure.unit.clone(),
        gap: figure.gap.clone(),
        records: figure.records.unwrap_or(0),
    }
}

/// A record behind a figure.
#[must_use]
pub fn figure_record(source: Source, names: &super::FileNames) -> v1::FigureRecord {
    v1::FigureRecord {
        kind: source.kind.into(),
        number: source.number,
        division: source.division,
        amount: source.millionths.map(decimal),
        origin: super::origin(
            source.origin.import_id,
            source.origin.sheet,
            source.origin.row_number,
            names,
        ),
    }
}

/// What is told of a published account beside its content.
#[must_use]
pub fn published(row: Published) -> v1::PublishedAccount {
    v1::PublishedAccount {
        id: row.id,
        inspection_id: row.inspection_id,
        as_of: day_text(Some(row.as_of)),
        language: row.language,
        title: row.title,
        content_sha256: row.content_sha256,
        published_by: row.published_by,
        published_at: Some(timestamp(row.published_at_utc)),
        note: row.note,
        sequence: row.sequence,
    }
}

fn block(block: &Block, document: &Document) -> v1::AccountBlock {
    let kind = match block {
        Block::Heading { level, text: spans } => Kind::Heading(v1::AccountHeading {
            level: (*level).into(),
            text: Some(text(spans, document)),
        }),
        Block::Paragraph(spans) => Kind::Paragraph(text(spans, document)),
        Block::List { ordered, items } => Kind::List(v1::AccountList {
            ordered: *ordered,
            items: items.iter().map(|spans| text(spans, document)).collect(),
        }),
        Block::Table(table) => Kind::Table(of_table(table, document)),
        Block::Chart(chart) => Kind::Chart(of_chart(chart)),
    };
    v1::AccountBlock { block: Some(kind) }
}

fn text(spans: &[Span], document: &Document) -> v1::AccountText {
    let piece = |span: &Span| match span {
        Span::Text(text) => Piece::Text(text.clone()),
        Span::Strong(text) => Piece::Strong(text.clone()),
        Span::Figure(at) => Piece::Figure(
            document
                .figures
                .get(*at)
                .map(|figure| figure.key.clone())
                .unwrap_or_default(),
        ),
    };
    let spans = spans.iter().map(|span| v1::AccountSpan {
        span: Some(piece(span)),
    });
    v1::AccountText { spans: spans.collect() }
}

fn of_table(table: &Table, document: &Document) -> v1::AccountTable {
    let row = |cells: &Vec<Vec<Span>>| v1::AccountTableRow {
        cells: cells.iter().map(|spans| text(spans, document)).collect(),
    };
    v1::AccountTable {
        title: table.title.clone(),
        columns: table.columns.clone(),
        rows: table.rows.iter().map(row).collect(),
    }
}

fn of_chart(chart: &Chart) -> v1::AccountChart {
    let kind = match chart.kind {
        ChartKind::Bars => v1::AccountChartKind::Bars,
        ChartKind::StackedBars => v1::AccountChartKind::StackedBars,
        ChartKind::Lines => v1::AccountChartKind::Lines,
    };
    let series = chart.series.iter().map(|series| v1::AccountChartSeries {
        name: series.name.clone(),
        values: series
            .values
            .iter()
            .map(|value| v1::AccountChartValue { value: *value })
            .collect(),
    });
    v1::AccountChart {
        title: chart.title.clone(),
        kind: kind.into(),
        categories: chart.categories.clone(),
        series: series.collect(),
        unit: chart.unit.clone(),
    }
}

/// A stored account as a document again.
#[must_use]
pub fn document(account: v1::Account, language: Language, as_of: chrono::NaiveDate) -> Document {
    let places: HashMap<&str, usize> = account
        .figures
        .iter()
        .enumerate()
        .map(|(at, figure)| (figure.key.as_str(), at))
        .collect();
    Document {
        language,
        title: account.title.clone(),
        as_of,
        blocks: account
            .blocks
            .iter()
            .filter_map(|block| read_block(block, &places))
            .collect(),
        figures: account.figures.iter().map(read_figure).collect(),
    }
}

fn read_figure(figure: &v1::Figure) -> document::Figure {
    document::Figure {
        key: figure.key.clone(),
        text: figure.text.clone(),
        millionths: figure.value.as_deref().and_then(millionths),
        unit: figure.unit.clone(),
        label: figure.label.clone(),
        gap: figure.gap.clone(),
        records: Some(figure.records),
    }
}

/// The amount of a decimal number with at most six places.
fn millionths(text: &str) -> Option<i64> {
    let (whole, places) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{places:0<6}").parse().ok()
}

fn read_block(block: &v1::AccountBlock, places: &HashMap<&str, usize>) -> Option<Block> {
    let spans = |text: Option<&v1::AccountText>| text.map(|text| read_text(text, places)).unwrap_or_default();
    Some(match block.block.as_ref()? {
        Kind::Heading(heading) => Block::Heading {
            level: u8::try_from(heading.level).unwrap_or(3),
            text: spans(heading.text.as_ref()),
        },
        Kind::Paragraph(text) => Block::Paragraph(read_text(text, places)),
        Kind::List(list) => Block::List {
            ordered: list.ordered,
            items: list.items.iter().map(|item| read_text(item, places)).collect(),
        },
        Kind::Table(table) => Block::Table(Table {
            title: table.title.clone(),
            columns: table.columns.clone(),
            rows: table
                .rows
                .iter()
                .map(|row| row.cells.iter().map(|cell| read_text(cell, places)).collect())
                .collect(),
        }),
        Kind::Chart(chart) => Block::Chart(Chart {
            title: chart.title.clone(),
            kind: match chart.kind() {
                v1::AccountChartKind::StackedBars => ChartKind::StackedBars,
                v1::AccountChartKind::Lines => ChartKind::Lines,
                v1::AccountChartKind::Bars | v1::AccountChartKind::Unspecified => ChartKind::Bars,
            },
            categories: chart.categories.clone(),
            series: chart
                .series
                .iter()
                .map(|series| document::Series {
                    name: series.name.clone(),
                    values: series.values.iter().map(|value| value.value).collect(),
                })
                .collect(),
            unit: chart.unit.clone(),
        }),
    })
}

fn read_text(text: &v1::AccountText, places: &HashMap<&str, usize>) -> Vec<Span> {
    let span = |span: &v1::AccountSpan| {
        Some(match span.span.as_ref()? {
            Piece::Text(text) => Span::Text(text.clone()),
            Piece::Strong(text) => Span::Strong(text.clone()),
            Piece::Figure(key) => Span::Figure(*places.get(key.as_str())?),
        })
    };
    text.spans.iter().filter_map(span).collect()
}
