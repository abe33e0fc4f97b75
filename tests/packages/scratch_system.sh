#!/bin/sh
# Runs a command as root in a copy of this system that is thrown away afterwards: a mount namespace of
# its own with an overlay on /, whose changes stay in memory. Nothing outside of it can be changed.
# Usage: unshare --mount --propagation private scratch_system.sh FOLDER [SHARED]... -- COMMAND...
#   FOLDER   an empty folder for the mounts
#   SHARED   folders that the command sees, unchangeable, where they are
set -eu
folder=$1
root=$folder/root
shift
mount -t tmpfs tmpfs "$folder"
mkdir "$folder/changes" "$folder/work" "$root"
mount -t overlay overlay "$root" -o "lowerdir=/,upperdir=$folder/changes,workdir=$folder/work"
for kernel in proc sys dev; do
  mount --rbind "/$kernel" "$root/$kernel"
done
mount -t tmpfs tmpfs "$root/tmp"
while [ "$1" != -- ]; do
  mkdir -p "$root$1"
  mount --bind "$1" "$root$1"
  mount -o remount,bind,ro "$root$1"
  shift
done
shift
exec chroot "$root" env TMPDIR=/tmp "$@"
