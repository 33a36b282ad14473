//! One style of cells, taken apart and put together again.

use quick_xml::events::{BytesStart, Event};

use crate::marked::xml::{attribute, scan};

/// One style of cells.
#[derive(Debug, Default)]
pub(super) struct Xf {
    attributes: Vec<(String, String)>,
    pub alignment: Option<String>,
    pub protection: Option<String>,
}

impl Xf {
    pub fn read(written: &str) -> Option<Self> {
        let mut xf = Self::default();
        let mut child = 0;
        let read = scan("styles", written, |depth, event, range| {
            match (depth, event) {
                (0, Event::Start(tag) | Event::Empty(tag)) => xf.attributes = attributes(tag),
                (1, Event::Empty(tag)) => xf.child(tag, &written[range]),
                (1, Event::Start(_)) => child = range.start,
                (1, Event::End(tag)) => xf.child(&BytesStart::new(tag.name().as_ref()), &written[child..range.end]),
                _ => {}
            }
            Ok(())
        });
        read.ok().map(|()| xf)
    }

    /// Extensions are left out: they speak of features that a plain fill does not need.
    fn child(&mut self, tag: &BytesStart<'_>, written: &str) {
        match tag.local_name().as_ref() {
            "alignment" => self.alignment = Some(written.to_owned()),
            "protection" => self.protection = Some(written.to_owned()),
            _ => {}
        }
    }

    pub fn number(&self, name: &str) -> Option<u32> {
        let found = self.attributes.iter().find(|(key, _)| key == name)?;
        found.1.parse().ok()
    }

    pub fn set(&mut self, name: &str, value: &str) {
        match self.attributes.iter_mut().find(|(key, _)| key == name) {
            Some(found) => value.clone_into(&mut found.1),
            None => self.attributes.push((name.to_owned(), value.to_owned())),
        }
    }

    pub fn written(&self, prefix: &str) -> String {
        let mut out = format!("<{prefix}xf");
        for (name, value) in &self.attributes {
            out.push_str(&format!(" {name}=\"{value}\""));
        }
        match (&self.alignment, &self.protection) {
            (None, None) => out.push_str("/>"),
            (alignment, protection) => {
                out.push('>');
                out.extend(alignment.iter().chain(protection).map(String::as_str));
                out.push_str(&format!("</{prefix}xf>"));
            }
        }
        out
    }
}

fn attributes(tag: &BytesStart<'_>) -> Vec<(String, String)> {
    let keys = tag.attributes();
    let mut keys = keys;
    let keys = keys.with_checks(false).filter_map(Result::ok);
    keys.filter_map(|found| {
        let name = found.key.as_ref().to_owned();
        // Only plain words and numbers stand in a style.
        attribute(tag, &name)
            .filter(|value| !value.contains(['"', '<', '&']))
            .map(|value| (name, value))
    })
    .collect()
}
