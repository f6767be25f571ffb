-- A generated police force, "Northmere": three years of recorded crime to try hot spots analyses on.
--
--   psql -d <database> -f demo/force.sql
--
-- Nothing here is real. The force area is 40 km x 30 km of the British National Grid (EPSG:27700), but every name,
-- place and crime is made up; that the coordinates fall on real ground means nothing. Needs PostGIS, not hotspot.
--
--   crime            about 240,000 rows, 2023-01-01 to 2025-12-31 (Europe/London); offences are Home Office subgroups
--   district         five policing districts that tessellate the force area
--   excluded_place   the prison and the hospital: hot, but no place for a patrol
--   planted_place    eight places that come up or fade out, to see whether an analysis finds them
--
-- The result is the same to the last bit wherever it is loaded. There is no random(): a uniform number is a hash of
-- (row, stream). Only + - * / and floor are used on fractions (IEEE 754 rounds these correctly everywhere; logarithms
-- and powers differ between C libraries), odds are whole numbers, so that sums do not depend on order, and
-- coordinates are rounded to 0.1 m.
--
-- Tables of these names that exist already are an error and not overwritten: they might be real ones.

\set ON_ERROR_STOP on
\set QUIET on

begin;
set local client_min_messages = warning;
set local jit = off;                        -- many short expressions: compiling them costs more than it saves
set local work_mem = '64MB';
create extension if not exists postgis;

-- Uniform on [0, 1): the upper 53 bits of a hash, exactly representable. Partitioning by hash relies on
-- hashint8extended, so it stays what it is from version to version.
create or replace function pg_temp.u(n bigint, stream int) returns float8 language sql immutable
return ((hashint8extended(n, stream) >> 11) & 9007199254740991) / 9007199254740992.0::float8;

-- Bell-shaped on (-1, 1), standard deviation 1/3.
create or replace function pg_temp.bell(n bigint, stream int) returns float8 language sql immutable
return ((pg_temp.u(n, stream) + pg_temp.u(n, stream + 1) + pg_temp.u(n, stream + 2)) * 2 - 3) / 3;

create or replace function pg_temp.decimetre(metres float8) returns float8 language sql immutable
return floor(metres * 10 + 0.5) / 10;

-- Districts -----------------------------------------------------------------------------------------------------------
-- The city in the middle, four around it. Neighbours share every vertex of their common edge.

create table public.district (name text primary key, area geometry(Polygon, 27700) not null);
comment on table public.district is 'Generated data: policing districts of the fictional force Northmere; they tessellate the force area.';

insert into public.district select name, st_geomfromtext('POLYGON((' || corners || '))', 27700)
from (values
  ('Northmere City', '432000 310000, 436000 306500, 444500 307500, 447500 313000, 446000 321500, 440000 324500, 433500 322500, 431000 316500, 432000 310000'),
  ('Harlowick',      '420000 315500, 425500 314500, 431000 316500, 433500 322500, 440000 324500, 441500 327500, 440500 330000, 420000 330000, 420000 315500'),
  ('Stanmoor',       '440500 330000, 441500 327500, 440000 324500, 446000 321500, 447500 313000, 453500 315500, 460000 314000, 460000 330000, 440500 330000'),
  ('Eastwold',       '460000 314000, 453500 315500, 447500 313000, 444500 307500, 436000 306500, 437500 303000, 436500 300000, 460000 300000, 460000 314000'),
  ('Fenholt Vale',   '436500 300000, 437500 303000, 436000 306500, 432000 310000, 431000 316500, 425500 314500, 420000 315500, 420000 300000, 436500 300000')
) d (name, corners);

create table public.excluded_place (name text primary key, kind text not null, area geometry(Polygon, 27700) not null);
comment on table public.excluded_place is 'Generated data: places of the fictional force Northmere that are hot but not for patrols to deal with.';

insert into public.excluded_place select name, kind, st_geomfromtext('POLYGON((' || corners || '))', 27700)
from (values
  ('HMP Northmoor',             'prison',   '431070 312090, 431150 312010, 431270 312020, 431330 312110, 431310 312230, 431210 312280, 431100 312240, 431070 312090'),
  ('Northmere Royal Infirmary', 'hospital', '442010 317420, 442150 317390, 442260 317450, 442280 317570, 442190 317660, 442060 317640, 442010 317420')
) e (name, kind, corners);

