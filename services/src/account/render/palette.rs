//! Colours of charts. They differ in lightness as well, so that they stay apart in grey and for the colour-blind; from the
//! seventh series on they are hatched.

/// A colour, red, green and blue in 8 bits each.
pub(super) type Rgb = u32;

/// Fillings of areas; light beside dark, since parts of a bar stand in this order.
const FILLS: [Rgb; 6] = [0x14_304F, 0xF0_B840, 0x2D_7CB5, 0xDF_E9F0, 0x96_351F, 0x8D_9D94];
/// The same for lines, which would not be seen on white if they were light.
const LINES: [Rgb; 6] = [0x14_304F, 0xB8_7A00, 0x2D_7CB5, 0x6B_7F8D, 0x96_351F, 0x4F_6B58];
/// Areas have an edge, without which the light ones would fade into the page.
pub(super) const EDGE: Rgb = 0x33_3F4A;

/// Colour of the areas of a series.
pub(super) fn fill(series: usize) -> Rgb {
    FILLS.get(series % FILLS.len()).copied().unwrap_or(EDGE)
}

/// Colour of the line of a series.
pub(super) fn line(series: usize) -> Rgb {
    LINES.get(series % LINES.len()).copied().unwrap_or(EDGE)
}

/// Whether the areas of a series are hatched, since its colour was used before.
pub(super) const fn is_hatched(series: usize) -> bool {
    (series / FILLS.len()) % 2 == 1
}

/// Black or white, whichever is read more easily on the colour.
pub(super) fn ink(colour: Rgb) -> Rgb {
    let [_, red, green, blue] = colour.to_be_bytes().map(u32::from);
    if red * 299 + green * 587 + blue * 114 > 140_000 {
        0x11_1111
    } else {
        0xFF_FFFF
    }
}

/// As CSS and OOXML write it, without `#`.
pub(super) fn hex(colour: Rgb) -> String {
    format!("{colour:06X}")
}

#[cfg(test)]
mod tests {
    use super::*;

    type Linear = [f64; 3];

    /// How the colour-blind see, after Machado, Oliveira and Fernandes (2009) at full severity.
    const BLIND: [[Linear; 3]; 3] = [
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ],
    ];

    fn linear(colour: Rgb) -> Linear {
        let [_, red, green, blue] = colour.to_be_bytes();
        [red, green, blue].map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        })
    }

    /// CIELAB under daylight.
    fn lab([red, green, blue]: Linear) -> Linear {
        let curve = |part: f64| {
            if part > 0.008856 {
                part.cbrt()
            } else {
                7.787 * part + 16.0 / 116.0
            }
        };
        let x = curve((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047);
        let y = curve(0.2126 * red + 0.7152 * green + 0.0722 * blue);
        let z = curve((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    fn pairs() -> impl Iterator<Item = (Linear, Linear)> {
        let all = FILLS.map(linear);
        (0..all.len()).flat_map(move |first| (0..first).map(move |second| (all[first], all[second])))
    }

    #[test]
    fn fillings_stay_apart_in_grey() {
        for (one, other) in pairs() {
            let apart = (lab(one)[0] - lab(other)[0]).abs();
            assert!(apart > 12.0, "{one:?} {other:?} {apart}");
        }
    }

    #[test]
    fn fillings_stay_apart_for_the_colour_blind() {
        for matrix in BLIND {
            let seen =
                |colour: Linear| matrix.map(|row| (0..3).map(|at| row[at] * colour[at]).sum::<f64>().clamp(0.0, 1.0));
            for (one, other) in pairs() {
                let (first, second) = (lab(seen(one)), lab(seen(other)));
                let apart = (0..3).map(|at| (first[at] - second[at]).powi(2)).sum::<f64>().sqrt();
                assert!(apart > 20.0, "{one:?} {other:?} {apart}");
            }
        }
    }

    #[test]
    fn lines_are_seen_on_white() {
        for colour in LINES {
            assert!(lab(linear(colour))[0] < 60.0, "{colour:06X}");
        }
    }
}
