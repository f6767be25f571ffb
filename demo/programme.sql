-- A programme of Northmere in the warehouse, refreshed at the end of October and of November 2025: what the page that
-- demo/run writes is about.
--
--   psql -d <database> -f demo/programme.sql      after demo/force.sql, demo/patrols.sql and demo/trials.sql, with hotspot
--
-- Nothing here is real. A programme reads relations with the columns that it wants, which these views are. The crimes
-- of the patrol trial happen in the cells of the hot spots of demo/patrols.sql, at noon, as common assaults; so the
-- effect that the page shows is a mixture of that of the trial, a ratio of 0.7, and of none, on all other crimes there.

\set ON_ERROR_STOP on
\set QUIET on

begin;
set local client_min_messages = warning;
create schema northmere;

create view northmere.trial_place as
select format('Hot spot %s', to_char(row_number() over (order by name collate "C"), 'FM00')) as place,
       st_centroid(area) as geom, hotspot.cell(st_centroid(area), 150) as cell
from public.hot_spot;

create view northmere.event as
select geom, started as at, finished as finish, hotspot.harm(offence, 'cchi_2026_demo') as harm
from public.crime
union all
select geom, (day + time '12:00') at time zone 'Europe/London', null, hotspot.harm('Violence without injury', 'cchi_2026_demo')
from public.patrol_trial join northmere.trial_place using (place), generate_series(1, crimes);

create view northmere.force_area as select area as geom from public.district;
create view northmere.no_patrol as select area as geom from public.excluded_place;
create view northmere.assignment as
select cell::text as place, day, treated from public.patrol_trial join northmere.trial_place using (place);

insert into hotspot.programme (name, events, grid, day_start, separation, exclude, area, fixes, fix_history, zone_buffer, visits_due,
                               minutes_due, dwell_due, ceiling, max_accuracy, assignment)
values ('Northmere harm', 'northmere.event', 150, '7 hours', 500, 'northmere.no_patrol', 'northmere.force_area', 'public.gps', '30 days', 20,
        3, 45, '10 min', 90, 50, 'northmere.assignment');
commit;

call hotspot.refresh('Northmere harm', as_of => '2025-11-01 08:00+00');
call hotspot.refresh('Northmere harm', as_of => '2025-12-01 08:00+00');