-- Places --------------------------------------------------------------------------------------------------------------
-- A settlement has streets, a street has eight addresses 40 m apart: six homes, the street itself, and a shop, a pub,
-- a business or an institution. reach: nearly all streets begin within two thirds of it. hardship: percent, crime at
-- homes. pull: percent, crime at all else.

create temp table settlement on commit drop as
with large (x, y, reach, streets, hardship, pull) as (values
  (439500, 315500, 8000, 1700, 100, 100),   -- Northmere, the city
  (426500, 322500, 3000,  280,  80,  50),   -- Harlowick
  (453000, 323000, 3000,  280,  80,  50),   -- Stanmoor
  (452000, 306500, 3000,  260,  80,  50),   -- Eastwold
  (436900, 318900,  750,   45, 600,  40),   -- estates of the city: Gorse Hill
  (443300, 313200,  750,   45, 500,  40),   --   Beckside
  (437200, 311900,  600,   35, 450,  40),   --   Kiln Lane
  (441800, 320300,  600,   35, 350,  40),   --   Priory Road
  (425600, 324200,  500,   25, 400,  30),   -- estates of the towns: Weavers, in Harlowick
  (454300, 321900,  500,   25, 350,  30),   --   Ironstone, in Stanmoor
  (440000, 315000, 14000, 120,  30,   5)    -- hamlets and farms anywhere
), village as (                             -- one in each square of 5 km that is not taken by the city or a town
  select 420000 + 5000 * (v % 8) + 1000 + floor(3000 * pg_temp.u(v, 1))::int as x,
         300000 + 5000 * (v / 8) + 1000 + floor(3000 * pg_temp.u(v, 2))::int as y
  from generate_series(0, 47) v
)
select x, y, reach, streets, hardship, pull from large
union all
select x, y, 900, 22, 35, 10 from village v
where not exists (select from large l where l.pull >= 50
                  and (l.x - v.x) * (l.x - v.x) + (l.y - v.y) * (l.y - v.y) < l.reach * l.reach / 100 * 64);

create temp table place (id int primary key, setting text not null, story text not null, x float8, y float8, weight int) on commit drop;

insert into place
with street as (
  select row_number() over (order by s.x, s.y, k) as id, s.* from settlement s, generate_series(1, streets) k
), line as (                                -- its middle, its direction (t -> a point of the unit circle) and how central
  select id, x + reach * pg_temp.bell(id, 10) as x, y + reach * pg_temp.bell(id, 13) as y,
         (1 - t * t) / (1 + t * t) as dx, 2 * t / (1 + t * t) as dy, hardship, pull,
         1 / (1 + 60 * (pg_temp.bell(id, 10) * pg_temp.bell(id, 10) + pg_temp.bell(id, 13) * pg_temp.bell(id, 13))) as central
  from street, lateral (select 2 * pg_temp.u(id, 16) - 1 as t) direction
), address as (
  select id * 8 + k as id, x + dx * 40 * (k - 3.5) as x, y + dy * 40 * (k - 3.5) as y, hardship, pull, central,
         case when k in (0, 1, 2, 5, 6, 7) then 'home'
              when k = 3 then 'street'
              else ('{shop,shop,night,business,business,institution}'::text[])[1 + floor(6 * pg_temp.u(id, 17))::int] end as setting
  from line, generate_series(0, 7) k
)
select id, setting, 'nameless', pg_temp.decimetre(x), pg_temp.decimetre(y),
       1 + floor(case when setting = 'home' then hardship else pull end                    -- and a heavy tail:
                 * case when setting in ('shop', 'night', 'street') then 10 * central else 1 + central end
                 / (pg_temp.u(id, 18) + 0.01))::int
from address;

-- The places everybody knows. permille: of the crimes at all nameless places of the setting taken together.
-- Most are steady. Some come up in May 2025, some fade out in the course of 2024:
--   emerging   Gateway Retail Park, Canal Wharf bars, Riverside skate park, Falcon Court
--   fading     Old Arcade, Club Meridian, Depot Road car park, Dean Street flats
create temp table known (name text primary key, setting text, story text, x float8, y float8, permille int) on commit drop;

