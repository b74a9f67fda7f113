# Stands in for the Windows cmdlets, CIM classes and registry keys that asrdoctor's scripts read and change, on the world
# that the lab describes in the global variable AsrLabWorld. Instants there are texts that begin with @, in UTC.
Set-StrictMode -Version 2

function ConvertFrom-LabTime {
    param($Text)
    if ($null -eq $Text) {
        return $null
    }
    $invariant = [System.Globalization.CultureInfo]::InvariantCulture
    $styles = [System.Globalization.DateTimeStyles]::AdjustToUniversal -bor [System.Globalization.DateTimeStyles]::AssumeUniversal
    return [DateTime]::Parse(([string]$Text).Substring(1), $invariant, $styles)
}

function ConvertTo-LabTime {
    param([DateTime]$Moment)
    return '@' + $Moment.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss.fffZ', [System.Globalization.CultureInfo]::InvariantCulture)
}

function Get-LabNow {
    return [DateTime]::UtcNow.AddSeconds([double]$global:AsrLabWorld.host.clockOffsetSeconds)
}

function New-LabError {
    param([string]$Id, [string]$Message)
    $exception = New-Object System.InvalidOperationException $Message
    return New-Object System.Management.Automation.ErrorRecord $exception, $Id, ([System.Management.Automation.ErrorCategory]::NotSpecified), $null
}

# What goes wrong with a source, if anything does.
function Invoke-LabFault {
    param([string]$Target)
    foreach ($fault in @($global:AsrLabWorld.faults)) {
        if ($fault.target -ne $Target) {
            continue
        }
        if ($fault.error -eq 'hang') {
            Start-Sleep -Seconds 86400
        }
        $denied = $fault.error -eq 'access-denied'
        switch ($Target) {
            { $_ -eq 'cim' -or $_ -eq 'process' } {
                $code = 'HRESULT 0x80041001'
                if ($denied) { $code = 'HRESULT 0x80041003' }
                throw (New-LabError -Id ($code + ',Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand') -Message $fault.message)
            }
            'registry' {
                $name = 'System.IO.IOException'
                if ($denied) { $name = 'System.Security.SecurityException' }
                throw (New-LabError -Id ($name + ',Microsoft.PowerShell.Commands.GetItemPropertyCommand') -Message $fault.message)
            }
            'scm' {
                $name = 'System.InvalidOperationException'
                if ($denied) { $name = 'CouldNotGetServiceInfo' }
                throw (New-LabError -Id ($name + ',Microsoft.PowerShell.Commands.GetServiceCommand') -Message $fault.message)
            }
            'eventlog' {
                $name = 'System.Diagnostics.Eventing.Reader.EventLogException'
                if ($denied) { $name = 'System.UnauthorizedAccessException' }
                throw (New-LabError -Id ($name + ',Microsoft.PowerShell.Commands.GetWinEventCommand') -Message $fault.message)
            }
        }
    }
}

function Enter-LabState {
    param($Service, $Transition)
    $Service.state = $Transition.state
    $Service.exitCode = $Transition.exitCode
    $Service.serviceExitCode = $Transition.serviceExitCode
    if ($Transition.processId -ne $Service.processId) {
        $Service.processId = $Transition.processId
        $Service.processStartedAt = $null
        if ($Transition.processId -ne 0) {
            $Service.processStartedAt = $Transition.at
        }
    }
    if ($null -ne $Transition.event) {
        $global:AsrLabWorld.events = @(@($global:AsrLabWorld.events) + [pscustomobject]@{
                id         = $Transition.event.id
                at         = $Transition.at
                parameters = @($Transition.event.parameters)
            })
    }
}

function Update-LabWorld {
    $now = Get-LabNow
    foreach ($service in @($global:AsrLabWorld.services)) {
        $open = @($service.transitions)
        while ($open.Length -gt 0 -and (ConvertFrom-LabTime -Text $open[0].at) -le $now) {
            Enter-LabState -Service $service -Transition $open[0]
            $open = @($open | Select-Object -Skip 1)
        }
        $service.transitions = $open
    }
}

