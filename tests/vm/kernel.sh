# shellcheck shell=bash
# A kernel of Debian in the cache: the image, the modules that a machine has, and what modules are built with. Sourced by
# `run`.

# fetch_kernel NAME: fetches a kernel unless the cache has it; then nothing is asked of the network.
fetch_kernel() {
    local name=$1 suite image headers home=$cache/kernels/$1 part
    read -r _ suite image headers < <(grep "^$name " "$here/kernels")
    if [[ -d $home ]]; then
        (cd "$home" && sha256sum --quiet --check SHA256SUMS) && return
        echo "$name: the cache is damaged and fetched again" >&2
    fi
    echo "$name: fetching the kernel of $suite"
    # Only a whole kernel gets the final name: an interrupted run leaves nothing that the next one would trust.
    mkdir -p "${home%/*}" && part=$(mktemp -d "$home.XXXXXX") || return
    if unpack_kernel "$part" "$suite" "$image" "$headers"; then
        rm -rf "$home" && mv -T "$part" "$home"
    else
        rm -rf "$part"
        fail "the kernel $name could not be fetched"
    fi
}

unpack_kernel() (
    part=$1 suite=$2 image=$3 headers=$4 all=$1/all
    use_suite "$suite" || return
    # The image's package holds everything, or depends on others that do.
    unpack_packages "$all" $(closure '^linux-(image|binary|modules)-[0-9]' "$image") || return
    version=$(basename "$all"/usr/lib/modules/*) && echo "$version" >"$part/version" || return
    for kernel in "$all/boot/vmlinuz-$version" "$all/usr/lib/modules/$version/vmlinuz"; do
        [[ ! -f $kernel ]] || decompress_kernel "$kernel" "$part/kernel" || return
    done
    choose_modules "$all" "$version" "$part/modules" || return
    rm -rf "$all"
    # The headers name their compiler; its system is whatever suits it, and not this machine's.
    unpack_packages "$part/build" \
        $(closure . "$headers" base-files binutils make dash coreutils sed grep mawk findutils) || return
    ln -sf mawk "$part/build/usr/bin/awk" && ln -sf dash "$part/build/usr/bin/sh" || return
    mkdir -p "$part/build"/{dev,mnt} && touch "$part/build/dev/null" || return
    cd "$part" && find . -type f ! -name SHA256SUMS -print0 | sort -z | xargs -0 sha256sum >SHA256SUMS
)

# A machine without an accelerator is slow to decompress xz: 3 seconds for each start.
decompress_kernel() {
    local offset
    offset=$(LC_ALL=C grep -abom1 -P '\xfd7zXZ\x00' "$1" | head -n 1 | cut -d : -f 1)
    if [[ $offset ]] && command -v xz >/dev/null; then
        # What follows the kernel in the file is no part of it, which xz reports.
        tail -c "+$((offset + 1))" "$1" | xz -dcq >"$2" 2>/dev/null
        [[ $(head -c 4 "$2") != $'\x7fELF' ]] || return 0
    fi
    cp "$1" "$2"
}

# choose_modules ROOT VERSION TARGET: copies the modules that the file `modules` names, and those that they need.
choose_modules() {
    local root=$1/usr/lib/modules/$2 version=$2 target=$3/lib/modules/$2 patterns pattern path needed take
    depmod -b "$1" "$version" || return
    mapfile -t patterns < <(grep -v '^#' "$here/modules")
    mkdir -p "$target"
    # Each line of modules.dep has a module and all that it needs, also indirectly.
    while read -r path needed; do
        path=${path%:}
        take=
        for pattern in "${patterns[@]}"; do
            if [[ ${path#kernel/} == ${pattern#!}.ko* ]]; then
                [[ $pattern == !* ]] && take= || take=yes
            fi
        done
        [[ ! $take ]] || printf '%s\n' "$path" $needed
    done <"$root/modules.dep" | sort -u >"$target/wanted"
    # What is built in is not told by all packages.
    (cd "$root" && cp --parents -t "$target" $(compgen -G 'modules.builtin*' || true) $(<"$target/wanted")) || return
    rm "$target/wanted"
    # In a machine /lib is a link to /usr/lib, which an archive with a directory of that name would replace.
    depmod -b "$3" "$version" && mkdir "$3/usr" && mv "$3/lib" "$3/usr"
}
