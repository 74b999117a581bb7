#!/usr/bin/env bash
# ldd FILE | needs.sh NAME: fails when the file needs more than glibc, libstdc++ (with its libgcc) and libsqlite3.
set -eu
needed=$(awk '{ print $1 }' | sed 's|.*/||')
case $needed in *libc.so*) ;; *)
    echo "$1: this is no list of what a program needs: $needed" >&2
    exit 1 ;;
esac
more=$(echo "$needed" | grep -vE \
    '^(linux-vdso|ld-linux-[^.]*|lib(c|m|dl|rt|pthread|resolv|util|stdc\+\+|gcc_s|sqlite3))\.so' || true)
if [ -n "$more" ]; then
    echo "$1 needs more than glibc, libstdc++ and libsqlite3:" $more >&2
    exit 1
fi
echo "$1 needs only glibc, libstdc++ and libsqlite3"
