-- PIT tags: codes, whose they are over time, and what readers read.

SELECT;
