#!/usr/bin/env bash
# stand-still.sh STILL GOING COMMAND...: runs a command that again and again goes on for GOING seconds and stands still for
# STILL, like a process of a machine that has too much to do. Ends as the command ends.
set -uo pipefail
still=$1 going=$2
shift 2
"$@" &
command=$!
# Whoever stands still hears of no signal.
trap 'kill -CONT $command' TERM INT
(while sleep "$going" && kill -STOP $command; do sleep "$still" && kill -CONT $command; done) 2>/dev/null &
until wait $command; status=$?; [ $status -lt 128 ] || ! kill -0 $command 2>/dev/null; do :; done
exit "$status"
