//! Files with a form.

use ducha_records::importing::{FormColumn, FormWord};

use super::File;

impl File {
    /// Its columns as those of a petition ledger: field and header of each, below a title.
    pub fn form(mut self, columns: &[(&str, &str)]) -> Self {
        self.form.kind = "petitions";
        let columns = (0..).zip(columns).map(|(column, (field, header))| FormColumn {
            field: (*field).to_owned(),
            header: (*header).to_owned(),
            sheet: "Sheet1".to_owned(),
            row: 3,
            column,
        });
        self.form.columns = columns.collect();
        self
    }

    /// A word that its first row of data has in the column of `field`, and the template's word for it.
    pub fn word(mut self, field: &str, word: &str, taken_for: &str) -> Self {
        let column = self.form.columns.iter().find(|column| column.field == field);
        let column = column.expect("the column of the word");
        self.form.words.push(FormWord {
            field: field.to_owned(),
            header: column.header.clone(),
            word: word.to_owned(),
            taken_for: taken_for.to_owned(),
            sheet: column.sheet.clone(),
            row: 4,
            column: column.column,
        });
        self
    }

    /// Its profile switches a rule off.
    pub fn without(mut self, rule: &str) -> Self {
        self.form.off.push(rule.to_owned());
        self
    }
}