insert into known values
  ('Swanmere Centre',            'shop',        'steady',   439620.0, 315410.0, 90),
  ('Market Street',              'shop',        'steady',   439410.0, 315640.0, 60),
  ('Gateway Retail Park',        'shop',        'emerging', 444870.0, 317930.0, 100),
  ('Old Arcade',                 'shop',        'fading',   439060.0, 315900.0, 50),
  ('Tollgate superstore',        'shop',        'steady',   435730.0, 313560.0, 40),
  ('Beckside parade',            'shop',        'steady',   443420.0, 313350.0, 30),
  ('Harlowick High Street',      'shop',        'steady',   426540.0, 322470.0, 40),
  ('Stanmoor Market Place',      'shop',        'steady',   453060.0, 323090.0, 35),
  ('Eastwold superstore',        'shop',        'steady',   451720.0, 306850.0, 30),
  ('Quay Street clubs',          'night',       'steady',   439870.0, 315110.0, 140),
  ('Corn Exchange',              'night',       'steady',   439480.0, 315290.0, 90),
  ('Canal Wharf bars',           'night',       'emerging', 440660.0, 314510.0, 90),
  ('Club Meridian',              'night',       'fading',   438690.0, 316130.0, 80),
  ('Station Taproom',            'night',       'steady',   440310.0, 315930.0, 40),
  ('The Fleece, Harlowick',      'night',       'steady',   426390.0, 322610.0, 40),
  ('The Bell, Stanmoor',         'night',       'steady',   452930.0, 322880.0, 40),
  ('The Anchor, Eastwold',       'night',       'steady',   452110.0, 306420.0, 30),
  ('Northmere station',          'street',      'steady',   440370.0, 315880.0, 60),
  ('Northmere bus station',      'street',      'steady',   439160.0, 315260.0, 50),
  ('Castle Gardens',             'street',      'steady',   439260.0, 314860.0, 35),
  ('Riverside skate park',       'street',      'emerging', 437680.0, 314230.0, 40),
  ('Depot Road car park',        'street',      'fading',   441130.0, 316710.0, 35),
  ('Harlowick bus station',      'street',      'steady',   426720.0, 322330.0, 20),
  ('Eastwold lakeside',          'street',      'steady',   452360.0, 306110.0, 15),
  ('Albion House hostel',        'home',        'steady',   440180.0, 316370.0, 7),
  ('Gorse Hill towers',          'home',        'steady',   436930.0, 318840.0, 9),
  ('Lea Court',                  'home',        'steady',   443190.0, 313080.0, 6),
  ('Falcon Court',               'home',        'emerging', 434780.0, 318630.0, 8),
  ('Dean Street flats',          'home',        'fading',   441730.0, 320180.0, 7),
  ('HMP Northmoor',              'institution', 'steady',   431200.0, 312150.0, 250),
  ('Infirmary, A&E',             'institution', 'steady',   442120.0, 317480.0, 250),
  ('Infirmary, wards',           'institution', 'steady',   442190.0, 317560.0, 80),
  ('Northmere College',          'institution', 'steady',   438220.0, 316720.0, 50),
  ('Custody suite',              'institution', 'steady',   438310.0, 314930.0, 60),
  ('Docks trading estate',       'business',    'steady',   441470.0, 313880.0, 30),
  ('Harlowick trading estate',   'business',    'steady',   427860.0, 321540.0, 25);

insert into place
select 1000000 + row_number() over (order by x, y), setting, story, x, y,
       (permille * (select sum(weight) from place p where p.setting = known.setting) / 1000)::int
from known;

create table public.planted_place (
  name text primary key,
  story text not null check (story in ('emerging', 'fading')),
  geom geometry(Point, 27700) not null
);
comment on table public.planted_place is 'Generated data: places of the fictional force Northmere that come up or fade out, for an analysis to find.';
insert into public.planted_place
select name, story, st_setsrid(st_makepoint(x, y), 27700) from known where story <> 'steady' order by name collate "C";

