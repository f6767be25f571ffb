# hotspot: a PostgreSQL extension for hot spot analytics, built with PGXS.

EXTENSION = hotspot
EXTVERSION = $(shell sed -n "s/^default_version = '\(.*\)'/\1/p" hotspot.control)

MODULE_big = hotspot
OBJS = $(patsubst %.c,%.o,$(wildcard src/*.c src/*/*.c))

# The install script is a build product: the parts stand beside the C they
# declare, and this is the order in which they depend on each other.
SQL_PARTS = src/begin.sql \
	$(addprefix src/targeting/,grid.sql cell.sql surface.sql cover.sql top.sql gi_star.sql density.sql emerging.sql \
		concentration.sql accuracy.sql persistence.sql decay.sql quality.sql \
		incidents.sql near_repeat.sql) \
	src/warehouse/harm_weight.sql \
	src/targeting/harm.sql \
	src/tasking/week.sql \
	$(addprefix src/tracking/,track.sql zones.sql visits.sql coverage.sql patrol.sql dosage.sql compliance.sql \
		police_day.sql koper.sql exposure.sql crime_rate.sql) \
	$(addprefix src/testing/,effect.sql trial.sql crossover.sql randomisation.sql \
		displacement.sql exact_tests.sql did_rows.sql prevented.sql \
		panel.sql did.sql att.sql bacon.sql rate_ratio.sql few_clusters.sql) \
	$(addprefix src/warehouse/,programme.sql result.sql views.sql programme_check.sql \
		refresh_days.sql refresh_list.sql refresh_patrols.sql refresh.sql \
		report_text.sql report_map.sql report_list.sql report_hours.sql report_patrols.sql report_effects.sql \
		report_notes.sql report.sql tile.sql) \
	src/end.sql
SCRIPT = hotspot--$(EXTVERSION).sql
DATA_built = $(SCRIPT)

PG_CFLAGS = -std=gnu11 -Wextra -Wno-unused-parameter -Wno-sign-compare \
	-Wno-missing-field-initializers -fvisibility=hidden
# No fused multiply-add: a number must not depend on the processor. Here, and not
# among PG_CFLAGS, since the bitcode for JIT is made with these alone.
PG_CPPFLAGS = -I$(CURDIR)/src -ffp-contract=off -DHOTSPOT_VERSION='"$(EXTVERSION)"'
SHLIB_LINK += -lgsl -lgslcblas -lm

REGRESS = install geometry grid cell surface cover top gi_star density emerging concentration accuracy persistence harm decay quality incidents near_repeat week track zones visits patrol dosage compliance police_day koper trial crossover randomisation displacement exact_tests did_rows prevented panel panel_did event_study rate_ratio few_clusters programme refresh refresh_days report
REGRESS_OPTS = --load-extension=postgis

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

$(SCRIPT): $(SQL_PARTS) hotspot.control Makefile
	cat $(SQL_PARTS) > $@

# Every object sees every header: few files, and never a stale one.
$(OBJS) $(OBJS:.o=.bc): $(wildcard src/*/*.h)
