# Whether an appliance lets in and answers what comes to it: its own ports, who listens, and Windows' own firewall. Budget: two
# connections before the request's limit, one CIM query, eight registry keys.

# Active rules about what comes in over TCP to one of the ports, or to any.
function Read-AsrInboundRule {
    param([string]$Path, $Ports, $Unread)
    $rules = New-Object System.Collections.ArrayList
    $key = Read-AsrFirewallKey -Path $Path -Unread $Unread
    foreach ($name in (Get-AsrValueName -Key $key)) {
        $rule = [string](Get-AsrText -Key $key -Name $name)
        $tcp = (-not $rule.Contains('|Protocol=')) -or $rule.Contains('|Protocol=6|')
        if (-not $tcp -or -not $rule.Contains('|Dir=In|') -or -not $rule.Contains('|Active=TRUE|')) {
            continue
        }
        $near = (-not $rule.Contains('|LPort')) -or $rule.Contains('|LPort2_10=')
        foreach ($port in $Ports) {
            if ($rule.Contains('|LPort=' + $port + '|')) {
                $near = $true
            }
        }
        if ($near -and $rules.Count -lt 200) {
            [void]$rules.Add((Limit-AsrText -Text $rule -Length 2000))
        }
    }
    return , $rules.ToArray()
}

function Read-AsrInboundProfile {
    param([string]$Root, [string]$Name, [string]$From, $Unread)
    $key = Read-AsrFirewallKey -Path ($Root + '\' + $Name) -Unread $Unread
    if ($null -eq $key) {
        return $null
    }
    return [ordered]@{
        name    = $Name
        from    = $From
        enabled = (Get-AsrNumber -Key $key -Name 'EnableFirewall')
        inbound = (Get-AsrNumber -Key $key -Name 'DefaultInboundAction')
    }
}

function Read-AsrListener {
    param($Ports)
    $found = New-Object System.Collections.ArrayList
    foreach ($connection in @(Get-CimInstance -Namespace 'root\StandardCimv2' -ClassName MSFT_NetTCPConnection -Filter "State=2" -OperationTimeoutSec 15)) {
        if ($null -ne $connection -and $Ports -contains [int]$connection.LocalPort) {
            [void]$found.Add([ordered]@{ port = [int]$connection.LocalPort; process = [long]$connection.OwningProcess })
        }
    }
    return , $found.ToArray()
}

function Read-AsrServing {
    param($Request, $Known)
    $local = 'HKLM:\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy'
    $policy = 'HKLM:\SOFTWARE\Policies\Microsoft\WindowsFirewall'
    $ports = @(@($Request.product.ports.PSObject.Properties) | ForEach-Object { [int]$_.Value })
    $profiles = New-Object System.Collections.ArrayList
    $rules = New-Object System.Collections.ArrayList
    $unread = New-Object System.Collections.ArrayList
    foreach ($name in @('DomainProfile', 'PrivateProfile', 'StandardProfile', 'PublicProfile')) {
        foreach ($place in @(@($policy, 'policy'), @($local, 'local'))) {
            $read = Read-AsrInboundProfile -Root $place[0] -Name $name -From $place[1] -Unread $unread
            if ($null -ne $read) {
                [void]$profiles.Add($read)
            }
        }
    }
    foreach ($place in @($local, $policy)) {
        foreach ($rule in (Read-AsrInboundRule -Path ($place + '\FirewallRules') -Ports $ports -Unread $unread)) {
            [void]$rules.Add($rule)
        }
    }
    $targets = New-Object System.Collections.ArrayList
    foreach ($name in @('control', 'manager')) {
        $port = Get-AsrProperty -Object $Request.product.ports -Name $name
        if ($null -ne $port) {
            $http = ''
            if ($name -eq 'manager') {
                $http = '/'
            }
            [void]$targets.Add((New-AsrTarget -Name $name -HostName 'localhost' -Port ([int]$port) -Tls $true -Http $http))
        }
    }
    try {
        $listeners = Read-AsrListener -Ports $ports
    }
    catch {
        $listeners = $null
    }
    return [ordered]@{
        served    = (Test-AsrTarget -Targets $targets -LimitMillis ([int]$Request.connectMillis) -ProxyHost '' -ProxyPort 0)
        listeners = $listeners
        profiles  = $profiles.ToArray()
        rules     = $rules.ToArray()
        unread    = $unread.ToArray()
    }
}

$AsrAreas['serving'] = { Read-AsrServing -Request $request -Known $known }
