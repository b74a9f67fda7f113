# What the heartbeat to the configuration server leaves in logs, and whether its port answers. Budget: one connection before the
# request's limit and the ends of a few logs.

function Read-AsrHeartbeat {
    param($Request, $Known)
    $places = New-Object System.Collections.ArrayList
    $root = $Known['serverRoot']
    if ($null -ne $root) {
        foreach ($log in @('eventmanager', 'monitor_protection', 'tmansvc')) {
            [void]$places.Add(@($root, ($log + '*.log')))
            [void]$places.Add(@(($root + '\' + $log), '*.log'))
            [void]$places.Add(@(($root + '\var'), ($log + '*.log')))
        }
    }
    $connection = $null
    $address = $Known['csAddress']
    if ($null -ne $address -and $address -ne '') {
        $port = 443
        if ($null -ne $Known['csPort']) {
            $port = [int]$Known['csPort']
        }
        $target = New-AsrTarget -Name 'configuration-server' -HostName $address -Port $port -Tls $false -Http ''
        $connection = (Test-AsrTarget -Targets @($target) -LimitMillis ([int]$Request.connectMillis) -ProxyHost '' -ProxyPort 0)[0]
    }
    return [ordered]@{
        connection = $connection
        logs       = (Read-AsrLogs -Places $places -Pattern ([string]$Request.heartbeatPattern) -Most 5 -Bytes ([int]$Request.logBytes) -Files 3)
    }
}
