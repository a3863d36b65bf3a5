DROP VIEW screening_records;
DROP TABLE jobs, events, decisions, candidates, screening_photos, screenings;
DROP FUNCTION keep_screening_in_hand();
DROP FUNCTION announce_waiting();
DROP FUNCTION append_in_turn();
DROP FUNCTION announce_answer();
