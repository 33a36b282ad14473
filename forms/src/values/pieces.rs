//! Cells that hold several answers: `水、大气`, `贵阳市和遵义市`.

/// Marks that always part two answers.
const MARKS: [char; 8] = ['、', ',', '，', ';', '；', '/', '／', '\n'];

/// Words that part two answers, unless they belong to a name.
const WORDS: [char; 3] = ['和', '及', '与'];

/// Reads `text` as one answer, or else as several, parted by marks and then by words; the longest piece is tried first,
/// so a name that holds a parting word survives. Empty pieces are passed over.
///
/// # Errors
/// What `read` said of the first piece that can be neither read nor parted.
pub(crate) fn read_all<T, E>(text: &str, read: &mut impl FnMut(&str) -> Result<T, E>) -> Result<Vec<T>, E> {
    let fault = match read(text) {
        Ok(answer) => return Ok(vec![answer]),
        Err(fault) => fault,
    };
    let mut answers = Vec::new();
    for piece in text.split(MARKS).map(str::trim).filter(|piece| !piece.is_empty()) {
        by_words(piece, read, &mut answers)?;
    }
    if answers.is_empty() { Err(fault) } else { Ok(answers) }
}

fn by_words<T, E>(piece: &str, read: &mut impl FnMut(&str) -> Result<T, E>, answers: &mut Vec<T>) -> Result<(), E> {
    let fault = match read(piece) {
        Ok(answer) => {
            answers.push(answer);
            return Ok(());
        }
        Err(fault) => fault,
    };
    for (at, word) in piece.rmatch_indices(WORDS) {
        let left = piece[..at].trim_end_matches(['以', ' ']);
        if let Ok(left) = read(left) {
            answers.push(left);
            return by_words(piece[at + word.len()..].trim(), read, answers);
        }
    }
    Err(fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<String>, String> {
        let known = ["水", "大气", "和平县", "生态", "及第"];
        read_all(text, &mut |piece: &str| {
            if known.contains(&piece) {
                Ok(piece.to_owned())
            } else {
                Err(piece.to_owned())
            }
        })
    }

    #[test]
    fn marks_and_words_part_answers() {
        for text in [
            "水、大气",
            "水,大气",
            "水，大气、",
            "水;大气",
            "水；大气",
            "水/大气",
            "水\n大气",
            "水和大气",
            "水及大气",
            "水以及大气",
            " 水 、 大气 ",
        ] {
            assert_eq!(read(text), Ok(vec!["水".to_owned(), "大气".to_owned()]), "{text}");
        }
    }

    #[test]
    fn names_with_a_parting_word_survive() {
        assert_eq!(read("水和和平县"), Ok(vec!["水".to_owned(), "和平县".to_owned()]));
        assert_eq!(
            read("和平县及及第和水"),
            Ok(vec!["和平县".to_owned(), "及第".to_owned(), "水".to_owned()])
        );
    }

    #[test]
    fn the_unread_piece_is_named() {
        assert_eq!(read("水、火"), Err("火".to_owned()));
        assert_eq!(read("水和火"), Err("火".to_owned()));
        assert_eq!(read("、"), Err("、".to_owned()));
    }
}
