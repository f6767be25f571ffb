# shellcheck shell=bash
# Sourced by suites that need servers beside the throwaway one, with other settings: of the same version, and with the
# same staged extension. They listen to no port but to a socket in a directory that is closed to others, and they stop
# when the suite ends.
#
#   make_cluster NAME [SETTING...]      a new one, such as make_cluster primary wal_level=logical; starts it
#   start_cluster NAME                  starts one that lies in cluster_data NAME
#   stop_cluster NAME
#   use_cluster NAME COMMAND...         a command whose PGHOST etc. are of that cluster
#   cluster_directory NAME, cluster_data NAME

clusters=()
cluster_owner=$(stat -c %U "$(psql -X -A -t -c 'SHOW data_directory')")
mapfile -t cluster_settings < <(psql -X -A -t -c "SELECT format('%s = ''%s''', name, setting) FROM pg_settings
	WHERE name IN ('dynamic_library_path', 'extension_destdir', 'extension_control_path', 'timezone')")

# A server does not run as root.
as_owner() {
	if ((EUID == 0)); then
		setpriv --reuid "$cluster_owner" --regid "$(id -g "$cluster_owner")" --init-groups "$@"
	else
		"$@"
	fi
}

cluster_directory() {
	echo "$TMPDIR/cluster.$1"
}

cluster_data() {
	echo "$TMPDIR/cluster.$1/data"
}

make_directory() {
	mkdir -m 700 "$(cluster_directory "$1")"
	if ((EUID == 0)); then
		chown "$cluster_owner" "$(cluster_directory "$1")"
	fi
}

make_cluster() {
	local setting
	make_directory "$1"
	as_owner initdb -D "$(cluster_data "$1")" -U "$PGUSER" -A trust -E UTF8 --locale C.UTF-8 --no-sync >/dev/null
	{
		printf '%s\n' "listen_addresses = ''" 'port = 5432' 'fsync = off' "${cluster_settings[@]}"
		for setting in "${@:2}"; do
			echo "${setting%%=*} = '${setting#*=}'"
		done
	} | as_owner tee -a "$(cluster_data "$1")/postgresql.conf" >/dev/null
	start_cluster "$1"
}

start_cluster() {
	clusters+=("$1")
	as_owner pg_ctl -D "$(cluster_data "$1")" -l "$(cluster_directory "$1")/log" -w -t 60 \
		-o "-c unix_socket_directories='$(cluster_directory "$1")'" start >/dev/null ||
		{ cat "$(cluster_directory "$1")/log" && return 1; }
}

stop_cluster() {
	as_owner pg_ctl -D "$(cluster_data "$1")" -m immediate -w stop >/dev/null 2>&1
}

use_cluster() {
	PGHOST=$(cluster_directory "$1") PGPORT=5432 "${@:2}"
}

stop_clusters() {
	local name
	for name in "${clusters[@]}"; do
		stop_cluster "$name" || true
	done
}
trap stop_clusters EXIT
