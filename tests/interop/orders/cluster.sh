# A cluster of PostgreSQL in a scratch folder: sourced by the suite and by the measurements.
#
# PostgreSQL does not run as root: there its own user owns the folder.

pg_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
pg_bin=${pg_bin:-$(dirname "$(command -v initdb || echo /nowhere/initdb)")}

# as_owner COMMAND...: as the user that PostgreSQL runs under.
as_owner() {
    if [ "$(id -u)" -eq 0 ]; then
        # Folders of this run may not be entered by others.
        (cd / && setpriv --reuid=postgres --regid=postgres --init-groups --inh-caps=-all "$@")
    else
        "$@"
    fi
}

# cluster FOLDER PORT OPTIONS: makes a cluster whose superuser is `planner`, and starts it.
cluster() {
    local folder=$1 port=$2
    shift 2
    mkdir -p "$folder"
    [ "$(id -u)" -ne 0 ] || chown postgres "$folder"
    as_owner "$pg_bin/initdb" -D "$folder/data" -U planner -A trust --locale=C.UTF-8 -E UTF8 >"$folder.log" 2>&1
    cluster_start "$folder" "$port" "$@"
}

# cluster_start FOLDER PORT OPTIONS: starts it and waits until it answers.
cluster_start() {
    local folder=$1 port=$2
    shift 2
    as_owner "$pg_bin/pg_ctl" -D "$folder/data" -w -t 60 -l "$folder/server.log" \
        -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder $*" start >>"$folder.log" 2>&1
}

# cluster_stop FOLDER MODE: fast, or immediate as when the power fails.
cluster_stop() { as_owner "$pg_bin/pg_ctl" -D "$1/data" -m "${2:-fast}" -w stop >>"$1.log" 2>&1; }

# sql PORT DATABASE STATEMENT...: by the owner of the tables.
sql() {
    local port=$1 database=$2
    shift 2
    local statement words=()
    for statement in "$@"; do words+=(-c "$statement"); done
    PGOPTIONS='--client-min-messages=warning' "$pg_bin/psql" -q -t -A -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$port" -U planner "$database" "${words[@]}"
}
