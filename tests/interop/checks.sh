# Shared by the suites: sourced, never run. Peers are started with `start`, checks counted with `check`.

work=$(mktemp -d)
pids=()
passed=0
failed=0
export WATTKEY_STATE_DIR=$work/state WATTKEY_CACHE_DIR=$work/cache WATTKEY_CONFIG=$work/config.toml
PYTHON=${PYTHON:-python3}

finish() {
    local pid
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 143' TERM INT

# start NAME COMMAND...: runs a peer in the background and waits until it says ready.
start() {
    local name=$1
    shift
    : >"$work/$name.log"
    "$@" >"$work/$name.out" 2>"$work/$name.log" </dev/null &
    pids+=($!)
    local waited=0
    until grep -q 'ready:' "$work/$name.log"; do
        kill -0 "${pids[-1]}" 2>/dev/null || { cat "$work/$name.log" >&2; echo "$name did not start" >&2; exit 1; }
        waited=$((waited + 1))
        [ "$waited" -lt 200 ] || { echo "$name is not ready after 20 s" >&2; exit 1; }
        sleep 0.1
    done
}

# stop: ends the peer started last.
stop() {
    kill "${pids[-1]}" 2>/dev/null || true
    wait "${pids[-1]}" 2>/dev/null || true
    unset 'pids[-1]'
}

# check WORDS PATTERN COMMAND...: the output of the command, or of the function, must match the pattern. A command has
# check_limit seconds.
check() {
    local words=$1 pattern=$2 output
    shift 2
    if [ "$(type -t "$1")" = function ]; then
        output=$("$@" 2>&1 </dev/null || true)
    else
        output=$(timeout "${check_limit:-60}" "$@" 2>&1 </dev/null || true)
    fi
    if grep -Eq -- "$pattern" <<<"$output"; then
        passed=$((passed + 1))
        echo "ok   $words"
    else
        failed=$((failed + 1))
        echo "FAIL $words: no match for /$pattern/ in:"
        sed 's/^/     /' <<<"$output"
    fi
}

# verdict: prints the count; the suite ends with its status.
verdict() {
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}

# free_port: a TCP port nobody listens on now.
free_port() { "$PYTHON" -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
