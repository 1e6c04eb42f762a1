//! Second looks at what a pattern matched: check digits, days that exist, words that are no names.

use jiff::civil::Date;

/// Takes a match (with spaces and dashes made plain) or not.
pub(super) type Validator = fn(&str) -> bool;

/// The validator of a name in the file of patterns.
pub(super) fn named(name: &str) -> Option<Validator> {
    Some(match name {
        "nhs_mod11" => nhs_number,
        "nino_prefix" => national_insurance,
        "uk_phone" => phone,
        "postcode_area" => postcode,
        "calendar_date" => date,
        "not_common_word" => ends_in_no_common_word,
        "not_generic_institution" => names_an_institution,
        _ => return None,
    })
}

/// The areas that postcodes begin with.
const POSTCODE_AREAS: &str = "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E \
                              EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE \
                              LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK \
                              SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE";

/// Words with a capital that follow a title or `called` and name nobody.
const COMMON: &str = "monday tuesday wednesday thursday friday saturday sunday january february march april may june july \
                      august september october november december welsh wales english england british scottish irish \
                      cardiff swansea prudent healthcare coproduction nhs health i the a an and but so well she he they we \
                      it that this google";

/// Words that tell of no certain hospital, surgery or school.
const GENERIC: &str = "the a an my our your his her their local general community cottage university district big new old nhs \
                       primary secondary care every any this that each at in to from of and or doctors gp";

fn is_in(list: &str, word: &str) -> bool {
    list.split(' ').any(|listed| listed == word)
}

fn digits(text: &str) -> Vec<u32> {
    text.chars().filter_map(|c| c.to_digit(10)).collect()
}

/// Ten digits, not all the same, the last of which is the check digit of the first nine: 11 minus their sum, weighted 10 to
/// 2, modulo 11, where 11 is written 0 and 10 is never given out.
fn nhs_number(found: &str) -> bool {
    let digits = digits(found);
    let Some((check, first)) = digits.split_last() else { return false };
    if first.len() != 9 || first.iter().all(|digit| digit == check) {
        return false;
    }
    let sum: u32 = first.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    let wanted = match 11 - sum % 11 {
        11 => 0,
        other => other,
    };
    wanted == *check
}

/// Prefixes that are never given out.
fn national_insurance(found: &str) -> bool {
    let prefix = found.get(..2).unwrap_or_default().to_ascii_uppercase();
    !matches!(prefix.as_str(), "BG" | "GB" | "KN" | "NK" | "NT" | "TN" | "ZZ")
}

/// Ten or eleven digits from a range in use; mobile numbers have eleven.
fn phone(found: &str) -> bool {
    let mut digits = digits(found);
    if found.starts_with("+44") {
        let national = digits.iter().skip(2).skip_while(|digit| **digit == 0).copied();
        digits = std::iter::once(0).chain(national).collect();
    }
    match digits.as_slice() {
        [0, 7, ..] => digits.len() == 11,
        [0, 1..=3 | 8 | 9, ..] => matches!(digits.len(), 10 | 11),
        _ => false,
    }
}

/// Begins with a postcode area, or is that of the Girobank.
fn postcode(found: &str) -> bool {
    let area: String = found.chars().take_while(char::is_ascii_alphabetic).collect();
    let area = area.to_ascii_uppercase();
    area == "GIR" || is_in(POSTCODE_AREAS, &area)
}

/// A day that exists between 1900 and 2100, written year first or last; two-digit years above 30 are of the last century.
fn date(found: &str) -> bool {
    let parts: Vec<&str> = found.split(['/', '.', '-']).collect();
    let [first, month, last] = parts.as_slice() else { return false };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    let (Ok(year), Ok(month), Ok(day)) = (year.parse::<i16>(), month.parse(), day.parse()) else {
        return false;
    };
    let year = match year {
        31..=99 => 1900 + year,
        0..=30 => 2000 + year,
        _ => year,
    };
    (1900..=2100).contains(&year) && Date::new(year, month, day).is_ok()
}

/// The last word is not one of those that follow a title or `called` without naming anybody.
fn ends_in_no_common_word(found: &str) -> bool {
    let last = found.split_whitespace().next_back().unwrap_or_default();
    !is_in(COMMON, &last.trim_matches(['’', '\'']).to_lowercase())
}

/// A word before the kind of institution is a name.
fn names_an_institution(found: &str) -> bool {
    if found.starts_with("Ysbyty") {
        return true;
    }
    let words: Vec<String> = found.split_whitespace().map(str::to_lowercase).collect();
    let kind = match words.last().map(String::as_str) {
        Some("centre" | "practice" | "school") => 2,
        _ => 1,
    };
    let named = words.get(..words.len().saturating_sub(kind)).unwrap_or_default();
    let is_generic = |word: &String| {
        let owner = word.trim_end_matches(['’', '\'', 's']);
        is_in(GENERIC, word) || is_in(GENERIC, owner)
    };
    !named.iter().all(is_generic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_digit_of_ten_is_never_given_out() {
        // 9 x (10 + 9 + 8) = 243 = 11 x 22 + 1, so 999 000 000 would need 10.
        assert!((0..10).all(|last| !nhs_number(&format!("999000000{last}"))));
        // 943 476 591: 90+36+24+28+42+30+20+27+2 = 299 = 11 x 27 + 2, so 9.
        assert!(nhs_number("943 476 5919") && !nhs_number("943 476 5918"));
        assert!(!nhs_number("0000000000") && !nhs_number("") && !nhs_number("94347659190"));
    }

    #[test]
    fn a_date_is_a_day_that_exists() {
        assert!(date("29/02/2016") && date("1.1.54") && date("2015-12-02") && date("29-2-00"));
        assert!(!date("29/02/2015") && !date("31/04/2016") && !date("2015-13-01") && !date("1/2"));
    }

    #[test]
    fn phone_numbers_have_their_lengths() {
        assert!(phone("029 2018 0123") && phone("+44 (0)7700 900456") && phone("01632 96000"));
        assert!(!phone("07700 90012") && !phone("0456 123 4567") && !phone("02920"));
    }

    #[test]
    fn an_institution_has_a_name() {
        assert!(names_an_institution("Ysbyty Gwynedd") && names_an_institution("the Mumbles Surgery"));
        assert!(names_an_institution("Bryn Health Centre"));
        assert!(!names_an_institution("Local Hospital") && !names_an_institution("The GP’s Surgery"));
        assert!(!names_an_institution("Our Health Centre"));
    }
}
