# shellcheck shell=bash
# Sourced by environment.sh, and by suites that need Debian packages which the others do not.

as_root() {
	if ((EUID == 0)); then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		echo "$0: neither root nor sudo, so cannot run: $*" >&2
		return 1
	fi
}

# is_installed PACKAGE
is_installed() {
	[[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# need_packages PACKAGE...: gets those that are missing through apt. Where there is no apt, or nobody may use it, or apt
# knows no such package, the tests of the suite are left out: it ends here, and says why. All else that goes wrong is a
# failure.
need_packages() {
	local package missing=()
	for package; do
		is_installed "$package" || missing+=("$package")
	done
	((${#missing[@]})) || return 0
	if ! command -v apt-get >/dev/null || { ((EUID > 0)) && ! command -v sudo >/dev/null; }; then
		skip_suite "missing packages, and nobody to install them: ${missing[*]}"
	fi
	as_root apt-get -qq update || true
	for package in "${missing[@]}"; do
		apt-cache show --no-all-versions "$package" >/dev/null 2>&1 || skip_suite "there is no package $package here"
	done
	echo "# Installing ${missing[*]} ..."
	as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get -qq -y --no-install-recommends install "${missing[@]}" >/dev/null
}

# skip_suite REASON
skip_suite() {
	echo "ok 1 - skipped # SKIP $1"
	echo '1..1'
	exit
}
