# shellcheck shell=bash
# Sourced by test/run, demo/run and bench/run: what they need to build hotspot from this checkout and to try it in a
# PostgreSQL server of its own, on Debian or Ubuntu.
#
#   install_packages        chooses a PostgreSQL version and gets what is missing through apt
#   build                   builds a copy of the checkout and stages its installation
#   start_server            starts a throwaway server that finds the staged extension, and points PGHOST etc. to it
#   create_database NAME    makes a database in it, with the extensions postgis and hotspot
#   stop_server             stops and removes it
#
# Nothing is written to the checkout or to the directories of an installed PostgreSQL, no existing cluster is touched.
# What is made lies in one temporary directory; it goes when the script ends, and the server with it.
#
# Variables, exported:
#
#   HOTSPOT_CHECKOUT        this checkout
#   HOTSPOT_SOURCE          its copy, where hotspot has been built
#   HOTSPOT_STAGE           where it has been installed to: DESTDIR of "make install"
#   PG_CONFIG               of the PostgreSQL version in use; set it beforehand to choose one
#   PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE
#                           the throwaway server, as its superuser
#   TMPDIR                  the temporary directory

# If we are root, the server runs as another user, who has to read what is built.
umask 022
# Messages and sort order are the same everywhere.
export LC_ALL=C.UTF-8

HOTSPOT_CHECKOUT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export HOTSPOT_CHECKOUT

temporary=		# set while the temporary directory exists
no_main_cluster=	# set while that file of install_packages exists
server=			# set while the throwaway server runs: its process

die() {
	echo "$0: $*" >&2
	exit 1
}

clean_up() {
	# A second signal must not cut this short.
	trap '' HUP INT TERM
	stop_server
	if [[ -n $no_main_cluster ]]; then
		as_root rm -f "$no_main_cluster"
	fi
	rm -rf "$temporary"
}
trap clean_up EXIT


# Packages ------------------------------------------------------------------------------------------------------------

as_root() {
	if ((EUID == 0)); then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		die "neither root nor sudo, so cannot run: $*"
	fi
}

# missing_packages VERSION: those needed for that PostgreSQL version and not installed.
missing_packages() {
	local package
	# libc6-dev is only recommended by gcc, and recommended packages are not installed.
	for package in postgresql-common "postgresql-$1" "postgresql-server-dev-$1" "postgresql-$1-postgis-3" \
		"postgresql-$1-pgtap" libtap-parser-sourcehandler-pgtap-perl libgsl-dev gcc libc6-dev make perl; do
		if [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) != installed ]]; then
			echo "$package"
		fi
	done
	# Two packages provide the command and exclude each other.
	command -v pkg-config >/dev/null || echo pkg-config
}

