# What the heartbeat to the configuration server leaves in logs, and whether its web server answers. Budget: one request
# before the request's limit and the ends of a few logs.

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
        $setup = Read-AsrOptional -Read { Get-AsrKey -Path 'HKLM:\SOFTWARE\WOW6432Node\InMage Systems\Installed Products\9' }
        $target = New-AsrControlTarget -HostName $address -Port $port -Plain ((Get-AsrText -Key $setup -Name 'CsProtocol') -eq 'http')
        $connection = (Test-AsrTarget -Targets @($target) -LimitMillis ([int]$Request.connectMillis) -ProxyHost '' -ProxyPort 0)[0]
    }
    return [ordered]@{
        connection = $connection
        logs       = (Read-AsrLogs -Places $places -Search $Request.logs.heartbeat -Most 5 -Bytes ([int]$Request.logBytes) -Files 3)
    }
}
