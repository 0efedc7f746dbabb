# shellcheck shell=bash
# What a machine starts with: programs of this machine, the tests, and a kernel's modules, as archives that the kernel
# unpacks one after the other. Sourced by `run`.

# The directories of programs and libraries, as current systems have them.
new_root() {
    local name
    mkdir -p "$1"/{dev,etc,proc,root,run,sys,tmp,usr/bin,usr/lib,usr/lib64,usr/sbin,var}
    for name in bin sbin lib lib64; do
        ln -s "usr/$name" "$1/$name"
    done
    ln -s /run "$1/var/run"
}

# add_program ROOT PATH...: copies programs and the libraries that they are linked with.
add_programs() {
    local root=$1 path
    shift
    {
        printf '%s\n' "$@"
        # What is linked statically, or a script, has no libraries, which is no error here.
        { ldd "$@" 2>/dev/null || true; } | awk '$2 == "=>" && $3 ~ /^\// { print $3 } $1 ~ /^\// && NF == 2 { print $1 }'
    } | sort -u | while read -r path; do
        mkdir -p "$root${path%/*}" && cp -Lu "$path" "$root$path"
    done
}

# add_userland ROOT: what init and the tests start.
add_userland() {
    local root=$1 program path applet programs=()
    while read -r program; do
        if path=$(command -v "${program%\?}"); then
            programs+=("$(realpath -s "$path")")
        elif [[ $program != *\? ]]; then
            fail "the tests start \`$program\`, which this machine does not have"
        fi
    done < <(grep -v '^#' "$here/programs")
    add_programs "$root" "${programs[@]}"
    [[ -e $root/usr/bin/kmod ]] || ln -s "$(command -v kmod)" "$root/usr/bin/kmod"
    for program in modprobe insmod rmmod lsmod; do
        ln -sf /usr/bin/kmod "$root/usr/sbin/$program"
    done
    cp "$(command -v busybox)" "$root/usr/bin/busybox"
    for applet in $(busybox --list); do
        [[ -e $root/usr/bin/$applet || -e $root/usr/sbin/$applet ]] || ln -s busybox "$root/usr/bin/$applet"
    done
    # Names of tables, protocols and groups, and tables of distributions.
    for path in /etc/iproute2 /usr/share/iproute2 /usr/lib/iproute2 /usr/lib/tc /etc/protocols; do
        [[ ! -e $path ]] || cp -rL --parents -t "$root" "$path"
    done
    printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n' >"$root/etc/passwd"
    printf 'root:x:0:\nnogroup:x:65534:\n' >"$root/etc/group"
    cp "$here/init" "$root/init"
    cp "$here/each" "$root/run/each"
}

# archive ROOT FILE: a directory as the kernel unpacks it. The owner does not matter: the kernel has only one user there.
pack() {
    (cd "$1" && find . -mindepth 1 | busybox cpio --quiet -o -H newc -R 0:0) >"$2"
}

# add_tests ROOT: the programs of the plan and those that they start, where they were built: their paths are in them.
add_tests() {
    local root=$1 programs
    mapfile -t programs < <(cut -f 2 "$root/run/plan" | sort -u; awk '$2 == "bin" { print $4 }' "$work/artifacts")
    add_programs "$root" "${programs[@]}"
    # A test starts in the directory of its package.
    cut -f 3 "$root/run/plan" | sort -u | sed "s|^|$root|" | xargs -d '\n' mkdir -p
    # Debug information is most of a program, and no use there.
    strip --strip-debug "${programs[@]/#/$root}" 2>/dev/null || true
}
