# What the heartbeat to the configuration server leaves in logs, and whether its web server answers. Budget: one request
# before the request's limit and the ends of a few logs.

function Read-AsrHeartbeat {
    param($Request, $Known)
    $connection = $null
    $address = $Known['csAddress']
    if ($null -ne $address -and $address -ne '') {
        $port = [int](Get-AsrProperty -Object $Request.product.ports -Name 'control')
        if ($null -ne $Known['csPort']) {
            $port = [int]$Known['csPort']
        }
        $setup = Read-AsrOptional -Read { Get-AsrProductKey -Request $Request -Name 'server' }
        $target = New-AsrControlTarget -HostName $address -Port $port -Plain ((Get-AsrText -Key $setup -Name 'CsProtocol') -eq 'http')
        $connection = (Test-AsrTarget -Targets @($target) -LimitMillis ([int]$Request.connectMillis) -ProxyHost '' -ProxyPort 0)[0]
    }
    return [ordered]@{
        connection = $connection
        logs       = (Read-AsrLogs -Places (Find-AsrLogPlace -Request $Request -Known $Known -Name 'heartbeat') -Search (Get-AsrProperty -Object $Request.logs -Name 'heartbeat') -Most 5 -Bytes ([int]$Request.logBytes) -Files 3)
    }
}

$AsrAreas['heartbeat'] = { Read-AsrHeartbeat -Request $request -Known $known }
