#!/bin/sh
# Runs a command as root in a copy of this system that is thrown away afterwards: a mount namespace of
# its own with an overlay on /, whose changes stay in memory. Nothing outside of it can be changed,
# but for what stands in DATA.
# Usage: unshare --mount --propagation private scratch_system.sh FOLDER DATA COMMAND [ARGUMENTS]
#   FOLDER   an empty folder for the mounts
#   DATA     a folder that the command sees as /mnt
set -eu
folder=$1 data=$2
shift 2
mount -t tmpfs tmpfs "$folder"
mkdir "$folder/changes" "$folder/work" "$folder/root"
mount -t overlay overlay "$folder/root" \
  -o "lowerdir=/,upperdir=$folder/changes,workdir=$folder/work"
for kernel in proc sys dev; do
  mount --rbind "/$kernel" "$folder/root/$kernel"
done
mount -t tmpfs tmpfs "$folder/root/tmp"
mount --bind "$data" "$folder/root/mnt"
exec chroot "$folder/root" env TMPDIR=/tmp "$@"
