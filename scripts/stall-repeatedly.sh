#!/usr/bin/env bash
# stall-repeatedly.sh STOPPED RUNNING COMMAND...: runs a command, and stops it for STOPPED seconds after each RUNNING
# seconds, as an overloaded machine does. Ends with the command's exit code.
set -uo pipefail
stopped=$1 running=$2
shift 2
"$@" &
command=$!
# A stopped process handles no signal: continue it, so that it receives the one that ends it.
trap 'kill -CONT $command' TERM INT
(while sleep "$running" && kill -STOP $command; do sleep "$stopped" && kill -CONT $command; done) 2>/dev/null &
until wait $command; status=$?; [ $status -lt 128 ] || ! kill -0 $command 2>/dev/null; do :; done
exit "$status"
