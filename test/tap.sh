# Sourced by suites in bash: tests as lines of TAP.

tests=0

# check NAME COMMAND...: a test that passes when the command does.
check() {
	local name=$1 output
	shift
	tests=$((tests + 1))
	if output=$("$@" 2>&1); then
		echo "ok $tests - $name"
	else
		echo "not ok $tests - $name"
		echo "# ${output//$'\n'/$'\n'# }"
	fi
}
