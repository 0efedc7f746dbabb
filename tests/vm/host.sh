# shellcheck shell=bash
# The tests on the kernel of this machine, beside the others. Sourced by `run`.

# run_host: its results are in $work/host/results.
run_host() {
    local begun=$SECONDS status=0 inside=() as=root
    # Who is not root is that in namespaces of his own, and has there what most tests need.
    ((EUID == 0)) || inside=(unshare --user --map-root-user --net) as="root in namespaces of its own"
    if ! "${inside[@]}" true; then
        echo "<== ordinary users may not make namespaces here, so no test can run"
        return 2
    fi
    echo "==> Linux $(uname -r) (as $as)"
    mkdir "$work/host/found"
    NETLINK_REQUIRE='' NETLINK_FOUND=$work/host/found "${inside[@]}" sh -c '
        [ ! "$5" ] || ip link set lo up
        . "$1"
        collector=$6
        start_recording "$7"
        run_plan "$2" "$3" "$4" ""
        status=$?
        tell_recorded
        exit $status' sh "$here/each" \
        "$work/root/run/plan" "$limit" "$work/host/output" "${inside[*]}" "$collector" "$work/host/recordings" \
        3>"$work/host/results" || status=$?
    echo "<== ended with status $status after $((SECONDS - begun)) s"
    return "$status"
}
