-- The patrols of Northmere in November 2025, as GPS fixes, to try tracking on.
--
--   psql -d <database> -f demo/patrols.sql      after demo/force.sql
--
-- Nothing here is real. What demo/force.sql says of its data holds here too: the result is the same to the last bit
-- wherever it is loaded, and PostGIS is needed, but not hotspot.
--
--   hot_spot      20 cells of the 150 m grid, hot in every year: 14 to be patrolled, 6 to compare them with
--   patrol_plan   what the 14 are due each day
--   gps           two million position fixes of 60 units on 10-hour shifts, one in 30 s
--
-- Units H01 to H20 work the hot spots, in pairs that sometimes go together. They walk about in one for a quarter of an
-- hour, then drive on; but for most of a shift they are elsewhere, and on some days all the time. Units R01 to R40 are
-- response cars: anywhere in their district, or where a crime was recorded a short while ago. Crimes know nothing of
-- patrols, so there is no effect to be found; but patrols do follow crime.

\set ON_ERROR_STOP on
\set QUIET on

begin;
set local client_min_messages = warning;
set local jit = off;
set local work_mem = '64MB';

-- As in demo/force.sql.
create or replace function pg_temp.u(n bigint, stream int) returns float8 language sql immutable
return ((hashint8extended(n, stream) >> 11) & 9007199254740991) / 9007199254740992.0::float8;

create or replace function pg_temp.bell(n bigint, stream int) returns float8 language sql immutable
return ((pg_temp.u(n, stream) + pg_temp.u(n, stream + 1) + pg_temp.u(n, stream + 2)) * 2 - 3) / 3;

-- Hot spots -----------------------------------------------------------------------------------------------------------
-- Cells of places that are steady in demo/force.sql. area: where the units come from that work there; the first of an
-- area get more visits than the last.

create temp table spot on commit drop as
select name, area, row_number() over (partition by area order by nth) - 1 as nth,
       150 * floor(x / 150) + 75 as x, 150 * floor(y / 150) + 75 as y      -- the centre
from (values
  ( 1, 'Quay Street clubs',      'city',      439870.0::float8, 315110.0::float8),
  ( 2, 'Swanmere Centre',        'city',      439620, 315410),
  ( 3, 'Northmere station',      'city',      440370, 315880),
  ( 4, 'Market Street',          'city',      439410, 315640),
  ( 5, 'Corn Exchange',          'city',      439480, 315290),
  ( 6, 'Northmere bus station',  'city',      439160, 315260),
  ( 7, 'Albion House hostel',    'city',      440180, 316370),
  ( 8, 'Beckside parade',        'city',      443420, 313350),
  ( 9, 'Gorse Hill towers',      'city',      436930, 318840),
  (10, 'Harlowick High Street',  'Harlowick', 426540, 322470),
  (11, 'Harlowick bus station',  'Harlowick', 426720, 322330),
  (12, 'Stanmoor Market Place',  'Stanmoor',  453060, 323090),
  (13, 'The Bell, Stanmoor',     'Stanmoor',  452930, 322880),
  (14, 'The Anchor, Eastwold',   'Eastwold',  452110, 306420),
  (15, 'Castle Gardens',         null,        439260, 314860),
  (16, 'Tollgate superstore',    null,        435730, 313560),
  (17, 'Lea Court',              null,        443190, 313080),
  (18, 'Northmere College',      null,        438220, 316720),
  (19, 'The Fleece, Harlowick',  null,        426390, 322610),
  (20, 'Eastwold superstore',    null,        451720, 306850)
) s (nth, name, area, x, y);

create table public.hot_spot (
  name text primary key,
  arm text not null check (arm in ('patrol', 'control')),
  area geometry(Polygon, 27700) not null
);
comment on table public.hot_spot is 'Generated data: hot spots of the fictional force Northmere, cells of 150 m.';
comment on column public.hot_spot.arm is 'patrol: units were to go there. control: they were not, for comparison.';

insert into public.hot_spot
select name, case when area is null then 'control' else 'patrol' end, st_makeenvelope(x - 75, y - 75, x + 75, y + 75, 27700)
from spot order by name collate "C";

create table public.patrol_plan (
  hot_spot text primary key references public.hot_spot,
  visits int not null, min_dwell interval not null, minutes float8 not null, ceiling float8
);
comment on table public.patrol_plan is 'Generated data: what the hot spots of the fictional force Northmere are due each day.';
comment on column public.patrol_plan.visits is 'Visits due, of at least min_dwell each.';
comment on column public.patrol_plan.minutes is 'Minutes due, with one unit or more there.';
comment on column public.patrol_plan.ceiling is 'Minutes above which a hot spot gets more than it should.';

