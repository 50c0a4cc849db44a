#!/usr/bin/env bash
# ready.sh PORT COMMAND...: runs the command and says `ready:` once somebody listens on the port.
port=$1
shift
"$@" &
child=$!
trap 'kill "$child" 2>/dev/null' TERM INT EXIT
until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
    kill -0 "$child" 2>/dev/null || exit 1
    sleep 0.05
done
echo "ready: tcp:127.0.0.1:$port" >&2
wait "$child"