-- Crimes: what, where, when, how well known ---------------------------------------------------------------------------
-- rhythm: weights of the days Monday .. Sunday, of the months, and of the hours from 06:00 to 05:59, so that a Friday
-- night is one night; growth in percent a year.
create temp table rhythm (name text primary key, days int[], months int[], growth int, hours int[]) on commit drop;
insert into rhythm values
  ('night out',  '{8,8,9,13,32,40,15}',    '{90,94,97,100,103,105,106,104,101,102,100,108}',  2, '{1,1,1,1,2,2,3,3,3,4,4,5,6,8,10,14,20,28,36,40,38,30,14,5}'),
  ('evening',    '{13,13,13,13,15,18,17}', '{95,95,98,100,104,106,108,106,101,99,96,101}',    2, '{2,3,4,4,5,5,6,6,6,7,8,9,10,11,12,13,13,12,11,8,6,4,3,2}'),
  ('daytime',    '{16,16,16,16,15,11,10}', '{98,100,103,98,104,105,102,94,103,104,102,92}',   3, '{1,2,7,10,9,9,11,10,9,13,12,10,9,8,7,6,5,3,2,1,1,1,1,1}'),
  ('shop hours', '{14,14,14,15,16,17,10}', '{94,96,101,98,100,99,99,98,99,103,107,104}',     12, '{1,2,4,8,11,13,14,14,14,14,14,13,11,8,5,3,1,0,0,0,0,0,0,0}'),
  ('stop',       '{11,11,12,14,18,20,14}', '{98,98,100,100,102,103,102,100,99,100,99,95}',    0, '{1,1,2,3,4,5,5,6,7,8,9,9,9,9,10,11,12,12,10,8,6,4,2,1}'),
  ('dusk',       '{14,14,14,14,16,16,14}', '{108,105,101,96,94,92,93,95,98,106,110,107}',    -4, '{0,0,0,0,0,0,0,0,1,2,4,9,12,13,13,13,12,8,4,2,1,0,0,0}'),
  ('to work',    '{18,18,18,18,17,7,5}',   '{107,104,101,97,95,93,93,95,99,105,109,103}',    -5, '{6,24,36,20,8,4,2,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}'),
  ('closing',    '{0,0,0,0,90,10,0}',      '{105,103,101,98,96,95,95,96,99,103,106,104}',    -3, '{0,0,0,0,0,0,2,3,4,8,20,40,30,10,4,0,0,0,0,0,0,0,0,0}');

-- span: how long between the last time all was well (started) and the discovery (finished), in minutes.
create temp table span (name text primary key, shortest int, longest int) on commit drop;
insert into span values
  ('exact', 0, 0), ('short', 15, 180), ('workday', 420, 660), ('overnight', 480, 840), ('weekend', 3480, 3960), ('days', 1440, 20160);

-- One row: so many crimes a year (a third of what the three years have) of an offence in a setting.
create temp table mix (id int generated always as identity primary key,
                       offence text, setting text, a_year int, rhythm text, span text) on commit drop;
