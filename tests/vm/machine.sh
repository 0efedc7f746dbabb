# shellcheck shell=bash
# One machine: its start, its end, and what to think of it. Sourced by `run`.

# An accelerator is taken where it runs ordinary kernels; that there is /dev/kvm does not prove it.
accelerator() {
    if [[ -w /dev/kvm ]] && grep -qwE 'vmx|svm' /proc/cpuinfo; then echo kvm; else echo tcg; fi
}

# make_initrd NAME: what the kernel unpacks when it starts.
make_initrd() {
    local modules
    modules=$(modules_archive "$1") && cat "$work/common.cpio" "$modules" >"$work/$1/initrd"
}

# run_machine NAME: boots a kernel with what `run` packed. Its results are in $work/NAME/results.
run_machine() {
    local home=$cache/kernels/$1 at=$work/$1 version attempt status=0 begun=$SECONDS
    version=$(<"$home/version")
    echo "==> Linux $version ($(accelerator))"
    for attempt in 1 2 3; do
        boot || status=$?
        # Under emulation with two processors, kernels sometimes die before there is anything of ours in them.
        if ((attempt == 3)) || grep -q 'Run /init' "$at/kernel.log" || ! grep -q 'Kernel panic' "$at/kernel.log"; then
            break
        fi
        echo "the kernel died while it booted; once more"
        status=0
    done
    rm "$at/initrd"
    verdict "$at" "$status" $((SECONDS - begun))
}

# Starts the machine that `run_machine` made ready, in its variables.
boot() {
    : >"$at/results"
    # A port for the kernel's log, one for the reader, one for the results. That a processor did not get its turn is no
    # fault of the kernel.
    timeout --foreground --kill-after=5 "$deadline" qemu-system-x86_64 \
        -M pc -cpu max -accel "$(accelerator)" -smp 2 -m 1024 -nodefaults -no-user-config -display none -monitor none \
        -net none -no-reboot -kernel "$home/kernel" -initrd "$at/initrd" \
        -append "console=ttyS0 panic=-1 oops=panic printk.devkmsg=on mitigations=off nokaslr tsc=reliable nowatchdog \
rcupdate.rcu_cpu_stall_suppress=1 workqueue.watchdog_thresh=0" \
        -serial "file:$at/kernel.log" -serial stdio -serial "file:$at/results" </dev/null
}

# verdict DIRECTORY STATUS SECONDS: what became of the machine, from the last result and QEMU's status.
verdict() {
    local log=$1/kernel.log qemu=$2 end=
    end=$(sed -n 's/^end\t//p' "$1/results")
    if [[ $end ]]; then
        if complaints "$log"; then
            echo "<== the kernel complained; its log is above"
            return 1
        fi
        echo "<== ended with status $end after $3 s"
        return "$end"
    fi
    echo
    tail -n 60 "$log" 2>/dev/null
    if ((qemu == 124 || qemu == 137)); then
        echo "<== HUNG: no end after $deadline s; the kernel's last words are above"
        return 124
    elif grep -q 'Kernel panic' "$log" 2>/dev/null; then
        echo "<== the kernel PANICKED after $3 s; its last words are above"
        return 125
    elif ((qemu)); then
        echo "<== the machine could not be run (status $qemu)"
        return 2
    fi
    echo "<== the machine DIED without a verdict after $3 s; the kernel's last words are above"
    return 125
}

# Shows what the kernel found wrong with itself.
complaints() {
    grep -nE -A 20 'BUG:|WARNING:|Oops|general protection|Call Trace:|INFO: task .* blocked' "$1"
}
