# The MARS agent's own trace: failed connections, the public addresses it talks to, which are then tried from here, and
# the storage accounts in it, which the firewall's area tries.
# Budget: the ends of two files and one round of connections.

function Read-AsrMarsLog {
    param($Request, $Known)
    $places = Find-AsrLogPlace -Request $Request -Known $Known -Name 'mars'
    if ($places.Length -eq 0) {
        return [ordered]@{ folder = $null; logs = @(); addresses = @() }
    }
    $folder = $places[0][0]
    $logs = Read-AsrLogs -Places $places -Search (Get-AsrProperty -Object $Request.logs -Name 'mars') -Most 15 -Bytes ([int]$Request.logBytes) -Files 2
    $targets = New-Object System.Collections.ArrayList
    $seen = New-Object 'System.Collections.Generic.HashSet[string]'
    foreach ($log in $logs) {
        foreach ($line in @($log['matches']) + @($log['good'])) {
            foreach ($found in [System.Text.RegularExpressions.Regex]::Matches($line, '(?<![\d.])((?:\d{1,3}\.){3}\d{1,3}):443(?!\d)')) {
                $address = $found.Groups[1].Value
                if ($targets.Count -lt 8 -and $seen.Add($address)) {
                    [void]$targets.Add((New-AsrTarget -Name 'azure-address' -HostName $address -Port 443 -Tls $false -Http ''))
                }
            }
            foreach ($found in [System.Text.RegularExpressions.Regex]::Matches($line, '[A-Za-z0-9-]+\.blob\.core\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)')) {
                if ($Known['endpoints'].Length -lt 12 -and $Known['endpoints'] -cnotcontains $found.Value) {
                    $Known['endpoints'] = @($Known['endpoints']) + $found.Value
                }
            }
        }
    }
    $addresses = @()
    if ($targets.Count -gt 0) {
        $addresses = Test-AsrTarget -Targets $targets -LimitMillis ([int]$Request.connectMillis) -ProxyHost '' -ProxyPort 0
    }
    return [ordered]@{ folder = $folder; logs = $logs; addresses = $addresses }
}

$AsrAreas['marslog'] = { Read-AsrMarsLog -Request $request -Known $known }