insert into mix (offence, setting, a_year, rhythm, span) values
  ('Homicide', 'home', 4, 'evening', 'exact'), ('Homicide', 'street', 3, 'night out', 'exact'),
  ('Rape', 'home', 430, 'evening', 'exact'), ('Rape', 'home', 160, 'evening', 'days'),
  ('Rape', 'night', 260, 'night out', 'short'), ('Rape', 'institution', 60, 'evening', 'exact'),
  ('Violence with injury', 'home', 3000, 'evening', 'exact'), ('Violence with injury', 'night', 2700, 'night out', 'exact'),
  ('Violence with injury', 'street', 1500, 'stop', 'exact'), ('Violence with injury', 'institution', 700, 'daytime', 'exact'),
  ('Violence without injury', 'home', 7200, 'evening', 'exact'), ('Violence without injury', 'night', 1500, 'night out', 'exact'),
  ('Violence without injury', 'street', 1900, 'stop', 'exact'), ('Violence without injury', 'institution', 1500, 'daytime', 'exact'),
  ('Stalking and harassment', 'home', 7900, 'evening', 'exact'), ('Stalking and harassment', 'home', 1600, 'daytime', 'days'),
  ('Stalking and harassment', 'institution', 300, 'daytime', 'exact'),
  ('Other sexual offences', 'home', 950, 'evening', 'exact'), ('Other sexual offences', 'night', 450, 'night out', 'exact'),
  ('Other sexual offences', 'street', 300, 'stop', 'exact'), ('Other sexual offences', 'institution', 100, 'daytime', 'exact'),
  ('Robbery', 'street', 800, 'stop', 'exact'), ('Robbery', 'shop', 220, 'shop hours', 'exact'), ('Robbery', 'night', 150, 'night out', 'exact'),
  ('Residential burglary', 'home', 1200, 'to work', 'workday'), ('Residential burglary', 'home', 1050, 'dusk', 'overnight'),
  ('Residential burglary', 'home', 230, 'closing', 'weekend'), ('Residential burglary', 'home', 120, 'to work', 'days'),
  ('Non-residential burglary', 'business', 720, 'dusk', 'overnight'), ('Non-residential burglary', 'business', 200, 'closing', 'weekend'),
  ('Non-residential burglary', 'shop', 280, 'dusk', 'overnight'),
  ('Possession of weapons', 'street', 550, 'stop', 'exact'), ('Possession of weapons', 'night', 150, 'night out', 'exact'),
  ('Possession of weapons', 'institution', 120, 'daytime', 'exact'),
  ('Arson', 'street', 220, 'stop', 'exact'), ('Arson', 'home', 130, 'evening', 'short'),
  ('Criminal damage', 'home', 2500, 'dusk', 'overnight'), ('Criminal damage', 'home', 1800, 'evening', 'exact'),
  ('Criminal damage', 'street', 1700, 'dusk', 'overnight'), ('Criminal damage', 'business', 300, 'closing', 'weekend'),
  ('Public order', 'street', 2900, 'stop', 'exact'), ('Public order', 'night', 1900, 'night out', 'exact'),
  ('Public order', 'home', 1900, 'evening', 'exact'), ('Public order', 'shop', 700, 'shop hours', 'exact'),
  ('Vehicle offences', 'home', 2800, 'dusk', 'overnight'), ('Vehicle offences', 'street', 1100, 'to work', 'workday'),
  ('Vehicle offences', 'street', 1000, 'dusk', 'overnight'), ('Vehicle offences', 'business', 300, 'closing', 'weekend'),
  ('Drugs possession', 'street', 1700, 'stop', 'exact'), ('Drugs possession', 'night', 400, 'night out', 'exact'),
  ('Drugs possession', 'institution', 250, 'daytime', 'exact'), ('Drugs trafficking', 'home', 350, 'daytime', 'exact'),
  ('Drugs trafficking', 'street', 450, 'stop', 'exact'),
  ('Shoplifting', 'shop', 6700, 'shop hours', 'exact'), ('Shoplifting', 'shop', 600, 'shop hours', 'short'),
  ('Theft from the person', 'night', 700, 'night out', 'short'), ('Theft from the person', 'street', 700, 'daytime', 'short'),
  ('Bicycle theft', 'street', 650, 'to work', 'workday'), ('Bicycle theft', 'home', 350, 'dusk', 'overnight'),
  ('Other theft', 'home', 2900, 'evening', 'short'), ('Other theft', 'business', 1900, 'dusk', 'overnight'),
  ('Other theft', 'shop', 1300, 'shop hours', 'short'), ('Other theft', 'night', 700, 'night out', 'short'),
  ('Other theft', 'institution', 500, 'daytime', 'short'),
  ('Miscellaneous crimes against society', 'home', 1100, 'daytime', 'exact'), ('Miscellaneous crimes against society', 'street', 500, 'daytime', 'exact'),
  ('Miscellaneous crimes against society', 'institution', 200, 'daytime', 'exact');

-- Every draw is from a deck: the first card whose upto is above a uniform number. A deck of places is for a setting
-- and an era (1: 2023, 2: 2024, 3: January to April 2025, 4: since May 2025); a place follows its story, and
-- goes up and down from year to year by at most sway percent.
create temp table card (deck text collate "C", upto float8, value int, primary key (deck, upto)) on commit drop;
insert into card
with weighed (deck, value, weight) as (
  select 'hour ' || name, 5 + k::int, weight from rhythm, unnest(hours) with ordinality h (weight, k)
  union all                                 -- day 0 is 2022-12-31: its small hours are the first of 2023
  select 'day ' || name, day,
         days[extract(isodow from d)::int] * months[extract(month from d)::int] * (1000 + growth * day * 10 / 365) / 100
  from rhythm, generate_series(0, 1096) day, lateral (select date '2022-12-31' + day as d) calendar
  union all
  select setting || ' ' || era, id, 1 + (weight::bigint * percent[era] / 100
                                         * (100 - sway + floor(2 * sway * pg_temp.u(id, 20 + least(era, 3)))::int) / 100)::int
  from place join (values ('nameless', '{100,100,100,100}'::int[], 60), ('steady', '{100,100,100,100}', 15),
                          ('emerging', '{4,4,4,130}', 0), ('fading', '{120,40,2,2}', 0)) s (story, percent, sway) using (story),
       generate_series(1, 4) era
)
select deck, sum(weight) over (partition by deck order by value)::float8 / sum(weight) over (partition by deck), value
from weighed where weight > 0;
analyze card, mix, place;

create temp table drawn on commit drop as
select n, offence, setting, started, place.value as place,
       5 * floor((shortest + (longest - shortest) * pg_temp.u(n, 31)) / 5)::int as minutes