function Find-LabService {
    param([string]$Name)
    foreach ($service in @($global:AsrLabWorld.services)) {
        if ($service.name -eq $Name) {
            return $service
        }
    }
    return $null
}

function New-LabTransition {
    param([DateTime]$At, [string]$State, $ExitCode, $ServiceExitCode, $ProcessId, $LogEvent)
    return [pscustomobject]@{
        at              = (ConvertTo-LabTime -Moment $At)
        state           = $State
        exitCode        = $ExitCode
        serviceExitCode = $ServiceExitCode
        processId       = $ProcessId
        event           = $LogEvent
    }
}

# Starts it as the Service Control Manager does, its dependencies first; 0, or the Win32 error.
function Start-LabService {
    param([string]$Name, [string[]]$Above)
    Update-LabWorld
    $service = Find-LabService -Name $Name
    if ($null -eq $service) { return 1060 }
    if ($service.state -ne 'stopped') { return 1056 }
    if ($service.start -eq 4) { return 1058 }
    if ($Above -contains $Name) { return 1068 }
    foreach ($dependency in @($service.dependsOn)) {
        if ($null -eq $dependency) { continue }
        $below = Find-LabService -Name $dependency
        if ($null -eq $below) { return 1068 }
        if ($below.state -eq 'stopped' -and (Start-LabService -Name $dependency -Above (@($Above) + $Name)) -ne 0) { return 1068 }
    }
    $plan = $service.onStart
    if ($plan.outcome -eq 'fail' -and $plan.win32Error -ne 0) { return $plan.win32Error }
    $processId = 4000
    foreach ($other in @($global:AsrLabWorld.services)) {
        if ($other.processId -ge $processId) { $processId = $other.processId + 4 }
    }
    $now = Get-LabNow
    Enter-LabState -Service $service -Transition (New-LabTransition -At $now -State 'start-pending' -ExitCode 0 -ServiceExitCode 0 -ProcessId $processId -LogEvent $null)
    $next = $now.AddMilliseconds($plan.afterMillis)
    $running = New-LabTransition -At $next -State 'running' -ExitCode 0 -ServiceExitCode 0 -ProcessId $processId -LogEvent $null
    switch ($plan.outcome) {
        'running' { $service.transitions = @($running) }
        'fail' {
            $logged = [pscustomobject]@{ id = 7023; parameters = @($service.displayName, ('%%' + $plan.exitCode)) }
            $service.transitions = @(New-LabTransition -At $next -State 'stopped' -ExitCode $plan.exitCode -ServiceExitCode $plan.serviceExitCode -ProcessId 0 -LogEvent $logged)
        }
        'die' {
            $logged = [pscustomobject]@{ id = 7034; parameters = @($service.displayName, '1') }
            $service.transitions = @($running, (New-LabTransition -At $next.AddMilliseconds($plan.runsMillis) -State 'stopped' -ExitCode $plan.exitCode -ServiceExitCode $plan.serviceExitCode -ProcessId 0 -LogEvent $logged))
        }
        default { $service.transitions = @() }
    }
    return 0
}

# The subset of WQL that asks for instances by name or number: Name='a' OR DisplayName='b' OR ProcessId=4.
function Test-LabFilter {
    param($Instance, [string]$Filter)
    if ($Filter -eq '') {
        return $true
    }
    foreach ($term in [regex]::Matches($Filter, "(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|(\d+))")) {
        $actual = [string]$Instance.PSObject.Properties[$term.Groups[1].Value].Value
        $wanted = $term.Groups[3].Value
        if (-not $term.Groups[3].Success) {
            $wanted = [regex]::Replace($term.Groups[2].Value, '\\(.)', '$1')
        }
        if ($actual -eq $wanted) {
            return $true
        }
    }
    return $false
}

