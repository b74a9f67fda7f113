# Services and the Service Control Manager.

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
        if (@(7031, 7034) -contains $Transition.event.id) { $Service.failures++ }
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

# Stops it as the Service Control Manager does; 0, or the Win32 error.
function Stop-LabService {
    param([string]$Name)
    Update-LabWorld
    $service = Find-LabService -Name $Name
    if ($null -eq $service) { return 1060 }
    if (@('running', 'paused') -notcontains $service.state) { return 1062 }
    $service.state = 'stop-pending'
    $service.transitions = @()
    if (-not $service.stopHangs) {
        $service.transitions = @(New-LabTransition -At (Get-LabNow).AddMilliseconds($service.onStart.afterMillis) -State 'stopped' -ExitCode 0 -ServiceExitCode 0 -ProcessId 0 -LogEvent $null)
    }
    return 0
}

# Services that depend on it, through others too, those that depend on others first.
function Find-LabDependant {
    param([string]$Name, $Found)
    foreach ($other in @($global:AsrLabWorld.services)) {
        if (@($other.dependsOn) -contains $Name -and $Found -notcontains $other.name -and $other.name -ne $Name) {
            $above = New-Object System.Collections.ArrayList
            Find-LabDependant -Name $other.name -Found $above
            foreach ($one in $above) { if ($Found -notcontains $one) { [void]$Found.Add($one) } }
            if ($Found -notcontains $other.name) { [void]$Found.Add($other.name) }
        }
    }
}

# It runs and ends unexpectedly, as often as the Service Control Manager starts it again.
function Get-LabFall {
    param($Service, [DateTime]$Runs, $ProcessId)
    $plan = $Service.onStart
    $recovery = @(Get-LabMember -Object $Service -Name 'recovery' | Where-Object { $null -ne $_ })
    $failure = $Service.failures
    while ($true) {
        $failure++
        New-LabTransition -At $Runs -State 'running' -ExitCode 0 -ServiceExitCode 0 -ProcessId $ProcessId -LogEvent $null
        $falls = $Runs.AddMilliseconds($plan.runsMillis)
        $logged = [pscustomobject]@{ id = 7034; parameters = @($Service.displayName, [string]$failure) }
        if ($failure -le $recovery.Length) {
            $logged = [pscustomobject]@{ id = 7031; parameters = @($Service.displayName, [string]$failure, [string]$recovery[$failure - 1], '1', 'Restart the service') }
        }
        New-LabTransition -At $falls -State 'stopped' -ExitCode $plan.exitCode -ServiceExitCode $plan.serviceExitCode -ProcessId 0 -LogEvent $logged
        if ($failure -gt $recovery.Length) { return }
        $ProcessId += 4
        $starts = $falls.AddMilliseconds($recovery[$failure - 1])
        New-LabTransition -At $starts -State 'start-pending' -ExitCode 0 -ServiceExitCode 0 -ProcessId $ProcessId -LogEvent $null
        $Runs = $starts.AddMilliseconds($plan.afterMillis)
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
        foreach ($one in @(@($other) + @($other.transitions))) {
            if ($null -ne $one -and $one.processId -ge $processId) { $processId = $one.processId + 4 }
        }
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
        'die' { $service.transitions = @(Get-LabFall -Service $service -Runs $next -ProcessId $processId) }
        default { $service.transitions = @() }
    }
    $anew = Get-LabMember -Object (Get-LabMember -Object $global:AsrLabWorld.machine -Name 'afterStart') -Name $service.name
    if ($null -ne $anew) { Set-LabMachine -Change $anew }
    return 0
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
    $controller | Add-Member -MemberType ScriptMethod -Name Stop -Value {
        $code = Stop-LabService -Name $this.Name
        if ($code -ne 0) {
            $inner = New-Object System.ComponentModel.Win32Exception ([int]$code)
            throw (New-Object System.InvalidOperationException ('Cannot stop service ' + $this.Name + " on computer '.'."), $inner)
        }
    }
    $controller | Add-Member -MemberType ScriptProperty -Name DependentServices -Value {
        $names = New-Object System.Collections.ArrayList
        Find-LabDependant -Name $this.Name -Found $names
        return , @($names | ForEach-Object { New-LabServiceController -Service (Find-LabService -Name $_) })
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
    param([string[]]$Name, [string[]]$DisplayName)
    Invoke-LabFault -Target 'scm'
    Update-LabWorld
    $found = $false
    foreach ($service in @($global:AsrLabWorld.services)) {
        $named = ($null -eq $Name -or @($Name | Where-Object { $service.name -like $_ }).Length -gt 0)
        if ($named -and ($null -eq $DisplayName -or @($DisplayName | Where-Object { $service.displayName -like $_ }).Length -gt 0)) {
            $found = $true
            New-LabServiceController -Service $service
        }
    }
    if (-not $found -and $null -ne $DisplayName) {
        throw (New-LabError -Id 'NoServiceFoundForGivenDisplayName,Microsoft.PowerShell.Commands.GetServiceCommand' -Message ("Cannot find any service with display name '" + $DisplayName + "'."))
    }
    if (-not $found -and $null -ne $Name) {
        throw (New-LabError -Id 'NoServiceFoundForGivenName,Microsoft.PowerShell.Commands.GetServiceCommand' -Message ("Cannot find any service with service name '" + $Name + "'."))
    }
}

Export-ModuleMember -Function Get-Service
