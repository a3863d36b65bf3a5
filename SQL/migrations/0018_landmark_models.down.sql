DROP VIEW photo_owners;
CREATE OR REPLACE VIEW current_head_landmarks AS
SELECT DISTINCT ON (photo_id) * FROM head_landmarks ORDER BY photo_id, position DESC;
COMMENT ON VIEW current_head_landmarks IS 'Of each photograph the landmarks that count.';
COMMENT ON TABLE head_landmarks IS 'Landmarks of heads seen from above. Append-only: the latest of a photograph counts.';
DROP VIEW landmark_model_records;
DROP TABLE landmark_model_retirements, landmark_models;