from mix
join span on span.name = mix.span
cross join generate_series(mix.id * 100000 + 1, mix.id * 100000 + 3 * a_year) n
cross join lateral (select value from card where deck = 'day ' || rhythm and upto > pg_temp.u(n, 33) order by upto limit 1) day
cross join lateral (select value from card where deck = 'hour ' || rhythm and upto > pg_temp.u(n, 34) order by upto limit 1) hour
cross join lateral (select timestamp '2022-12-31' + make_interval(days => day.value, hours => hour.value,
                           mins => case when longest = 0 then floor(60 * pg_temp.u(n, 35))::int    -- windows: 5 minutes
                                        else 5 * floor(12 * pg_temp.u(n, 35))::int end) as started) s
cross join lateral (select value from card
                    where deck = setting || ' ' || 1 + (started >= '2024-01-01')::int + (started >= '2025-01-01')::int
                                                     + (started >= '2025-05-01')::int
                      and upto > pg_temp.u(n, 36) order by upto limit 1) place;

-- Near repeats: one burglary or vehicle crime at home in six is followed by another in the same street within ten days.
insert into drawn
select 10000000 + n, offence, setting, started + make_interval(days => 1 + floor(10 * pg_temp.u(n, 41))::int),
       place / 8 * 8 + ('{0,1,2,5,6,7}'::int[])[1 + floor(6 * pg_temp.u(n, 42))::int], minutes
from drawn
where setting = 'home' and offence in ('Residential burglary', 'Vehicle offences') and place < 1000000 and pg_temp.u(n, 43) * 6 < 1;

-- The table of crimes, as dirty as a real one -------------------------------------------------------------------------
-- at: when it was recorded; at once where the time is exact, otherwise up to three hours after the discovery.
-- Blemishes: 960 crimes without a geometry, 240 with an empty one, 24 at (0, 0), 1 with easting and northing swapped
-- (far outside the force area), 480 at the police headquarters for want of a better location, and 240 on the first of
-- a month at midnight (a few more fall there by chance).

create table public.crime (
  id bigint primary key, offence text not null,
  started timestamptz not null, finished timestamptz not null, at timestamptz not null,
  geom geometry(Point, 27700)
);
comment on table public.crime is 'Generated data: recorded crime of the fictional force Northmere, 2023 to 2025; no row is a real crime.';
comment on column public.crime.started is 'Earliest time the crime can have happened.';
comment on column public.crime.finished is 'Latest time the crime can have happened; equal to started where the time is known.';
comment on column public.crime.at is 'When the crime was recorded.';

insert into public.crime
with timed as (
  select n, offence, place, begun as started, begun + make_interval(mins => minutes) as finished,
         begun + make_interval(mins => minutes + case when minutes > 0
                                                      then floor(180 * pg_temp.u(n, 51) * pg_temp.u(n, 52))::int else 0 end) as at
  from drawn, lateral (select started at time zone 'Europe/London' as begun) b
), kept as (                                -- recorded within the three years, and a lot drawn for the blemish
  select *, row_number() over (order by pg_temp.u(n, 53), n) as lot
  from timed
  where started >= timestamp '2023-01-01' at time zone 'Europe/London'
    and at < timestamp '2026-01-01' at time zone 'Europe/London'
), soiled as (
  select n, offence, lot, x, y,
         case when lot between 1706 and 1945
              then array_fill(date_trunc('month', at at time zone 'Europe/London') at time zone 'Europe/London', '{3}')
              else array[started, finished, at] end as t
  from kept join place on place.id = kept.place
)
select row_number() over (order by t[3], n), offence, t[1], t[2], t[3],
       case when lot <= 960  then null
            when lot <= 1200 then 'SRID=27700;POINT EMPTY'::geometry
            when lot <= 1224 then st_setsrid(st_makepoint(0, 0), 27700)
            when lot <= 1225 then st_setsrid(st_makepoint(y, x), 27700)
            when lot <= 1705 then st_setsrid(st_makepoint(439750, 315720), 27700)
            else st_setsrid(st_makepoint(x, y), 27700) end
from soiled
order by 1;

create index on public.crime (at);
create index on public.crime using gist (geom);
analyze public.crime, public.district, public.excluded_place, public.planted_place;
commit;

select format('Generated force Northmere: %s crimes, %s districts, %s excluded places.',
              (select count(*) from public.crime), (select count(*) from public.district), (select count(*) from public.excluded_place)) as force \gset
\echo :force
