/* Whoever may query the database may use the functions; tables grant for themselves. */

GRANT USAGE ON SCHEMA hotspot TO PUBLIC;

/*
 * What begin.sql asked was answered from the snapshot of the transaction, which
 * may be old, while names are looked up as they are now: look at what came of it.
 * An array belongs to whom its elements belong to, a row to whom its table does.
 */
DO $$
BEGIN
	IF EXISTS (
		SELECT FROM pg_catalog.pg_depend f
		JOIN pg_catalog.pg_extension x ON x.oid OPERATOR(pg_catalog.=) f.refobjid
		JOIN pg_catalog.pg_proc p ON p.oid OPERATOR(pg_catalog.=) f.objid
		CROSS JOIN LATERAL pg_catalog.unnest(p.proargtypes::pg_catalog.oid[]) AS argument (oid)
		LEFT JOIN pg_catalog.pg_type e ON e.typarray OPERATOR(pg_catalog.=) argument.oid
		CROSS JOIN LATERAL (SELECT COALESCE(e.oid, argument.oid)) AS type (oid)
		WHERE f.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass
			AND f.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_extension'::pg_catalog.regclass
			AND x.extname OPERATOR(pg_catalog.=) 'hotspot'
			AND type.oid OPERATOR(pg_catalog.>=) '16384'::pg_catalog.oid
			AND NOT EXISTS (
				SELECT FROM pg_catalog.pg_depend t
				JOIN pg_catalog.pg_extension y ON y.oid OPERATOR(pg_catalog.=) t.refobjid
				WHERE (t.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_type'::pg_catalog.regclass
						AND t.objid OPERATOR(pg_catalog.=) type.oid
						OR t.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass
						AND t.objid OPERATOR(pg_catalog.=) (SELECT r.typrelid FROM pg_catalog.pg_type r WHERE r.oid OPERATOR(pg_catalog.=) type.oid))
					AND t.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_extension'::pg_catalog.regclass
					AND t.deptype OPERATOR(pg_catalog.=) 'e'
					AND (y.extname OPERATOR(pg_catalog.=) 'hotspot' OR y.extname OPERATOR(pg_catalog.=) 'postgis')))
	THEN
		RAISE EXCEPTION 'schema "hotspot" is not empty'
			USING ERRCODE = 'object_not_in_prerequisite_state',
			HINT = 'Move what is in it to another schema, or rename it.';
	END IF;
END
$$;
