WITH hit AS MATERIALIZED (
    SELECT rowid AS no, bm25(word, 10.0, 10.0, 1.0) AS rank FROM word WHERE word MATCH ?1
)
SELECT kind, id
FROM hit JOIN found USING (no)
WHERE ?5 IS NULL OR kind = ?5
ORDER BY
    ?2 IS NOT NULL AND no IN (SELECT rowid FROM word WHERE word MATCH ?2) DESC,
    ?3 IS NOT NULL AND no IN (SELECT rowid FROM word WHERE word MATCH ?3) DESC,
    no IN (SELECT rowid FROM word WHERE word MATCH ?4) DESC,
    hit.rank, no