function Get-CimInstance {
    [CmdletBinding()]
    param([string]$ClassName, [string]$Filter, [uint32]$OperationTimeoutSec)
    Invoke-LabFault -Target 'cim'
    Update-LabWorld
    $words = @{
        'stopped' = 'Stopped'; 'start-pending' = 'Start Pending'; 'stop-pending' = 'Stop Pending'; 'running' = 'Running'
        'continue-pending' = 'Continue Pending'; 'pause-pending' = 'Pause Pending'; 'paused' = 'Paused'; 'unknown' = 'Unknown'
    }
    $modes = @{ 0 = 'Boot'; 1 = 'System'; 2 = 'Auto'; 3 = 'Manual'; 4 = 'Disabled' }
    switch ($ClassName) {
        'Win32_OperatingSystem' {
            $system = $global:AsrLabWorld.host
            $booted = ConvertFrom-LabTime -Text $system.bootedAt
            if ($null -ne $booted) { $booted = $booted.ToLocalTime() }
            return [pscustomobject]@{
                CSName = $system.computerName; Caption = $system.osCaption; Version = $system.osVersion
                MUILanguages = [string[]]@($system.culture); LastBootUpTime = $booted; LocalDateTime = (Get-LabNow).ToLocalTime()
            }
        }
        'Win32_Service' {
            foreach ($service in @($global:AsrLabWorld.services)) {
                $instance = [pscustomobject]@{
                    Name = $service.name; DisplayName = $service.displayName; Caption = $service.displayName
                    State = $words[$service.state]; Started = ($service.state -ne 'stopped'); StartMode = $modes[[int]$service.start]
                    ExitCode = [uint32]$service.exitCode; ServiceSpecificExitCode = [uint32]$service.serviceExitCode
                    ProcessId = [uint32]$service.processId; PathName = $service.imagePath; StartName = $service.account
                }
                if (Test-LabFilter -Instance $instance -Filter $Filter) {
                    $instance
                }
            }
            return
        }
        'Win32_Process' {
            Invoke-LabFault -Target 'process'
            foreach ($service in @($global:AsrLabWorld.services)) {
                if ($service.processId -eq 0) { continue }
                $created = ConvertFrom-LabTime -Text $service.processStartedAt
                if ($null -ne $created) { $created = $created.ToLocalTime() }
                $instance = [pscustomobject]@{ ProcessId = [uint32]$service.processId; Name = 'service.exe'; CreationDate = $created }
                if (Test-LabFilter -Instance $instance -Filter $Filter) {
                    $instance
                }
            }
            return
        }
    }
    throw (New-LabError -Id 'HRESULT 0x80041010,Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand' -Message 'Invalid class')
}

$numbers = @{
    'stopped' = 1; 'start-pending' = 2; 'stop-pending' = 3; 'running' = 4
    'continue-pending' = 5; 'pause-pending' = 6; 'paused' = 7; 'unknown' = 0
}

function New-LabServiceController {
    param($Service)
    $controller = [pscustomobject]@{
        Name = $Service.name; ServiceName = $Service.name; DisplayName = $Service.displayName; Status = $numbers[$Service.state]
    }
    $controller | Add-Member -MemberType ScriptMethod -Name Refresh -Value {
        Update-LabWorld
        $this.Status = $numbers[(Find-LabService -Name $this.Name).state]
    }
    $controller | Add-Member -MemberType ScriptMethod -Name Start -Value {
        $code = Start-LabService -Name $this.Name -Above @()
        if ($code -ne 0) {
            $inner = New-Object System.ComponentModel.Win32Exception ([int]$code)
            throw (New-Object System.InvalidOperationException ('Cannot start service ' + $this.Name + " on computer '.'."), $inner)
        }
    }
    $controller | Add-Member -MemberType ScriptMethod -Name Continue -Value {
        $service = Find-LabService -Name $this.Name
        if ($service.state -eq 'paused') {
            $service.state = 'running'
        }
    }
    return $controller
}

