//! Words that somebody typed or put right: marks of secrecy are looked for in them as in a file.

use crate::{
    Place, Refusal,
    line::{Line, Part},
    secrecy,
};

/// Refuses what a paper is called by, its number or its subject, where a mark of secrecy stands in it as offices put one in a
/// file's name: `12-NQ/TU-MẬT`, `Kế hoạch diễn tập (MẬT)`.
pub fn check_called<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<(), Refusal> {
    let refuse = |refusal| match refusal {
        Refusal::Secret { mark, .. } => Refusal::Secret { mark, place: Place::Text },
        refusal => refusal,
    };
    words.into_iter().try_for_each(|words| secrecy::of_name(words).map_err(refuse))
}

/// Refuses words that bear a mark of secrecy: each run of them by itself, line by line.
pub fn check<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<(), Refusal> {
    let line = |text: &str| Part::Line(Line::of(&[(text.to_owned(), false)]));
    let parts: Vec<Part> = words.into_iter().flat_map(str::lines).map(line).collect();
    secrecy::of_text(&parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Planted: only lines looked at → caught.
    #[test]
    fn a_number_and_a_subject_bear_a_mark_as_a_files_name_does() {
        for marked in ["12-NQ/TU-MẬT", "12-NQ/TU (mật)", "Kế hoạch diễn tập (MẬT)", "[Tối mật] Phương án phòng thủ"]
        {
            let refused = check_called([marked]).map(|()| marked).unwrap_err();
            assert!(matches!(refused, Refusal::Secret { place: Place::Text, .. }), "{marked}");
        }
        for plain in [
            "12-NQ/TU",
            "117/2025/QH15",
            "Luật Bảo vệ bí mật nhà nước",
            "Về danh mục bí mật nhà nước độ Tuyệt mật, Tối mật của Đảng",
            "Về nuôi ong lấy mật ở vùng cao",
            "VỀ CÔNG TÁC BẢO MẬT, PHÒNG GIAN",
        ] {
            assert_eq!(check_called([plain]), Ok(()), "{plain}");
        }
    }
}
