DROP TABLE unit_basins, weirs, river_segments, river_nodes, rivers, water_systems, river_sources;
DROP SEQUENCE river_ids;
-- Others may use the extension too, or a superuser may have made it: then it stays.
DO $$
BEGIN
    DROP EXTENSION postgis;
EXCEPTION WHEN dependent_objects_still_exist OR insufficient_privilege THEN
    NULL;
END
$$;
