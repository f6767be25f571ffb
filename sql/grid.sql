-- Text forms: shape and size, or a size alone.
SELECT g::hotspot.grid FROM (VALUES ('150'), ('square 150'), ('150.5'), ('150.500'),
	('Hexagon 93.06'), ('  hexagon   93.06 '), ('.001'), ('1099511627.775')) AS v (g);

-- From numbers: squares. Only from integer without saying so.
SELECT 150::hotspot.grid, 150.5::hotspot.grid, 93.06::float8::hotspot.grid, 0.1::float8::hotspot.grid;
SELECT hotspot.cell(ST_SetSRID(ST_MakePoint(160, 20), 27700), 150);
SELECT hotspot.cell(ST_SetSRID(ST_MakePoint(160, 20), 27700), 150.5);

-- What is no grid.
SELECT ''::hotspot.grid;
SELECT 'square'::hotspot.grid;
SELECT 'square150'::hotspot.grid;
SELECT 'triangle 150'::hotspot.grid;
SELECT '150 m'::hotspot.grid;
SELECT '1.5.0'::hotspot.grid;
SELECT '-150'::hotspot.grid;
SELECT '0'::hotspot.grid;
SELECT '0.0005'::hotspot.grid;
SELECT '1099511627.776'::hotspot.grid;
SELECT '99999999999999999999999999'::hotspot.grid;
SELECT 'NaN'::hotspot.grid;
SELECT 0::hotspot.grid;
SELECT (-150)::hotspot.grid;
SELECT 'NaN'::float8::hotspot.grid;
SELECT 'Infinity'::float8::hotspot.grid;
SELECT 1e300::float8::hotspot.grid;
SELECT 0.0001::float8::hotspot.grid;
SELECT (-1.5)::numeric::hotspot.grid;
