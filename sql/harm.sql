-- Demonstration schemes, by name; case and blanks around it do not matter.
SELECT scheme, version, count(*), sum(harm) FROM hotspot.harm_weight GROUP BY 1, 2 ORDER BY 1;
SELECT hotspot.harm('Robbery', 'cchi_2026_demo'), hotspot.harm(' violence WITH injury', 'cchi_2026_demo'), hotspot.harm('Anti-social behaviour', 'police_uk_demo');

-- A scheme of one's own; its newest version counts.
INSERT INTO hotspot.harm_weight (scheme, offence, harm) VALUES ('own', 'Robbery', 1), ('own', 'Theft', 2);
SELECT hotspot.harm('robbery', 'own');
INSERT INTO hotspot.harm_weight (scheme, offence, harm, version) VALUES ('own', 'Robbery', 3, 2);
SELECT hotspot.harm('robbery', 'own');

-- An offence without a weight is told, or NULL on request; never 0.
SELECT hotspot.harm('Theft', 'own');
SELECT hotspot.harm('Theft', 'own', missing => 'null'), hotspot.harm(NULL, 'own', missing => 'null');
SELECT hotspot.harm(NULL, 'own');
SELECT hotspot.harm('Robbery', 'another');
SELECT hotspot.harm('Robbery', NULL);
SELECT hotspot.harm('Robbery', 'own', 'zero');
SELECT hotspot.harm('Robbery', 'own', NULL);

-- The table takes no weight that cannot be summed, and no name twice.
INSERT INTO hotspot.harm_weight (scheme, offence, harm) VALUES ('own', 'a', -1);
INSERT INTO hotspot.harm_weight (scheme, offence, harm) VALUES ('own', 'a', 'NaN');
INSERT INTO hotspot.harm_weight (scheme, offence, harm) VALUES ('own', 'a', 'Infinity');
INSERT INTO hotspot.harm_weight (scheme, offence, harm) VALUES ('own', 'THEFT ', 1);

-- Weights changed by the same transaction are seen at once, in PL/pgSQL too.
DO $$
BEGIN
	FOR n IN 1 .. 3 LOOP
		UPDATE hotspot.harm_weight SET harm = 10 * n WHERE scheme = 'own' AND version = 2;
		RAISE NOTICE '%', hotspot.harm('robbery', 'own');
	END LOOP;
END
$$;
DELETE FROM hotspot.harm_weight WHERE scheme = 'own';

-- Weights that were rolled back are not seen.
DO $$
BEGIN
	FOR n IN 1 .. 2 LOOP
		BEGIN
			INSERT INTO hotspot.harm_weight (scheme, offence, harm) VALUES ('undone', 'Robbery', n);
			RAISE NOTICE '%', hotspot.harm('robbery', 'undone');
			RAISE division_by_zero;
		EXCEPTION WHEN division_by_zero THEN
			NULL;
		END;
	END LOOP;
END
$$;
SELECT hotspot.harm('robbery', 'undone');

-- What is shipped stays as it is, since pg_dump leaves it out.
UPDATE hotspot.harm_weight SET harm = 999 WHERE scheme = 'police_uk_demo' AND offence = 'Drugs';
DELETE FROM hotspot.harm_weight WHERE scheme = 'cchi_2026_demo' AND offence = 'Robbery';
INSERT INTO hotspot.harm_weight (scheme, version, offence, harm) VALUES ('police_uk_demo', 2026, 'Piracy', 9);
