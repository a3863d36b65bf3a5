DROP VIEW reviewed_qualities, match_chance_records;
DROP TABLE match_chance_activations, match_chances;
