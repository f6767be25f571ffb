/* Whoever may query the database may use the functions; tables grant for themselves. */

GRANT USAGE ON SCHEMA hotspot TO PUBLIC;
