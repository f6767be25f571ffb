-- Two trials of Northmere with known effects, to try testing on.
--
--   psql -d <database> -f demo/trials.sql
--
-- Nothing here is real. What demo/force.sql says of its data holds here too: the result is the same to the last bit
-- wherever it is loaded. It needs neither the other tables nor hotspot.
--
--   patrol_trial   a repeat crossover: 20 hot spots, 90 days, each day 8 drawn for patrol. Patrol multiplies the
--                  expected crimes of a place-day by 0.7.
--   rollout        a programme that 220 of 300 places get in three steps, 36 months. It takes 1.5 crimes a month from
--                  the expected count of a place, from its first treated month on.
--
-- Counts are sums of Bernoulli trials of equal odds, of which at most one in five succeeds: binomial, and with a
-- variance a little below that of Poisson counts. Nothing carries over from one day or month to the next.

\set ON_ERROR_STOP on
\set QUIET on

begin;
set local client_min_messages = warning;
set local jit = off;

-- As in demo/force.sql.
create or replace function pg_temp.u(n bigint, stream int) returns float8 language sql immutable
return ((hashint8extended(n, stream) >> 11) & 9007199254740991) / 9007199254740992.0::float8;

-- A patrol trial ------------------------------------------------------------------------------------------------------
-- Places have 0.15 to 0.72 crimes a day when nobody comes, Fridays and Saturdays half as many again. minutes is what
-- the GPS showed: some patrols that were drawn did not take place, and now and then a car came by that was not drawn.
-- The effect is of the assignment, whatever the minutes.

create table public.patrol_trial (
  place text not null, day date not null, treated boolean not null, crimes int not null, minutes float8 not null,
  primary key (place, day)
);
comment on table public.patrol_trial is 'Generated data: a repeat crossover trial of the fictional force Northmere, 20 hot spots by 90 days. True rate ratio of patrol days to others: 0.7.';
comment on column public.patrol_trial.treated is 'Drawn for patrol on that day, as 8 of the 20 are each day.';
comment on column public.patrol_trial.minutes is 'Minutes of patrol that it got, drawn or not.';

insert into public.patrol_trial
with place_day as (
  select p, d, date '2025-06-01' + d as day, p * 128 + d as n,
         row_number() over (partition by d order by pg_temp.u(p * 128 + d, 101), p) <= 8 as treated
  from generate_series(1, 20) p, generate_series(0, 89) d
), expected as (
  select *, (0.12 + 0.03 * p) * case when extract(isodow from day) in (5, 6) then 1.5 else 1 end
            * case when treated then 0.7 else 1 end as crimes
  from place_day
)
select format('Hot spot %s', to_char(p, 'FM00')), day, treated,
       (select count(*) from generate_series(0, 7) k where pg_temp.u(n * 8 + k, 102) < e.crimes / 8),
       case when treated and pg_temp.u(n, 103) < 0.9 then 30 + floor(pg_temp.u(n, 104) * 31)
            when not treated and pg_temp.u(n, 103) < 0.1 then 5 + floor(pg_temp.u(n, 104) * 11) else 0 end
from expected e
order by p, d;

-- A roll-out ----------------------------------------------------------------------------------------------------------
-- Places start with 5 to 11 crimes a month, those of earlier cohorts with more, as a force begins where it is worst. All
-- share a season and a trend: up to one more in summer, one less over the three years.

create table public.rollout (
  place text not null, month int not null, crimes int not null, treated_from int,
  primary key (place, month)
);
comment on table public.rollout is 'Generated data: a staggered roll-out of the fictional force Northmere, 300 places by 36 months. True effect: 1.5 crimes a month less from the first treated month on.';
comment on column public.rollout.month is 'From 1 to 36.';
comment on column public.rollout.treated_from is 'The first month with the programme; NULL where it never came.';

insert into public.rollout
with place as (
  select p, case when p <= 60 then 13 when p <= 130 then 19 when p <= 220 then 25 end as treated_from,
         5 + 5 * pg_temp.u(p, 111) + case when p <= 60 then 1 when p <= 130 then 0.5 else 0 end as level
  from generate_series(1, 300) p
), place_month as (
  select p, month, p * 64 + month as n, treated_from,
         level - month / 36.0::float8 + abs(6 - (month + 5) % 12) / 6.0::float8
           - case when month >= treated_from then 1.5 else 0 end as expected
  from place, generate_series(1, 36) month
)
select format('Place %s', to_char(p, 'FM000')), month,
       (select count(*) from generate_series(0, 59) k where pg_temp.u(n * 64 + k, 112) < expected / 60), treated_from
from place_month
order by p, month;

analyze public.patrol_trial, public.rollout;
commit;

select format('Generated trials: %s place-days, %s place-months.', (select count(*) from public.patrol_trial), count(*)) as trials
from public.rollout \gset
\echo :trials
