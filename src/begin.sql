-- hotspot: hot spot analytics for policing, inside the database.

\echo Use "CREATE EXTENSION hotspot" to load this file. \quit

/*
 * This script is run as superuser, with schema hotspot first in search_path.  If
 * that was there before, it may hold a type geometry or an operator that fits
 * better than the one meant, and those would be its owner's.  Others may perhaps
 * write to the schema of PostGIS, which comes next: so every operator and
 * function here must have operands of just the types it is declared with.
 */
DO $$
BEGIN
	IF EXISTS (
		SELECT FROM pg_catalog.pg_depend
		WHERE refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_namespace'::pg_catalog.regclass
			AND refobjid OPERATOR(pg_catalog.=) '@extschema@'::pg_catalog.regnamespace
			AND classid OPERATOR(pg_catalog.<>) 'pg_catalog.pg_extension'::pg_catalog.regclass
			AND deptype OPERATOR(pg_catalog.=) 'n')
	THEN
		RAISE EXCEPTION 'schema "hotspot" is not empty'
			USING ERRCODE = 'object_not_in_prerequisite_state',
			HINT = 'Move what is in it to another schema, or rename it.';
	END IF;
END
$$;

