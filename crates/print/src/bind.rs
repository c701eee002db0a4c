//! Several files in one (zip), for whoever hands them on together.

use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

use crate::Refused;

/// The files in one, in their order. The same files are the same bytes: no clock is in it.
pub fn zip(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, Refused> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut write = || -> zip::result::ZipResult<()> {
        for (name, bytes) in files {
            zip.start_file(name.as_str(), SimpleFileOptions::default())?;
            zip.write_all(bytes)?;
        }
        Ok(())
    };
    write().map_err(|error| Refused::TooMuch(error.to_string()))?;
    Ok(zip.finish().map_err(|error| Refused::TooMuch(error.to_string()))?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    // Planted: the second file left out → caught.
    #[test]
    fn every_file_is_in_it_and_the_same_files_are_the_same_bytes() {
        let files = [("01_giấy.pdf".to_owned(), b"one".to_vec()), ("02.docx".to_owned(), vec![0; 100_000])];
        let bytes = zip(&files).expect("a file");
        assert_eq!(bytes, zip(&files).expect("a file"));
        assert!(bytes.len() < 10_000, "it is packed");
        let mut read = zip::ZipArchive::new(Cursor::new(bytes)).expect("reads");
        assert_eq!(read.len(), files.len());
        for (name, bytes) in &files {
            let mut found = Vec::new();
            read.by_name(name).expect("is there").read_to_end(&mut found).expect("reads");
            assert_eq!(&found, bytes, "{name}");
        }
    }
}