function Get-Service {
    [CmdletBinding()]
    param([string[]]$Name)
    Invoke-LabFault -Target 'scm'
    Update-LabWorld
    $found = $false
    foreach ($service in @($global:AsrLabWorld.services)) {
        if ($null -eq $Name -or @($Name | Where-Object { $service.name -like $_ }).Length -gt 0) {
            $found = $true
            New-LabServiceController -Service $service
        }
    }
    if (-not $found -and $null -ne $Name) {
        throw (New-LabError -Id 'NoServiceFoundForGivenName,Microsoft.PowerShell.Commands.GetServiceCommand' -Message ("Cannot find any service with service name '" + $Name + "'."))
    }
}

function Get-ItemProperty {
    [CmdletBinding()]
    param([string]$LiteralPath)
    $root = 'HKLM:\SYSTEM\CurrentControlSet\Services\'
    Invoke-LabFault -Target 'registry'
    $service = $null
    if ($LiteralPath.StartsWith($root, [StringComparison]::OrdinalIgnoreCase)) {
        $service = Find-LabService -Name $LiteralPath.Substring($root.Length)
    }
    if ($null -eq $service) {
        throw (New-LabError -Id 'PathNotFound,Microsoft.PowerShell.Commands.GetItemPropertyCommand' -Message ("Cannot find path '" + $LiteralPath + "' because it does not exist."))
    }
    $key = [ordered]@{
        Type = 16; Start = [int]$service.start; ErrorControl = 1; ImagePath = $service.imagePath
        DisplayName = $service.displayName; ObjectName = $service.account
    }
    if ($service.delayed) {
        $key['DelayedAutostart'] = 1
    }
    $dependsOn = @($service.dependsOn)
    if ($dependsOn.Length -gt 0) {
        $key['DependOnService'] = [string[]]$dependsOn
    }
    return [pscustomobject]$key
}

function Get-WinEvent {
    [CmdletBinding()]
    param([hashtable]$FilterHashtable, [long]$MaxEvents)
    Invoke-LabFault -Target 'eventlog'
    Update-LabWorld
    $since = ([DateTime]$FilterHashtable['StartTime']).ToUniversalTime()
    $count = 0
    $events = @($global:AsrLabWorld.events | Where-Object { $null -ne $_ -and $FilterHashtable['Id'] -contains $_.id -and (ConvertFrom-LabTime -Text $_.at) -ge $since })
    foreach ($one in @($events | Sort-Object -Property at -Descending)) {
        if ($count -ge $MaxEvents) { break }
        $count++
        [pscustomobject]@{
            Id           = [int]$one.id
            ProviderName = 'Service Control Manager'
            LogName      = 'System'
            TimeCreated  = (ConvertFrom-LabTime -Text $one.at).ToLocalTime()
            Properties   = @($one.parameters | ForEach-Object { [pscustomobject]@{ Value = $_ } })
        }
    }
    if ($count -eq 0) {
        throw (New-LabError -Id 'NoMatchingEventsFound,Microsoft.PowerShell.Commands.GetWinEventCommand' -Message 'No events were found that match the specified selection criteria.')
    }
}

function Get-Date {
    return (Get-LabNow).ToLocalTime()
}

# The version that answers on the server, in place of the one that runs here.
function Get-Variable {
    [CmdletBinding()]
    param([string]$Name, [switch]$ValueOnly)
    if ($Name -eq 'PSVersionTable') {
        return [pscustomobject]@{ PSVersion = [Version]$global:AsrLabWorld.host.psVersion }
    }
    return (Microsoft.PowerShell.Utility\Get-Variable @PSBoundParameters)
}

Export-ModuleMember -Function Get-CimInstance, Get-Service, Get-ItemProperty, Get-WinEvent, Get-Date, Get-Variable
