-- Runs of the programmes of small_force.sql: as of three days ago and as of now; one that fails.
\set ON_ERROR_STOP off
CALL hotspot.refresh('Café, "Nord"', as_of => now() - interval '3 days');
CALL hotspot.refresh('Café, "Nord"');
CALL hotspot.refresh('elsewhere');
\set VERBOSITY sqlstate
CALL hotspot.refresh('broken');
