/* ---- harm_weight: what an offence weighs ---- */

CREATE TABLE harm_weight (
	scheme text NOT NULL CHECK (scheme <> ''),
	offence text NOT NULL CHECK (btrim(offence) <> ''),
	harm float8 NOT NULL CHECK (harm >= float8 '0' AND harm < float8 'Infinity'),
	version integer NOT NULL DEFAULT 1,
	source text,
	PRIMARY KEY (scheme, version, offence),

	-- What is shipped is not dumped, so a weight that somebody adds to it would be lost.
	CONSTRAINT harm_weight_shipped CHECK ((scheme, version) NOT IN (('cchi_2026_demo', 2026), ('police_uk_demo', 2026))
		OR coalesce(source, '') LIKE 'DEMONSTRATION.%')
);

-- harm() takes no notice of case and of blanks around a name.
CREATE UNIQUE INDEX harm_weight_name ON harm_weight (scheme, version, lower(btrim(offence)));

COMMENT ON TABLE harm_weight IS
'Harm of offences by scheme, read by harm(offence, scheme). Add your own schemes here; pg_dump keeps them. The schemes shipped are for demonstration; since pg_dump leaves them out, their version 2026 can be neither changed nor added to.';
COMMENT ON COLUMN harm_weight.scheme IS 'Name of the scheme, for example cchi_2026_demo.';
COMMENT ON COLUMN harm_weight.offence IS 'Name of the offence; case and blanks around it do not matter.';
COMMENT ON COLUMN harm_weight.harm IS 'Harm of one event, at least 0, in the unit of the scheme, for example days of imprisonment.';
COMMENT ON COLUMN harm_weight.version IS 'Version of the scheme; harm() reads the highest.';
COMMENT ON COLUMN harm_weight.source IS 'Where the weight comes from.';

INSERT INTO harm_weight (scheme, version, offence, harm, source)
SELECT 'cchi_2026_demo', 2026, offence, harm,
	'DEMONSTRATION. Median of the Cambridge Crime Harm Index, 2026 sheet, over the offences of this Home Office subgroup; days of imprisonment. Use the index''s weights by offence for real work.'
FROM (VALUES
	('Homicide', 5475),
	('Rape', 2555),
	('Violence with injury', 365),
	('Violence without injury', 10),
	('Stalking and harassment', 10),
	('Other sexual offences', 182.25),
	('Robbery', 365),
	('Residential burglary', 273.5),
	('Non-residential burglary', 183.5),
	('Possession of weapons', 273.75),
	('Arson', 185),
	('Criminal damage', 2),
	('Public order', 7.5),
	('Vehicle offences', 5),
	('Drugs possession', 3),
	('Drugs trafficking', 5),
	('Shoplifting', 1),
	('Theft from the person', 2),
	('Bicycle theft', 2),
	('Other theft', 2),
	('Miscellaneous crimes against society', 10)
) AS weight (offence, harm);

INSERT INTO harm_weight (scheme, version, offence, harm, source)
SELECT 'police_uk_demo', 2026, offence, harm,
	'DEMONSTRATION. For the categories of police.uk: means, weighted by volume, of the medians of cchi_2026_demo; days of imprisonment. Too coarse for real work: a category mixes harms that differ a hundredfold.'
FROM (VALUES
	('Violence and sexual offences', 194.2147),
	('Robbery', 365),
	('Burglary', 244.6836),
	('Possession of weapons', 273.75),
	('Criminal damage and arson', 11.1849),
	('Drugs', 3.6580),
	('Public order', 7.5),
	('Vehicle crime', 5),
	('Other theft', 2),
	('Theft from the person', 2),
	('Bicycle theft', 2),
	('Shoplifting', 1),
	('Other crime', 10),
	('Anti-social behaviour', 0)
) AS weight (offence, harm);

CREATE FUNCTION harm_weight_keep() RETURNS trigger
	AS 'MODULE_PATHNAME' LANGUAGE C PARALLEL SAFE STABLE;
COMMENT ON FUNCTION harm_weight_keep() IS 'Trigger of harm_weight: refuses to change what was shipped.';

CREATE TRIGGER harm_weight_shipped BEFORE UPDATE OR DELETE ON harm_weight
	FOR EACH ROW WHEN (OLD.source LIKE 'DEMONSTRATION.%' AND (OLD.scheme, OLD.version) IN (('cchi_2026_demo', 2026), ('police_uk_demo', 2026)))
	EXECUTE FUNCTION harm_weight_keep();

-- What CREATE EXTENSION brings is not dumped; all else is the user's.
SELECT pg_catalog.pg_extension_config_dump('harm_weight',
	$$WHERE (scheme, version) NOT IN (('cchi_2026_demo', 2026), ('police_uk_demo', 2026))$$);

ALTER TABLE harm_weight OWNER TO @extowner@;
GRANT SELECT ON harm_weight TO PUBLIC;

