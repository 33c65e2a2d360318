#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs a command with an empty PostgreSQL of its own, thrown away afterwards; TSUNAGI_TEST_POSTGRES tells where it is.
# A TSUNAGI_TEST_POSTGRES that is already set is used as it stands. With --durable every commit waits for the disk, as
# in earnest; without, nothing does, since nothing of it outlives the command.
set -euo pipefail

settings=(-o max_connections=200)
if [ "${1:-}" = --durable ]; then
    shift
    settings+=(-o fsync=on) # pg_virtualenv would turn it off
else
    settings+=(-o fsync=off -o synchronous_commit=off -o full_page_writes=off)
fi
[ $# -gt 0 ] || { echo "usage: tools/with_postgres.sh [--durable] COMMAND [ARGUMENTS…]" >&2; exit 2; }
[ -z "${TSUNAGI_TEST_POSTGRES:-}" ] || exec "$@"

# Expanded inside pg_virtualenv, which sets the PG* variables.
# shellcheck disable=SC2016
inside='export TSUNAGI_TEST_POSTGRES="host=$PGHOST port=$PGPORT user=$PGUSER dbname=$PGDATABASE password=$PGPASSWORD"; exec "$@"'

# A directory (-t) and a port of its own, so that several can start at once.
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
exec pg_virtualenv -t -c "--port=$port" -i '--encoding=UTF8 --locale=C.UTF-8' "${settings[@]}" bash -c "$inside" bash "$@"
