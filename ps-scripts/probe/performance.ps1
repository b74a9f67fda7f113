# Load over the sampling window. Budget: two rounds of CIM queries, four each, seven with the
# areas of upload or bandwidth.

function Read-AsrPerformance {
    param($First, $Second)
    $cpu = $null
    if ($null -ne $First['cpu'] -and $null -ne $Second['cpu']) {
        $time = $Second['cpu']['stamp'] - $First['cpu']['stamp']
        if ($time -gt 0) {
            $idle = ($Second['cpu']['idle'] - $First['cpu']['idle']) / $time
            $cpu = [Math]::Round(100 * [Math]::Min([decimal]1, [Math]::Max([decimal]0, 1 - $idle)))
        }
    }
    $committed = $null
    $limit = $null
    if ($null -ne $Second['commit'] -and $Second['commit']['limit'] -gt 0) {
        $limit = $Second['commit']['limit'] * 1024
        $committed = [Math]::Round(100 * (1 - $Second['commit']['free'] / $Second['commit']['limit']))
    }
    return [ordered]@{
        windowMillis     = $Second['at'] - $First['at']
        cpuPercent       = $cpu
        committedPercent = $committed
        commitLimitBytes = $limit
        queueLength      = $Second['queue']
        diskWrittenBytes = (Get-AsrGrowth -Before $First['disk'] -After $Second['disk'])
    }
}
