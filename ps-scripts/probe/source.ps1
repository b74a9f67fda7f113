# From a source machine to its process server's data port. Budget: at most three connections, each
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
    $attempts = New-Object System.Collections.ArrayList
    for ($i = 0; $i -lt 3; $i++) {
        $target = New-AsrTarget -Name 'process-server' -HostName $name -Port ([int]$Request.processServer.port) -Tls $false -Http ''
        [void]$attempts.Add((Test-AsrTarget -Targets @($target) -LimitMillis ([int]$Request.connectMillis) -ProxyHost '' -ProxyPort 0)[0])
        if ($attempts.Count -eq 1 -and $attempts[0]['code'] -eq 11001) {
            break
        }
    }
    return [ordered]@{ target = ($name + ':' + [int]$Request.processServer.port); addresses = $addresses; nameError = $nameError; attempts = $attempts.ToArray() }
}
