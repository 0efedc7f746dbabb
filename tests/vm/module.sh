# shellcheck shell=bash
# The modules of a machine: those of its kernel and those of `tests/kmod`, built for it. Sourced by `run`.

# modules_archive NAME: prints the path of an archive with them, which is made anew when anything of it changed.
modules_archive() {
    local name=$1 home=$cache/kernels/$1 version key archive part
    version=$(<"$home/version")
    key=$(cd "$here/../kmod" && { sha256sum -- *.c *.h Kbuild && cat "$home/SHA256SUMS" "$here/module.sh"; } |
        sha256sum | cut -c 1-16)
    archive=$cache/modules/$name-$key.cpio
    if [[ ! -f $archive ]]; then
        part=$(mktemp -d "$cache/module.XXXXXX")
        build_modules "$home" "$version" "$part/source" >&2 || return
        # Links cost nothing; depmod writes its files anew.
        cp -al "$home/modules" "$part/modules"
        install -D -t "$part/modules/usr/lib/modules/$version/updates" "$part"/source/*.ko
        # It looks into /lib, which is elsewhere in a machine.
        ln -s usr/lib "$part/modules/lib"
        rm -f "$part/modules/usr/lib/modules/$version"/modules.{alias,dep,devname,softdep,symbols}*
        depmod -b "$part/modules" "$version"
        rm "$part/modules/lib"
        mkdir -p "${archive%/*}" && rm -f "$cache/modules/$name-"*
        pack "$part/modules" "$part/archive" && mv "$part/archive" "$archive"
        rm -rf "$part"
    fi
    echo "$archive"
}

# build_modules HOME VERSION DIRECTORY: builds what tests/kmod has in a copy, with the compiler of the kernel's suite. That
# one sees only the packages that came with the headers, whatever this machine has.
build_modules() {
    local home=$1 version=$2 directory=$3 root=$1/build namespaces=(--user --map-root-user --mount)
    mkdir -p "$directory" && cp "$here"/../kmod/{*.c,*.h,Kbuild} "$directory"
    ! unshare --mount true 2>/dev/null || namespaces=(--mount)
    unshare "${namespaces[@]}" sh -ec '
        mount --bind /dev/null "$1/dev/null"
        mount --rbind /proc "$1/proc"
        mount --bind "$2" "$1/mnt"
        # The headers may hold the types of all of the kernel, for which no program is here.
        PATH=/usr/sbin:/usr/bin exec chroot "$1" make --silent -C "/usr/src/linux-headers-$3" M=/mnt \
            CONFIG_DEBUG_INFO_BTF_MODULES= KBUILD_MODPOST_WARN= modules' sh "$root" "$directory" "$version" ||
        fail "the modules could not be built for $version" || return
    strip --strip-debug "$directory"/*.ko 2>/dev/null || true
}
