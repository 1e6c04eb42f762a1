//! Dates as people write them into tables: `2016-01-19`, `19/01/2016`, `19.1.16`, `19 Jan 2016`, `January 19, 2016`.

use jiff::civil::Date;

/// A date that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadDate {
    /// The day.
    pub date: Date,
    /// Whether day and month could be the other way round; the day is taken first then, as in Wales.
    pub is_ambiguous: bool,
}

/// The first letters of the months, in English and in Welsh.
const MONTHS: [[&str; 2]; 12] = [
    ["jan", "ion"],
    ["feb", "chw"],
    ["mar", "maw"],
    ["apr", "ebr"],
    ["may", "mai"],
    ["jun", "meh"],
    ["jul", "gor"],
    ["aug", "aws"],
    ["sep", "med"],
    ["oct", "hyd"],
    ["nov", "tac"],
    ["dec", "rha"],
];

/// Reads a date; a time of day behind it does not matter. `None` if it is no date, or no day that there is.
#[must_use]
pub fn read_date(text: &str) -> Option<ReadDate> {
    let parts = date_parts(text);
    let (day, month, year, is_ambiguous) = match parts.as_slice() {
        [Part::Number(year, 4), Part::Number(month, _), Part::Number(day, _)] => (*day, *month, *year, false),
        [Part::Number(first, 1 | 2), Part::Number(second, 1 | 2), Part::Number(year, digits @ (2 | 4))] => {
            let year = if *digits == 2 { year + 2000 } else { *year };
            let is_month_first = *second > 12;
            let (day, month) = if is_month_first { (*second, *first) } else { (*first, *second) };
            (day, month, year, *first <= 12 && *second <= 12 && first != second)
        }
        [Part::Number(day, 1 | 2), Part::Month(month), Part::Number(year, 4)]
        | [Part::Month(month), Part::Number(day, 1 | 2), Part::Number(year, 4)] => {
            (*day, *month, *year, false)
        }
        _ => return None,
    };
    let (year, month, day) = (year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
    Date::new(year, month, day).ok().map(|date| ReadDate { date, is_ambiguous })
}

/// A number with how many digits it has, or a month by its name.
enum Part {
    Number(u32, usize),
    Month(u32),
}

/// The first three numbers and months, as far as nothing else stands before or between them.
fn date_parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while parts.len() < 3 && !rest.is_empty() {
        let is_digit = rest.starts_with(|c: char| c.is_ascii_digit());
        let alike = |c: char| if is_digit { c.is_ascii_digit() } else { c.is_alphabetic() };
        let end = rest.find(|c| !alike(c)).unwrap_or(rest.len());
        let Some((word, behind)) = rest.split_at_checked(end) else { break };
        let part = if is_digit {
            word.parse().ok().map(|number| Part::Number(number, word.len()))
        } else {
            month(word).map(Part::Month)
        };
        let Some(part) = part else { return Vec::new() };
        // The letters of an ordinal (19th) belong to their number.
        let behind = ["st", "nd", "rd", "th"]
            .iter()
            .filter(|_| is_digit)
            .find_map(|letters| {
                behind.strip_prefix(letters).filter(|rest| !rest.starts_with(char::is_alphabetic))
            })
            .unwrap_or(behind);
        parts.push(part);
        rest = behind.trim_start_matches([' ', '/', '.', '-', ',']);
        let is_joined = rest.len() == behind.len() && !rest.is_empty();
        // A time may follow at once (`2016-01-19T10:00`), but nothing else.
        if is_joined && !(parts.len() == 3 && rest.starts_with(['T', 't'])) {
            return Vec::new();
        }
    }
    // Behind the date there may be a time of day alone.
    let is_time = |rest: &str| rest.trim_start_matches(['T', 't']).starts_with(|c: char| c.is_ascii_digit());
    if rest.is_empty() || (is_time(rest) && rest.contains(':')) { parts } else { Vec::new() }
}

fn month(word: &str) -> Option<u32> {
    let folded = word.to_lowercase();
    let place = MONTHS.iter().position(|names| names.iter().any(|name| folded.starts_with(name)))?;
    u32::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, bool)> {
        read_date(text).map(|read| (read.date.to_string(), read.is_ambiguous))
    }

    #[test]
    fn the_ways_of_writing_a_day_are_read() {
        let day = |ambiguous: bool| Some((String::from("2016-01-19"), ambiguous));
        for text in [
            "2016-01-19",
            " 2016/01/19 ",
            "2016-01-19T10:30:00Z",
            "2016-01-19 10:30",
            "19/01/2016",
            "19.1.2016",
            "19-1-16",
            "01/19/2016",
            "19 Jan 2016",
            "19th January 2016",
            "January 19, 2016",
            "19 Ionawr 2016",
        ] {
            assert_eq!(read(text), day(false), "{text}");
        }
        assert_eq!(read("05/04/2016"), Some(("2016-04-05".into(), true)), "the day first, and said so");
        assert_eq!(read("04/04/2016"), Some(("2016-04-04".into(), false)), "the same either way");
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in
            ["", "12", "2016", "31/02/2016", "2016-13-01", "wave 2", "1/2", "3 of 12 2016", "19/01/2016 late"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
