-- The extension goes into a schema of its own, which is not on search_path.
CREATE EXTENSION hotspot;
SELECT extname, nspname, extrelocatable
FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
WHERE extname = 'hotspot';
SHOW search_path;

-- Everyone may use it.
SELECT has_schema_privilege('public', 'hotspot', 'USAGE') AS usage,
	has_schema_privilege('public', 'hotspot', 'CREATE') AS create,
	has_table_privilege('public', 'hotspot.harm_weight', 'SELECT') AS read_weights,
	has_table_privilege('public', 'hotspot.harm_weight', 'INSERT') AS write_weights;
