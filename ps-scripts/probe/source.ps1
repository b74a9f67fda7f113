# From a source machine to its process server's data port, and to its configuration server or the control port of its appliance.
# Budget: one small file, ten connections at once, before the request's limit.

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

# Where the appliance can be asked that the mobility agent was joined to: by the name of the inventory and by each address.
function Find-AsrJoinedTarget {
    param($Request, $Known)
    $targets = New-Object System.Collections.ArrayList
    $seen = New-Object 'System.Collections.Generic.HashSet[string]' -ArgumentList ([System.StringComparer]::OrdinalIgnoreCase)
    $places = @()
    if ($null -ne $Request.processServer) {
        $places = @([string]$Request.processServer.host)
    }
    foreach ($place in @($places + $Known['joinedTo'])) {
        if ($null -ne $place -and $targets.Count -lt 6 -and $seen.Add([string]$place)) {
            [void]$targets.Add((New-AsrTarget -Name 'appliance' -HostName ([string]$place) -Port ([int](Get-AsrProperty -Object $Request.product.ports -Name 'control')) -Tls $true -Http ''))
        }
    }
    return , $targets.ToArray()
}

function Read-AsrSource {
    param($Request, $Known)
    $targets = New-Object System.Collections.ArrayList
    $control = Find-AsrControl -Request $Request -Known $Known
    if ($null -ne $control) {
        [void]$targets.Add($control)
    }
    if ($null -ne $Known['joinedTo']) {
        foreach ($joined in (Find-AsrJoinedTarget -Request $Request -Known $Known)) {
            [void]$targets.Add($joined)
        }
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
    $controls = $null
    if ($null -ne $Known['joinedTo']) {
        $controls = @($tried | Where-Object { $_['name'] -eq 'appliance' })
    }
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
        attempts            = @($tried | Where-Object { $_['name'] -eq 'process-server' })
        configurationServer = $answer
        controls            = $controls
    }
}

$AsrAreas['source'] = { Read-AsrSource -Request $request -Known $known }
