# From a source machine to its process server's data port. Budget: three connections at once,
# before the request's limit.

function Read-AsrSource {
    param($Request)
    if ($null -eq $Request.processServer) {
        return [ordered]@{ target = $null; addresses = @(); nameError = $null; attempts = @() }
    }
    $name = [string]$Request.processServer.host
    $addresses = @()
    $nameError = $null
    $literal = $null
    if (-not [System.Net.IPAddress]::TryParse($name, [ref]$literal)) {
        try {
            $addresses = @(Resolve-DnsName -Name $name -QuickTimeout | Where-Object { $null -ne $_ -and $null -ne (Get-AsrProperty -Object $_ -Name 'IPAddress') } | ForEach-Object { [string]$_.IPAddress } | Sort-Object -Unique)
        }
        catch {
            $nameError = ([string]$_.FullyQualifiedErrorId).Split(',')[0]
        }
    }
    $targets = New-Object System.Collections.ArrayList
    for ($i = 0; $i -lt 3; $i++) {
        [void]$targets.Add((New-AsrTarget -Name 'process-server' -HostName $name -Port ([int]$Request.processServer.port) -Tls $false -Http ''))
    }
    $attempts = Test-AsrTarget -Targets $targets -LimitMillis ([int]$Request.connectMillis) -ProxyHost '' -ProxyPort 0
    return [ordered]@{ target = ($name + ':' + [int]$Request.processServer.port); addresses = $addresses; nameError = $nameError; attempts = $attempts }
}