insert into public.patrol_plan
select name, 3, interval '10 min', 45, 90 from public.hot_spot where arm = 'patrol' order by name collate "C";

-- Shifts --------------------------------------------------------------------------------------------------------------
-- Early from 07:00, late from 14:00, night from 21:00, changing by the week. route: two units of a pair that go
-- together have the same.

create temp table shift on commit drop as
with station (area, x, y, reach, first, last, pairs) as (values
  ('city',         439700, 315800, 5000,  1, 20, '{0,1,2,3,4,5}'::int[]),
  ('Harlowick',    426500, 322700, 3500, 21, 25, '{6,7}'),
  ('Stanmoor',     453100, 323300, 3500, 26, 30, '{8}'),
  ('Eastwold',     452000, 306700, 3500, 31, 35, '{9}'),
  ('Fenholt Vale', 430000, 308000, 5000, 36, 40, '{}')
), car (unit, hot, nth, area, x, y, reach) as (
  select format('H%s', to_char(2 * pair + k, 'FM00')), true, 2 * pair + k - 1, area, x, y, reach
  from station, unnest(pairs) pair, generate_series(1, 2) k
  union all
  select format('R%s', to_char(k, 'FM00')), false, 19 + k, area, x, y, reach
  from station, generate_series(first, last) k
)
select nth * 30 + day as id, unit, day, area, hot, x, y, reach,
       case when hot and pg_temp.u(nth / 2 * 30 + day, 61) < 0.4 then nth / 2 * 2 * 30 + day else nth * 30 + day end as route,
       hot and pg_temp.u(nth / 2 * 30 + day, 62) >= 0.07 as on_round,
       (timestamp '2025-11-01' + make_interval(days => day, secs => 7 * nth % 30, hours =>
          case when not hot then ('{7,14,21}'::int[])[1 + (nth + day / 7) % 3]
               else ('{7,7,14,14,21}'::int[])[1 + (nth / 2 + day / 7) % 5] end)) at time zone 'Europe/London' as begun
from car, generate_series(0, 29) day;

-- Routes --------------------------------------------------------------------------------------------------------------
-- A route is a chain of stops: drive there, then stay until it is time for the next. Seconds are from its begin.

create temp table called on commit drop as
select at, id, st_x(geom) as x, st_y(geom) as y
from public.crime
where not st_isempty(geom) and at between timestamptz '2025-10-31 00:00Z' and timestamptz '2025-12-02 00:00Z';
create index on called (at desc, id);
analyze called, spot, shift;

create temp table stop on commit drop as
with chain as (
  select s.id as route, i, id * 64 + i as n, s.area, s.x as station_x, s.y as station_y, s.reach, s.begun,
         case when i = 0 then 'station'
              when hot then case when on_round and pg_temp.u(id * 64 + i, 63) < 0.13 then 'hot spot' else 'elsewhere' end
              when pg_temp.u(id * 64 + i, 63) < 0.2 then 'call'
              else 'elsewhere' end as kind
  from shift s, generate_series(0, 45) i
  where s.id = s.route
), timed as (
  select *, sum(seconds) over (partition by route order by i)::int as finish
  from chain, lateral (select case when kind = 'hot spot' then 840 + floor(600 * pg_temp.u(n, 64))::int
                                   else 900 + floor(2100 * pg_temp.u(n, 64))::int end as seconds) l
), busy as (
  select *, finish - seconds as start from timed where finish - seconds < 36000
), located as (
  select b.*,
         case kind when 'station' then station_x
                   when 'hot spot' then h.x + 30 * pg_temp.bell(n, 65)
                   when 'call' then c.x end as known_x,
         case kind when 'station' then station_y
                   when 'hot spot' then h.y + 30 * pg_temp.bell(n, 68)
                   when 'call' then c.y end as known_y,
         h.x as centre_x, h.y as centre_y
  from busy b
  left join (select *, count(*) over (partition by area) as spots from spot) h
    on kind = 'hot spot' and h.area = b.area
    and h.nth = floor(spots * (pg_temp.u(n, 71) + pg_temp.u(n, 71) * pg_temp.u(n, 71)) / 2)
  left join lateral (
    select x, y
    from called
    where kind = 'call' and at <= begun + make_interval(secs => start) and at > begun + make_interval(secs => start - 7200)
      and abs(x - station_x) < reach and abs(y - station_y) < reach
    order by at desc, id
    offset floor(2 * pg_temp.u(n, 72))::int limit 1) c on true
), placed as (
  select *, floor(coalesce(known_x, station_x + reach * pg_temp.bell(n, 73)) + 0.5) as x,
            floor(coalesce(known_y, station_y + reach * pg_temp.bell(n, 76)) + 0.5) as y
  from located
)
select route, n, kind, start, finish, centre_x, centre_y, x, y, from_x, from_y,
       start + least((finish - start) * 3 / 5,        -- round the corners 12 to 20 m/s; faster where that takes too long
                     floor((abs(x - from_x) + abs(y - from_y)) / (12 + 8 * pg_temp.u(n, 79)))::int) as arrival
