# The results of all machines as a table, from the plan, and lines of KERNEL, TARGET, TEST, RESULT, REASON. Fails if a test
# failed, or if several kernels were asked and none of them has what a test needs.
BEGIN { FS = "\t"; count = split(kernels, kernel, " "); word["passed"] = "passed"; word["failed"] = "FAILED"; word["unsupported"] = "-" }
# The plan, where a test is told even if no machine lived to run it.
FNR == NR {
    tests[++total] = $1 " " $4
    if (length(tests[total]) > width) width = length(tests[total])
    next
}
{
    test = $2 " " $3
    result[test, $1] = $4
    sum[$4, $1]++
    if ($4 == "passed") passed[test] = 1
    if ($4 == "failed") { failures = failures "\n  " $1 ": " test ": " $5; failed = 1 }
    if ($4 == "unsupported") { reason[test] = $5; missing = missing "\n  " $1 ": " test ": " $5 }
}
function row(first, values) { printf "%-" width "s%s\n", first, values }
END {
    line = ""
    for (k = 1; k <= count; k++) line = line sprintf("  %-11s", kernel[k])
    row("", line)
    for (t = 1; t <= total; t++) {
        line = ""
        for (k = 1; k <= count; k++) {
            got = result[tests[t], kernel[k]]
            line = line sprintf("  %-11s", got in word ? word[got] : "did not run")
        }
        row(tests[t], line)
    }
    split("passed failed unsupported", kinds, " ")
    for (i = 1; i <= 3; i++) {
        line = ""
        for (k = 1; k <= count; k++) line = line sprintf("  %-11d", sum[kinds[i], kernel[k]])
        row(kinds[i], line)
    }
    if (missing) print "\nnot supported by the kernel:" missing
    for (t = 1; t <= total && count > 1; t++)
        if (!(tests[t] in passed) && tests[t] in reason) { nowhere = nowhere "\n  " tests[t]; failed = 1 }
    if (nowhere) print "\nerror: no kernel has what these tests need:" nowhere
    if (failures) print "\nfailed:" failures
    exit failed
}
