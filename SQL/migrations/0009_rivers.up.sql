-- The river network: water systems, segments, nodes, weirs and unit basins.

SELECT;
