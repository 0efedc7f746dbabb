# shellcheck shell=bash
# Packages of any suite of Debian, unpacked without being installed. Sourced by `run`, which sets `cache`.

# archive [-security]: where the machine's own package sources get Debian, or Debian's security updates, from. Where they
# are of another system, the variables DEBIAN_ARCHIVE and DEBIAN_SECURITY say it.
archive() {
    local security=${1:-} given=DEBIAN_ARCHIVE uri
    [[ ! $security ]] || given=DEBIAN_SECURITY
    uri=${!given:-}
    if [[ ! $uri ]]; then
        uri=$(apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Identifier: Packages' 'Component: main' |
            awk -v security="$security" '
                $1 ~ /-(updates|backports)$/ { next }
                (security != "") == ($1 ~ /-security$/) { print $2; exit }')
    fi
    [[ $uri ]] || fail "this machine's package sources do not name Debian: set $given" || return
    echo "${uri%/}"
}

# use_suite SUITE: lets `apt-get` and `apt-cache` see that suite of Debian alone. The machine's own lists, sources and
# packages are not touched, and root is not needed.
use_suite() {
    local suite=$1 main security base=${1%-backports} home=$cache/apt/$1
    main=$(archive) && security=$(archive -security) || return
    mkdir -p "$home"/{state/lists/partial,cache/archives/partial}
    : >"$home/status"
    {
        echo "deb $main $base main"
        echo "deb $security $base-security main"
        [[ $suite == "$base" ]] || echo "deb $main $suite main"
    } >"$home/sources.list"
    {
        # Backports are chosen only where one asks for them.
        [[ $suite == "$base" ]] || echo "APT::Default-Release \"$suite\";"
        cat <<END
Dir::State "$home/state";
Dir::State::status "$home/status";
Dir::Cache "$home/cache";
Dir::Etc::SourceList "$home/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::Etc::Preferences "/dev/null";
Dir::Etc::PreferencesParts "/dev/null";
APT::Architecture "amd64";
APT::Architectures "amd64";
APT::Sandbox::User "root";
APT::Get::Download-Only "true";
Acquire::Languages "none";
Acquire::Retries "3";
// Suites that are no longer maintained are not signed anew either.
Acquire::Check-Valid-Until "false";
END
    } >"$home/apt.conf"
    export APT_CONFIG=$home/apt.conf
    apt-get -q update
}

# closure PATTERN PACKAGE...: the packages that would come with these on an empty system, as apt names them, as far as
# their names match.
closure() {
    local pattern=$1
    shift
    LC_ALL=C apt-get -s --no-install-recommends install "$@" |
        awk -v pattern="$pattern" '$1 == "Inst" && $2 ~ pattern { print $2 "=" substr($3, 2) }'
}

# unpack_packages DIRECTORY PACKAGE...: downloads them, compares them with what the archive signed, unpacks them.
unpack_packages() {
    local directory=$1 debs deb
    shift
    (($#)) || fail "there is nothing to unpack" || return
    debs=$(mktemp -d "$cache/debs.XXXXXX") || return
    if ! (cd "$debs" && apt-get -q download "$@"); then
        rm -rf "$debs"
        return 1
    fi
    # Old packages have /bin and /lib where new ones have links to /usr.
    mkdir -p "$directory"/usr/{bin,sbin,lib,lib64}
    for deb in bin sbin lib lib64; do
        ln -sfn "usr/$deb" "$directory/$deb"
    done
    for deb in "$debs"/*.deb; do
        dpkg-deb --fsys-tarfile "$deb" |
            tar -x --keep-directory-symlink --no-same-owner --exclude='./usr/share/[!p]*' -C "$directory" || return
    done
    rm -rf "$debs"
}