from (select *, coalesce(lag(x) over w, x) as from_x, coalesce(lag(y) over w, y) as from_y
      from placed
      window w as (partition by route order by start)) p;

-- Straight pieces of a route. In a hot spot a unit walks: every 150 s to another point, now and then a little outside,
-- and back to where it stopped. asleep: a device that is parked for long and is silent until it moves.
create temp table piece on commit drop as
select route, n * 64 as n, start, arrival as finish, from_x, from_y, x, y, false as parked, false as asleep
from stop where start < arrival
union all
select route, n * 64 + 1, arrival, finish, x, y, x, y, true, finish - arrival >= 1200 and pg_temp.u(n, 81) < 0.05
from stop where kind <> 'hot spot'
union all
select route, n * 64 + 1 + k, arrival + 150 * (k - 1), case when k = legs then finish else arrival + 150 * k end,
       case when k = 1 then x else centre_x + 164 * pg_temp.u(n * 64 + k, 82) - 82 end,
       case when k = 1 then y else centre_y + 164 * pg_temp.u(n * 64 + k, 83) - 82 end,
       case when k = legs then x else centre_x + 164 * pg_temp.u(n * 64 + k + 1, 82) - 82 end,
       case when k = legs then y else centre_y + 164 * pg_temp.u(n * 64 + k + 1, 83) - 82 end, false, false
from stop, lateral (select greatest((finish - arrival) / 150, 1) as legs) l, generate_series(1, legs) k
where kind = 'hot spot';

-- Fixes ---------------------------------------------------------------------------------------------------------------
-- On a lattice of 1 m, a few metres off while a unit moves; a parked one repeats itself. Blemishes: about 2 % of all
-- stretches of ten minutes without a fix, 1 % of fixes with an accuracy of 80 m and far off, 2 % without an accuracy,
-- one in 4,000 three kilometres off, one in 8,000 without a point, and 1 % that come twice. A device sends its pieces
-- of a route in any order.

create table public.gps (unit text not null, at timestamptz not null, geom geometry(Point, 27700), accuracy real);
comment on table public.gps is 'Generated data: position fixes of the units of the fictional force Northmere, November 2025; no row is real.';
comment on column public.gps.at is 'By the clock of the device.';
comment on column public.gps.accuracy is 'Radius in metres that the receiver gave; NULL if it gave none.';

insert into public.gps
select unit, begun + k * interval '30 seconds',
       case when lot = 0 then null
            when lot = 1 then 'SRID=27700;POINT EMPTY'::geometry
            else st_point(floor(from_x + (x - from_x) * gone + 0.5) + error * east + case when lot < 6 then 3000 else 0 end,
                          floor(from_y + (y - from_y) * gone + 0.5) + error * north, 27700) end,
       case when vague then 80 when h >> 20 & 63 = 0 then null else 3 + (h >> 26 & 15) / 2.0::float8 end
from (
  select shift.id, unit, begun, piece.*
  from shift join piece using (route)
  where start < 36000
  order by day, shift.id, pg_temp.u(n, 91)
) p
cross join lateral generate_series((start + 29) / 30, (least(finish, 36000) + 29) / 30 - 1) k
cross join lateral (select hashint8extended(id * 4096 + k, 92) as h) hash
cross join lateral (select h & 16383 as lot, h >> 14 & 127 = 0 as vague) lots
cross join lateral (select case when vague then 12 when parked and h >> 32 & 15 > 0 then 0 else 1 end as error,
                           (h >> 36 & 7) + (h >> 39 & 7) + (h >> 42 & 7) - 10 as east,
                           (h >> 45 & 7) + (h >> 48 & 7) + (h >> 51 & 7) - 10 as north,
                           (k * 30 - start) / (finish - start)::float8 as gone) noise
where not (asleep and k > (start + 29) / 30 and k < (least(finish, 36000) + 29) / 30 - 1)
  and pg_temp.u(id * 64 + k / 20, 93) >= 0.02;

insert into public.gps
select unit, at, geom, accuracy from public.gps
where hashtextextended(unit, extract(epoch from at)::bigint) % 100 = 0
order by unit collate "C", at, accuracy;

create index on public.gps using brin (at);
analyze public.hot_spot, public.patrol_plan, public.gps;
commit;

select format('Generated patrols: %s fixes of %s units, %s hot spots.', count(*), count(distinct unit),
              (select count(*) from public.hot_spot)) as patrols
from public.gps \gset
\echo :patrols
