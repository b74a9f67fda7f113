# From a source machine to its process server's data port and to its configuration server. Budget: one small file, four
# connections at once, before the request's limit.

# Where the mobility agent was told to find its configuration server.
function Find-AsrControl {
    param($Request, $Known)
    $path = Get-AsrProductPath -Request $Request -Known $Known -Name 'agentConfiguration'
    if ($null -eq $path) {
        return $null
    }
    $conf = Get-AsrConfLine -Path $path -Names @('Hostname', 'Port') -Section ([string]$Request.product.files.agentConfiguration.section)
    if (-not $conf.ContainsKey('Hostname')) {
        $conf = Get-AsrConfLine -Path $path -Names @('Hostname') -Section ''
    }
    if ([string]$conf['Hostname'] -eq '') {
        return $null
    }
    $port = [int](Get-AsrProperty -Object $Request.product.ports -Name 'control')
    if ([string]$conf['Port'] -match '^\d{1,5}$' -and [int]$conf['Port'] -gt 0) {
        $port = [int]$conf['Port']
    }
    return (New-AsrControlTarget -HostName $conf['Hostname'] -Port $port -Plain $false)
}

function Read-AsrSource {
    param($Request, $Known)
    $targets = New-Object System.Collections.ArrayList
    $control = Find-AsrControl -Request $Request -Known $Known
    if ($null -ne $control) {
        [void]$targets.Add($control)
    }
    $addresses = @()
    $nameError = $null
    $target = $null
    if ($null -ne $Request.processServer) {
        $name = [string]$Request.processServer.host
        $target = $name + ':' + [int]$Request.processServer.port
        $literal = $null
        if (-not [System.Net.IPAddress]::TryParse($name, [ref]$literal)) {
            try {
                $addresses = @(Resolve-DnsName -Name $name -QuickTimeout | Where-Object { $null -ne $_ -and $null -ne (Get-AsrProperty -Object $_ -Name 'IPAddress') } | ForEach-Object { [string]$_.IPAddress } | Sort-Object -Unique)
            }
            catch {
                $nameError = ([string]$_.FullyQualifiedErrorId).Split(',')[0]
            }
        }
        for ($i = 0; $i -lt 3; $i++) {
            [void]$targets.Add((New-AsrTarget -Name 'process-server' -HostName $name -Port ([int]$Request.processServer.port) -Tls $false -Http ''))
        }
    }
    $tried = Test-AsrTarget -Targets $targets -LimitMillis ([int]$Request.connectMillis) -ProxyHost '' -ProxyPort 0
    $answer = $null
    foreach ($one in $tried) {
        if ($one['name'] -eq 'configuration-server') {
            $answer = $one
        }
    }
    return [ordered]@{
        target              = $target
        addresses           = $addresses
        nameError           = $nameError
        attempts            = @($tried | Where-Object { $_['name'] -ne 'configuration-server' })
        configurationServer = $answer
    }
}

$AsrAreas['source'] = { Read-AsrSource -Request $request -Known $known }
