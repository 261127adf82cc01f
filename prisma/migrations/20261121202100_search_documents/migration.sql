-- Documents of a thousand pictures share most of their words: each word is brought to its one form once.
CREATE OR REPLACE FUNCTION search_documents(house text, positions int[]) RETURNS TABLE (n int, asset_id text, title_words text[], near_words text[], all_words text[], title text, near text, body text, keys text[])
LANGUAGE sql STABLE SET work_mem = '64MB' AS $$
  WITH e AS MATERIALIZED (SELECT s.n, s.asset_id, s.asset_no, s.words FROM search_entries s WHERE s.house_id = house AND s.n = ANY(positions)),
    l AS MATERIALIZED (SELECT e.n, lexeme FROM e, unnest(tsvector_to_array(e.words)) lexeme),
    stem AS MATERIALIZED (SELECT l.n, CASE WHEN lexeme LIKE 'a/%' THEN 1 WHEN lexeme LIKE 'b/%' THEN 2 ELSE 3 END AS level, regexp_replace(lexeme, '^[ab]/', '') AS word FROM l WHERE lexeme ~ '^[ab]/' OR lexeme !~ '[/*]'),
    form AS MATERIALIZED (SELECT word, search_one_form(word, (search_languages(house))[2:]) AS form FROM (SELECT DISTINCT word FROM stem) w),
    token AS (
      SELECT s.n, s.level, s.word FROM stem s
      UNION ALL SELECT s.n, s.level, f.form FROM stem s JOIN form f USING (word) WHERE f.form <> s.word
      UNION ALL SELECT l.n, CASE WHEN lexeme LIKE 'x/%' THEN 1 ELSE 3 END, substr(lexeme, 3) FROM l WHERE lexeme ~ '^[xw]/'),
    worded AS MATERIALIZED (SELECT t.n, array_agg(DISTINCT word ORDER BY word) FILTER (WHERE level = 1) AS title_words, array_agg(DISTINCT word ORDER BY word) FILTER (WHERE level = 2) AS near_words,
      array_agg(DISTINCT word ORDER BY word) FILTER (WHERE level = 3) AS all_words FROM token t WHERE word <> '' GROUP BY t.n),
    keyed AS MATERIALIZED (SELECT l.n, array_agg(lexeme ORDER BY lexeme) AS keys FROM l WHERE lexeme ~ '^[cfkrtx]/' GROUP BY l.n)
  SELECT e.n, e.asset_id, coalesce(w.title_words, '{}'), coalesce(w.near_words, '{}'), coalesce(w.all_words, '{}'),
    array_to_string(search_split(search_plain(a.title)), ' '), array_to_string(search_split(search_plain(concat_ws(' ', array_to_string(a.keywords, ' '), a.creator))), ' '),
    array_to_string(search_split(search_plain(concat_ws(' ', a.description, a.alt_text))), ' '), coalesce(k.keys, '{}')
  FROM e JOIN assets a ON a.no = e.asset_no LEFT JOIN worded w USING (n) LEFT JOIN keyed k USING (n) ORDER BY e.n
$$;