# The PostgreSQL versions to consider: the one of PG_CONFIG, or the installed ones, the newest first.
candidates() {
	local version
	if [[ -n ${PG_CONFIG-} ]]; then
		version=$("$PG_CONFIG" --version | sed 's/^PostgreSQL \([0-9]*\).*/\1/')
		[[ $("$PG_CONFIG" --bindir) == "/usr/lib/postgresql/$version/bin" ]] ||
			die "$PG_CONFIG is not of a Debian package, as pg_virtualenv needs it"
		echo "$version"
	else
		printf '%s\n' /usr/lib/postgresql/*/bin/postgres | sed -n 's#^/usr/lib/postgresql/\([0-9]*\)/.*#\1#p' | sort -rn
	fi
}

install_packages() {
	local version versions missing
	versions=$(candidates)

	for version in $versions; do
		if [[ -z $(missing_packages "$version") ]]; then
			use_version "$version"
			return
		fi
	done

	command -v apt-get >/dev/null || die 'needs Debian or Ubuntu: there is no apt-get'
	version=${versions%%$'\n'*}
	echo "Missing packages:" $(missing_packages "${version:-VERSION}")
	# A repository that cannot be read matters only if the installation fails for it.
	as_root apt-get -qq update || true
	if [[ -z ${PG_CONFIG-} ]]; then
		# Last choice: what the distribution means by "postgresql".
		versions+=" $(apt-cache depends postgresql | sed -n 's/.* Depends: postgresql-\([0-9]*\)$/\1/p')"
	fi
	for version in $versions; do
		mapfile -t missing < <(missing_packages "$version")
		if apt-get --simulate install "${missing[@]}" >/dev/null 2>&1; then
			break
		fi
	done

	# The package of a server would create a cluster and start it. A server that is installed already is not named, so
	# it is not upgraded and hence not restarted.
	echo "Installing ${missing[*]} ..."
	no_main_cluster=/etc/postgresql-common/createcluster.d/hotspot-tests.conf
	as_root mkdir -p "${no_main_cluster%/*}"
	as_root tee "$no_main_cluster" <<<'create_main_cluster = false' >/dev/null
	as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get -qq -y --no-install-recommends install "${missing[@]}" >/dev/null
	as_root rm "$no_main_cluster"
	no_main_cluster=
	use_version "$version"
}

use_version() {
	postgresql_version=$1
	PATH=/usr/lib/postgresql/$1/bin:$PATH
	export PG_CONFIG=/usr/lib/postgresql/$1/bin/pg_config
}


# Building ------------------------------------------------------------------------------------------------------------

# The files of the current directory, relative and separated by null bytes; those that git ignores are left out if
# there is a git to ask.
source_files() {
	{ [[ -e .git ]] && git ls-files -z --cached --others --exclude-standard 2>/dev/null; } ||
		find . -name .git -prune -o -type f -print0
}

# pgxs TARGET...: make, in the copy of the checkout.
pgxs() {
	make -s -C "$HOTSPOT_SOURCE" PG_CONFIG="$PG_CONFIG" "$@"
}

build() {
	local options=()
	if [[ ${CI-} == true ]]; then
		options=(COPT=-Werror)
	fi

	temporary=$(mktemp -d "${TMPDIR:-/tmp}/hotspot.XXXXXX")
	chmod 755 "$temporary"
	export TMPDIR=$temporary HOTSPOT_SOURCE=$temporary/source HOTSPOT_STAGE=$temporary/stage
	mkdir "$HOTSPOT_SOURCE"
	# A tracked file that has been deleted is no failure.
	(cd "$HOTSPOT_CHECKOUT" && source_files |
		tar -c --null --files-from - --ignore-failed-read --mode a+rX,u+w) | tar -x -C "$HOTSPOT_SOURCE"

	echo "Building hotspot for $("$PG_CONFIG" --version) ..."
	pgxs clean
	pgxs -j "$(nproc)" all "${options[@]}"
	pgxs install DESTDIR="$HOTSPOT_STAGE" >/dev/null
}


# The throwaway server ------------------------------------------------------------------------------------------------

start_server() {
	local share library sample line options
	share=$("$PG_CONFIG" --sharedir)
	library=$("$PG_CONFIG" --pkglibdir)
	sample=$share/postgresql.conf.sample
	options=(-o "dynamic_library_path=$HOTSPOT_STAGE$library:\$libdir")
	if grep -q extension_control_path "$sample"; then			# PostgreSQL 18
		options+=(-o "extension_control_path=$HOTSPOT_STAGE$share:\$system")
	elif grep -q extension_destdir "$sample"; then				# Debian's versions before
		options+=(-o "extension_destdir=$HOTSPOT_STAGE")
	else
		die "PostgreSQL $postgresql_version loads extensions only from its own directories, which are not written to"
	fi

	# The settings of the caller are about other servers.
	unset "${!PG@}"

	# The server lives until its standard input ends: until stop_server, or the end of this script however it comes.
	coproc THROWAWAY {
		exec 3>&1 >"$temporary/output" 2>&1
		exec pg_virtualenv -t -v "$postgresql_version" -o timezone=UTC "${options[@]}" \
			-c "--locale C.UTF-8 --encoding UTF8 --logfile $temporary/postgresql.log" \
			sh -c 'env | grep ^PG >&3; echo ready >&3; exec cat'
	}
	server=$THROWAWAY_PID
	server_input=${THROWAWAY[1]}
	while read -r line && [[ $line != ready ]]; do
		export "${line?}"
	done <&"${THROWAWAY[0]}"
	if [[ ${line-} != ready ]]; then
		cat "$temporary/output" >&2
		die 'the throwaway server does not start'
	fi
	# pg_virtualenv removes its log; this name of it stays.
	ln "$temporary/postgresql.log" "$temporary/server.log"
}

stop_server() {
	if [[ -n $server ]]; then
		exec {server_input}>&-
		wait "$server" || true
		server=
	fi
}

create_database() {
	createdb "$1"
	psql -X -q -d "$1" -v ON_ERROR_STOP=1 -c 'CREATE EXTENSION postgis' -c 'CREATE EXTENSION hotspot'
}
