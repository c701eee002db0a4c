-- Printed by `cargo xtask generate` from crates/domain. Do not edit.

CREATE TABLE "unit" (
    id BLOB NOT NULL PRIMARY KEY,
    above BLOB,
    level TEXT NOT NULL DEFAULT 'province',
    name TEXT NOT NULL DEFAULT '',
    code TEXT,
    valid_from TEXT,
    valid_to TEXT,
    successor BLOB,
    former_names TEXT,
    term TEXT,
    locality TEXT,
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "unit_above" ON "unit" (above);
CREATE INDEX "unit_successor" ON "unit" (successor);
CREATE INDEX "unit_asks" ON "unit" (id) WHERE _asks = 1;

CREATE TABLE "member" (
    id BLOB NOT NULL PRIMARY KEY,
    unit BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    name TEXT NOT NULL DEFAULT '',
    birth_year INTEGER,
    post TEXT,
    standing TEXT NOT NULL DEFAULT 'probationary',
    activity TEXT NOT NULL DEFAULT 'active',
    activity_from TEXT,
    activity_to TEXT,
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "member_unit" ON "member" (unit);
CREATE INDEX "member_asks" ON "member" (id) WHERE _asks = 1;

CREATE TABLE "grant" (
    id BLOB NOT NULL PRIMARY KEY,
    unit BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    member BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    office TEXT NOT NULL DEFAULT 'member',
    valid_from TEXT NOT NULL DEFAULT '',
    valid_to TEXT,
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "grant_unit" ON "grant" (unit);
CREATE INDEX "grant_member" ON "grant" (member);
CREATE INDEX "grant_asks" ON "grant" (id) WHERE _asks = 1;

CREATE TABLE "device" (
    id BLOB NOT NULL PRIMARY KEY,
    member BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    name TEXT NOT NULL DEFAULT '',
    public_key TEXT NOT NULL DEFAULT '',
    enrolled_at TEXT NOT NULL DEFAULT '',
    confirmed_at TEXT,
    revoked_at TEXT,
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "device_member" ON "device" (member);
CREATE INDEX "device_asks" ON "device" (id) WHERE _asks = 1;

CREATE TABLE "person" (
    id BLOB NOT NULL PRIMARY KEY,
    member BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    full_name TEXT NOT NULL DEFAULT '',
    birth_date TEXT,
    gender TEXT,
    personal_id TEXT,
    phone TEXT,
    admitted_on TEXT,
    admission_decision_on TEXT,
    official_on TEXT,
    card_no TEXT,
    temporary_cell BLOB,
    temporary_from TEXT,
    temporary_to TEXT,
    exemption_group TEXT,
    exemption_from TEXT,
    exemption_to TEXT,
    exemption_resolution TEXT,
    end_date TEXT,
    end_reason TEXT,
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "person_member" ON "person" (member);
CREATE INDEX "person_temporary_cell" ON "person" (temporary_cell);
CREATE INDEX "person_asks" ON "person" (id) WHERE _asks = 1;

CREATE TABLE "meeting" (
    id BLOB NOT NULL PRIMARY KEY,
    unit BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    kind TEXT NOT NULL DEFAULT 'regular',
    topic TEXT,
    planned_at TEXT NOT NULL DEFAULT '',
    planned_until TEXT,
    started_at TEXT,
    ended_at TEXT,
    place TEXT NOT NULL DEFAULT '',
    chair BLOB,
    minute_taker BLOB,
    status TEXT NOT NULL DEFAULT 'planned',
    attendance_closed_at TEXT,
    invited_at TEXT,
    supervisor TEXT,
    guests TEXT,
    dues_stated_at TEXT,
    dues_paid INTEGER,
    dues_of INTEGER,
    short_notice INTEGER NOT NULL DEFAULT 0,
    from_paper INTEGER NOT NULL DEFAULT 0,
    not_held TEXT,
    papers_posted_on TEXT,
    finished_posted_on TEXT,
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "meeting_unit" ON "meeting" (unit);
CREATE INDEX "meeting_chair" ON "meeting" (chair);
CREATE INDEX "meeting_minute_taker" ON "meeting" (minute_taker);
CREATE INDEX "meeting_asks" ON "meeting" (id) WHERE _asks = 1;
CREATE TRIGGER "meeting_came" AFTER INSERT ON "meeting" BEGIN
    INSERT INTO stale VALUES ('meeting', new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER "meeting_changed" AFTER UPDATE OF topic, place, removed ON "meeting" BEGIN
    INSERT INTO stale VALUES ('meeting', new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER "meeting_went" AFTER DELETE ON "meeting" BEGIN
    INSERT INTO stale VALUES ('meeting', old.id) ON CONFLICT DO NOTHING;
END;

CREATE TABLE "attendance" (
    id BLOB NOT NULL PRIMARY KEY,
    meeting BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    member BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    mark TEXT NOT NULL DEFAULT 'unmarked',
    arrived_at TEXT,
    reason TEXT,
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "attendance_meeting" ON "attendance" (meeting);
CREATE INDEX "attendance_member" ON "attendance" (member);
CREATE INDEX "attendance_asks" ON "attendance" (id) WHERE _asks = 1;

CREATE TABLE "resolution" (
    id BLOB NOT NULL PRIMARY KEY,
    unit BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    meeting BLOB,
    kind TEXT NOT NULL DEFAULT 'resolution',
    title TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL DEFAULT '',
    adopted_on TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL DEFAULT 'draft',
    outcome TEXT,
    vote BLOB,
    series TEXT,
    number INTEGER,
    round INTEGER,
    cancelled TEXT,
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "resolution_unit" ON "resolution" (unit);
CREATE INDEX "resolution_meeting" ON "resolution" (meeting);
CREATE INDEX "resolution_vote" ON "resolution" (vote);
CREATE INDEX "resolution_asks" ON "resolution" (id) WHERE _asks = 1;
CREATE TRIGGER "resolution_came" AFTER INSERT ON "resolution" BEGIN
    INSERT INTO stale VALUES ('resolution', new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER "resolution_changed" AFTER UPDATE OF title, body, number, removed ON "resolution" BEGIN
    INSERT INTO stale VALUES ('resolution', new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER "resolution_went" AFTER DELETE ON "resolution" BEGIN
    INSERT INTO stale VALUES ('resolution', old.id) ON CONFLICT DO NOTHING;
END;

CREATE TABLE "rating" (
    id BLOB NOT NULL PRIMARY KEY,
    member BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    year INTEGER NOT NULL DEFAULT 0,
    class TEXT,
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "rating_member" ON "rating" (member);
CREATE INDEX "rating_asks" ON "rating" (id) WHERE _asks = 1;

CREATE TABLE "badge" (
    id BLOB NOT NULL PRIMARY KEY,
    member BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    years INTEGER NOT NULL DEFAULT 0,
    given_on TEXT,
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "badge_member" ON "badge" (member);
CREATE INDEX "badge_asks" ON "badge" (id) WHERE _asks = 1;

CREATE TABLE "dues" (
    id BLOB NOT NULL PRIMARY KEY,
    member BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    month TEXT NOT NULL DEFAULT '',
    paid INTEGER NOT NULL DEFAULT 0,
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "dues_member" ON "dues" (member);
CREATE INDEX "dues_asks" ON "dues" (id) WHERE _asks = 1;

CREATE TABLE "decision" (
    id BLOB NOT NULL PRIMARY KEY,
    member BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    entry TEXT NOT NULL DEFAULT '',
    taken INTEGER NOT NULL DEFAULT 0,
    reason TEXT,
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "decision_member" ON "decision" (member);
CREATE INDEX "decision_asks" ON "decision" (id) WHERE _asks = 1;

CREATE TABLE "item" (
    id BLOB NOT NULL PRIMARY KEY,
    unit BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    meeting BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    place INTEGER NOT NULL DEFAULT 0,
    title TEXT NOT NULL DEFAULT '',
    papers TEXT,
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "item_unit" ON "item" (unit);
CREATE INDEX "item_meeting" ON "item" (meeting);
CREATE INDEX "item_asks" ON "item" (id) WHERE _asks = 1;
CREATE TRIGGER "item_came" AFTER INSERT ON "item" BEGIN
    INSERT INTO stale VALUES ('item', new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER "item_changed" AFTER UPDATE OF title, papers, removed ON "item" BEGIN
    INSERT INTO stale VALUES ('item', new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER "item_went" AFTER DELETE ON "item" BEGIN
    INSERT INTO stale VALUES ('item', old.id) ON CONFLICT DO NOTHING;
END;

CREATE TABLE "discussion" (
    id BLOB NOT NULL PRIMARY KEY,
    unit BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    item BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    words TEXT,
    conclusion TEXT,
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "discussion_unit" ON "discussion" (unit);
CREATE INDEX "discussion_item" ON "discussion" (item);
CREATE INDEX "discussion_asks" ON "discussion" (id) WHERE _asks = 1;
CREATE TRIGGER "discussion_came" AFTER INSERT ON "discussion" BEGIN
    INSERT INTO stale VALUES ('discussion', new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER "discussion_changed" AFTER UPDATE OF words, conclusion, removed ON "discussion" BEGIN
    INSERT INTO stale VALUES ('discussion', new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER "discussion_went" AFTER DELETE ON "discussion" BEGIN
    INSERT INTO stale VALUES ('discussion', old.id) ON CONFLICT DO NOTHING;
END;

CREATE TABLE "vote" (
    id BLOB NOT NULL PRIMARY KEY,
    unit BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    meeting BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    item BLOB,
    subject TEXT NOT NULL DEFAULT '',
    decides TEXT NOT NULL DEFAULT 'resolution',
    ballot TEXT NOT NULL DEFAULT 'hand',
    base INTEGER NOT NULL DEFAULT 0,
    here INTEGER NOT NULL DEFAULT 0,
    whole INTEGER,
    votes_for INTEGER NOT NULL DEFAULT 0,
    votes_against INTEGER NOT NULL DEFAULT 0,
    votes_other INTEGER NOT NULL DEFAULT 0,
    counted_at TEXT NOT NULL DEFAULT '',
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "vote_unit" ON "vote" (unit);
CREATE INDEX "vote_meeting" ON "vote" (meeting);
CREATE INDEX "vote_item" ON "vote" (item);
CREATE INDEX "vote_asks" ON "vote" (id) WHERE _asks = 1;

CREATE TABLE "task" (
    id BLOB NOT NULL PRIMARY KEY,
    unit BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    meeting BLOB,
    item BLOB,
    resolution BLOB,
    what TEXT NOT NULL DEFAULT '',
    assignee BLOB,
    due_on TEXT,
    status TEXT NOT NULL DEFAULT 'in_progress',
    progress INTEGER NOT NULL DEFAULT 0,
    result TEXT,
    done_on TEXT,
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "task_unit" ON "task" (unit);
CREATE INDEX "task_meeting" ON "task" (meeting);
CREATE INDEX "task_item" ON "task" (item);
CREATE INDEX "task_resolution" ON "task" (resolution);
CREATE INDEX "task_assignee" ON "task" (assignee);
CREATE INDEX "task_asks" ON "task" (id) WHERE _asks = 1;
CREATE TRIGGER "task_came" AFTER INSERT ON "task" BEGIN
    INSERT INTO stale VALUES ('task', new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER "task_changed" AFTER UPDATE OF what, result, removed ON "task" BEGIN
    INSERT INTO stale VALUES ('task', new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER "task_went" AFTER DELETE ON "task" BEGIN
    INSERT INTO stale VALUES ('task', old.id) ON CONFLICT DO NOTHING;
END;

CREATE TABLE "answer" (
    id BLOB NOT NULL PRIMARY KEY,
    member BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    meeting BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    comes TEXT NOT NULL DEFAULT 'yes',
    reason TEXT,
    said_at TEXT NOT NULL DEFAULT '',
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "answer_member" ON "answer" (member);
CREATE INDEX "answer_meeting" ON "answer" (meeting);
CREATE INDEX "answer_asks" ON "answer" (id) WHERE _asks = 1;

CREATE TABLE "report" (
    id BLOB NOT NULL PRIMARY KEY,
    member BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    task BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    progress INTEGER NOT NULL DEFAULT 0,
    done INTEGER NOT NULL DEFAULT 0,
    result TEXT,
    said_at TEXT NOT NULL DEFAULT '',
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "report_member" ON "report" (member);
CREATE INDEX "report_task" ON "report" (task);
CREATE INDEX "report_asks" ON "report" (id) WHERE _asks = 1;

CREATE TABLE "minutes" (
    id BLOB NOT NULL PRIMARY KEY,
    unit BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    meeting BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    hash TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    more TEXT,
    more_2 TEXT,
    more_3 TEXT,
    more_4 TEXT,
    more_5 TEXT,
    more_6 TEXT,
    more_7 TEXT,
    chair BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    minute_taker BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    chair_at TEXT,
    taker_at TEXT,
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "minutes_unit" ON "minutes" (unit);
CREATE INDEX "minutes_meeting" ON "minutes" (meeting);
CREATE INDEX "minutes_chair" ON "minutes" (chair);
CREATE INDEX "minutes_minute_taker" ON "minutes" (minute_taker);
CREATE INDEX "minutes_asks" ON "minutes" (id) WHERE _asks = 1;
CREATE TRIGGER "minutes_came" AFTER INSERT ON "minutes" BEGIN
    INSERT INTO stale VALUES ('minutes', new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER "minutes_changed" AFTER UPDATE OF text, more, more_2, more_3, more_4, more_5, more_6, more_7, removed ON "minutes" BEGIN
    INSERT INTO stale VALUES ('minutes', new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER "minutes_went" AFTER DELETE ON "minutes" BEGIN
    INSERT INTO stale VALUES ('minutes', old.id) ON CONFLICT DO NOTHING;
END;

CREATE TABLE "annex" (
    id BLOB NOT NULL PRIMARY KEY,
    unit BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    meeting BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    minutes BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    text TEXT NOT NULL DEFAULT '',
    written_at TEXT NOT NULL DEFAULT '',
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "annex_unit" ON "annex" (unit);
CREATE INDEX "annex_meeting" ON "annex" (meeting);
CREATE INDEX "annex_minutes" ON "annex" (minutes);
CREATE INDEX "annex_asks" ON "annex" (id) WHERE _asks = 1;
CREATE TRIGGER "annex_came" AFTER INSERT ON "annex" BEGIN
    INSERT INTO stale VALUES ('annex', new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER "annex_changed" AFTER UPDATE OF text, removed ON "annex" BEGIN
    INSERT INTO stale VALUES ('annex', new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER "annex_went" AFTER DELETE ON "annex" BEGIN
    INSERT INTO stale VALUES ('annex', old.id) ON CONFLICT DO NOTHING;
END;

CREATE TABLE "edition" (
    id BLOB NOT NULL PRIMARY KEY,
    unit BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    resolution BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    hash TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    more TEXT,
    sealed_by BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    sealed_at TEXT NOT NULL DEFAULT '',
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "edition_unit" ON "edition" (unit);
CREATE INDEX "edition_resolution" ON "edition" (resolution);
CREATE INDEX "edition_sealed_by" ON "edition" (sealed_by);
CREATE INDEX "edition_asks" ON "edition" (id) WHERE _asks = 1;

CREATE TABLE "score" (
    id BLOB NOT NULL PRIMARY KEY,
    meeting BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    criterion TEXT NOT NULL DEFAULT '',
    points INTEGER NOT NULL DEFAULT 0,
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "score_meeting" ON "score" (meeting);
CREATE INDEX "score_asks" ON "score" (id) WHERE _asks = 1;

CREATE TABLE "score_form" (
    id BLOB NOT NULL PRIMARY KEY,
    unit BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    month TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL DEFAULT '',
    lines TEXT NOT NULL DEFAULT '',
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "score_form_unit" ON "score_form" (unit);
CREATE INDEX "score_form_asks" ON "score_form" (id) WHERE _asks = 1;

CREATE TABLE "document" (
    id BLOB NOT NULL PRIMARY KEY,
    unit BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    form TEXT NOT NULL DEFAULT '',
    number TEXT,
    issued_on TEXT,
    issuer TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    body TEXT,
    length INTEGER NOT NULL DEFAULT 0,
    recognised INTEGER NOT NULL DEFAULT 0,
    original TEXT,
    original_kind TEXT,
    must_confirm INTEGER NOT NULL DEFAULT 0,
    shown_from TEXT NOT NULL DEFAULT '',
    withdrawn TEXT,
    wiped_at TEXT,
    cleared_at TEXT,
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "document_unit" ON "document" (unit);
CREATE INDEX "document_asks" ON "document" (id) WHERE _asks = 1;
CREATE TRIGGER "document_came" AFTER INSERT ON "document" BEGIN
    INSERT INTO stale VALUES ('document', new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER "document_changed" AFTER UPDATE OF form, number, issuer, title, body, withdrawn, wiped_at, removed ON "document" BEGIN
    INSERT INTO stale VALUES ('document', new.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER "document_went" AFTER DELETE ON "document" BEGIN
    INSERT INTO stale VALUES ('document', old.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER "document_wiped_before" AFTER INSERT ON "document" WHEN new.wiped_at IS NOT NULL BEGIN
    INSERT INTO fact VALUES ('wiping', x'01') ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER "document_wiped_now" AFTER UPDATE OF wiped_at ON "document" WHEN new.wiped_at IS NOT NULL BEGIN
    INSERT INTO fact VALUES ('wiping', x'01') ON CONFLICT DO NOTHING;
END;

CREATE TABLE "receipt" (
    id BLOB NOT NULL PRIMARY KEY,
    member BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    document BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    confirmed_at TEXT NOT NULL DEFAULT '',
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "receipt_member" ON "receipt" (member);
CREATE INDEX "receipt_document" ON "receipt" (document);
CREATE INDEX "receipt_asks" ON "receipt" (id) WHERE _asks = 1;

CREATE TABLE "reading" (
    id BLOB NOT NULL PRIMARY KEY,
    member BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    document BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    block INTEGER NOT NULL DEFAULT 0,
    ribbon INTEGER,
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "reading_member" ON "reading" (member);
CREATE INDEX "reading_document" ON "reading" (document);
CREATE INDEX "reading_asks" ON "reading" (id) WHERE _asks = 1;

CREATE TABLE "coverage" (
    id BLOB NOT NULL PRIMARY KEY,
    unit BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    document BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    members INTEGER NOT NULL DEFAULT 0,
    confirmed INTEGER NOT NULL DEFAULT 0,
    marked INTEGER NOT NULL DEFAULT 0,
    marked_at TEXT,
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "coverage_unit" ON "coverage" (unit);
CREATE INDEX "coverage_document" ON "coverage" (document);
CREATE INDEX "coverage_asks" ON "coverage" (id) WHERE _asks = 1;

CREATE TABLE "reminder" (
    id BLOB NOT NULL PRIMARY KEY,
    unit BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    document BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    reminded_at TEXT NOT NULL DEFAULT '',
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "reminder_unit" ON "reminder" (unit);
CREATE INDEX "reminder_document" ON "reminder" (document);
CREATE INDEX "reminder_asks" ON "reminder" (id) WHERE _asks = 1;

CREATE TABLE "attachment" (
    id BLOB NOT NULL PRIMARY KEY,
    unit BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    item BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    document BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "attachment_unit" ON "attachment" (unit);
CREATE INDEX "attachment_item" ON "attachment" (item);
CREATE INDEX "attachment_document" ON "attachment" (document);
CREATE INDEX "attachment_asks" ON "attachment" (id) WHERE _asks = 1;

CREATE TABLE "posted_file" (
    id BLOB NOT NULL PRIMARY KEY,
    unit BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    meeting BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    file TEXT NOT NULL DEFAULT '',
    posted_on TEXT,
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "posted_file_unit" ON "posted_file" (unit);
CREATE INDEX "posted_file_meeting" ON "posted_file" (meeting);
CREATE INDEX "posted_file_asks" ON "posted_file" (id) WHERE _asks = 1;

CREATE TABLE "sighting" (
    id BLOB NOT NULL PRIMARY KEY,
    member BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    document BLOB,
    mark TEXT,
    place TEXT NOT NULL DEFAULT 'name',
    met_at TEXT NOT NULL DEFAULT '',
    removed INTEGER NOT NULL DEFAULT 0,
    _log INTEGER NOT NULL,
    _asks INTEGER NOT NULL DEFAULT 0,
    _stamps BLOB NOT NULL
) STRICT;
CREATE INDEX "sighting_member" ON "sighting" (member);
CREATE INDEX "sighting_document" ON "sighting" (document);
CREATE INDEX "sighting_asks" ON "sighting" (id) WHERE _asks = 1;
