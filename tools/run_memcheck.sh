#!/usr/bin/env bash
# Runs the behavioural tests of build/release under valgrind's memcheck, which sees what the sanitizers
# do not: uses of uninitialised memory, also by system calls. Leaks are the asan preset's to find. On the
# epoll engine only, because valgrind does not know what the kernel writes through a ring.
#
# Usage: tools/run_memcheck.sh FOLDER    (for the logs, one of each processor)
set -uo pipefail
cd "$(dirname "$0")/.."
folder=$1

left_out=(
  # Valgrind keeps the descriptors below the limit to itself.
  OutOfDescriptors.AListenerRestsAndThenServesTheClient
  InFlight.AServerAtItsDescriptorLimitServesEveryone
  Tcp.AListenerOutOfDescriptorsNeitherSpinsNorIsLost
  # Valgrind ends a child whose execve fails with E2BIG.
  ProcessTest.ReportsArgumentsThatAreTooLong
  # Valgrind may deliver the last of many signals when its handler is gone already.
  '*FsInterrupted.*'
  # Valgrind looks at each byte of 3 GiB in each call.
  LocalPair.ABufferOfManyGibibytesGoesOnWhenThereIsRoom
  # Valgrind does not know fchmodat2(2).
  PipeWithoutProc.ChmodLetsEverybodyIn
)
filter=$(IFS=:; echo "-${left_out[*]}")

shards=$(nproc)
running=()
for ((shard = 0; shard < shards; ++shard)); do
  VIOLET_BACKEND=epoll GTEST_TOTAL_SHARDS=$shards GTEST_SHARD_INDEX=$shard \
    GTEST_OUTPUT="xml:$folder/shard-$shard.xml" GTEST_BRIEF=1 \
    timeout 600 valgrind --quiet --error-exitcode=9 \
    build/release/api_tests --gtest_filter="$filter" >"$folder/shard-$shard.log" 2>&1 &
  running+=($!)
done

verdict=0
for ((shard = 0; shard < shards; ++shard)); do
  wait "${running[$shard]}" || verdict=1
  # What valgrind says of system calls that it does not know is no finding.
  grep -vE '^--[0-9]+-- |^Running main|You may be able|Nevertheless' "$folder/shard-$shard.log"
done
exit $verdict
