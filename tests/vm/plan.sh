# shellcheck shell=bash
# Which tests there are: built by cargo as on any day, and asked for their names. Sourced by `run`.

# plan FILTER: lines of target, program, directory, test.
plan() {
    local filter=$1 package target parts artifact directory program name part targets=(--lib)
    while read -r _ target _; do
        [[ $target == lib ]] || targets+=(--test "$target")
    done < <(live)
    # One line an artifact: manifest, kind, name and program of what cargo made of it.
    "${CARGO:-cargo}" test --quiet --workspace --no-run --message-format=json-render-diagnostics "${targets[@]}" |
        sed -n 's/.*"manifest_path":"\([^"]*\)".*"kind":\["\([a-z-]*\)".*"name":"\([^"]*\)".*"executable":"\([^"]*\)".*/\1 \2 \3 \4/p' \
            >"$work/artifacts" || fail "the tests could not be built" || return
    while read -r package target parts; do
        while read -r artifact kind name program; do
            directory=${artifact%/Cargo.toml}
            [[ $(manifest_name "$artifact") == "$package" ]] || continue
            case $kind in
            lib) [[ $target == lib ]] && name=$package || continue ;;
            test) [[ $name == $target ]] || continue ;;
            *) continue ;;
            esac
            { "$program" --list --format terse && "$program" --list --format terse --ignored | sed 's/^/ /'; } |
                sed -n 's/: test$//p' | ignored_are_left_out |
                chosen "$name" "$filter" $parts | sed "s|^|$name\t$program\t$directory\t|"
        done <"$work/artifacts"
    done < <(live)
}

live() {
    grep -v '^#' "$here/live"
}

manifest_name() {
    sed -n 's/^name = "\(.*\)"$/\1/p' "$1" | head -n 1
}

# The list of all tests has those that are ignored, which come a second time behind a space.
ignored_are_left_out() {
    awk '/^ / { ignored[substr($0, 2)]; next } { tests[++count] = $0 }
        END { for (i = 1; i <= count; i++) if (!(tests[i] in ignored)) print tests[i] }'
}

# chosen TARGET FILTER PART...: of the tests on stdin those whose name has one of the parts, and the filter in it.
chosen() {
    awk -v target="$1" -v filter="$2" -v parts="${*:3}" '
        BEGIN { count = split(parts, part, " ") }
        {
            take = !count
            for (i = 1; i <= count; i++) take = take || index($0, part[i])
            if (take && index(target " " $0, filter)) print
        }'
}
