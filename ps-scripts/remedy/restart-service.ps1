# Restarts a service that runs: what runs on top of it is stopped first and started again after it. The process id of the
# plan is the proof that nobody has restarted it since.

function Get-AsrServiceProcess {
    param([string]$Name)
    $service = Get-CimInstance -ClassName Win32_Service -Filter ("Name='" + (ConvertTo-AsrQueryText -Text $Name) + "'") -OperationTimeoutSec 20
    return [string]$service.ProcessId
}

# What is left of a time that several share; nothing of it may be left over for one.
function Get-AsrShare {
    param($Watch, [int]$LimitSeconds, [int]$MostSeconds)
    $left = [int][Math]::Ceiling($LimitSeconds - $Watch.Elapsed.TotalSeconds)
    return [Math]::Max(0, [Math]::Min($left, $MostSeconds))
}

# A stop that was begun goes on by itself, so a slow one gets a second period: nobody else would start the service again.
function Stop-AsrService {
    param($Service, [int]$WaitSeconds)
    $Service.Stop()
    return (Wait-AsrServiceLeaves -Service $Service -States @(2, 3, 4, 5, 6, 7) -Watch (Start-AsrWatch) -WaitSeconds $WaitSeconds)
}

# What keeps a service from starting, or something that Windows would start for it; nothing where nothing is known to.
# Windows keeps a service that was deleted while it ran until it stops.
function Find-AsrHindrance {
    param([string]$Name)
    $seen = New-Object 'System.Collections.Generic.HashSet[string]' -ArgumentList ([System.StringComparer]::OrdinalIgnoreCase)
    $open = New-Object System.Collections.Queue
    $open.Enqueue($Name)
    while ($open.Count -gt 0) {
        $one = [string]$open.Dequeue()
        if (-not $seen.Add($one)) {
            continue
        }
        $key = Get-AsrServiceKey -Name $one
        $startType = Get-AsrStartType -Key $key
        if ($null -eq $startType) {
            return @{ outcome = 'refused-unread'; message = $one }
        }
        if ($startType -eq 'disabled') {
            return @{ outcome = 'refused-disabled'; message = $one }
        }
        $deleted = Get-AsrProperty -Object $key -Name 'DeleteFlag'
        if ($null -ne $deleted -and [int]$deleted -ne 0) {
            return @{ outcome = 'refused-deleted'; message = $one }
        }
        foreach ($dependency in (Get-AsrDependency -Key $key)) {
            $below = Find-AsrService -Name $dependency
            if ($null -eq $below) {
                return @{ outcome = 'refused-missing'; message = $dependency }
            }
            if ([int]$below.Status -ne 4) {
                $open.Enqueue($dependency)
            }
        }
    }
    return $null
}

# Stop would take paused ones down too.
function Get-AsrDependant {
    param($Service)
    return , @($Service.DependentServices | Where-Object { $null -ne $_ -and [int]$_.Status -ne 1 })
}

# Asked before the first stop: whether the service and all that is stopped for its sake may start again.
function Find-AsrRestartHindrance {
    param($Service, $Above)
    $hindrance = Find-AsrHindrance -Name ([string]$Service.Name)
    foreach ($other in $Above) {
        if ($null -eq $hindrance) {
            $hindrance = Find-AsrHindrance -Name ([string]$other.Name)
        }
    }
    return $hindrance
}

# Whether a restart that is still to come would be refused; other reasons to leave it out do not count here.
function Test-AsrRestartRefused {
    param([string]$Name)
    $service = Find-AsrService -Name $Name
    if ($null -eq $service -or [int]$service.Status -ne 4) {
        return $false
    }
    return ($null -ne (Find-AsrRestartHindrance -Service $service -Above (Get-AsrDependant -Service $service)))
}

# Whether somebody has started it anew since the plan was made, so that it would not be restarted any more. One that does
# not run takes what is set whenever it starts.
function Test-AsrRestartMoved {
    param([string]$Name, [string]$ProcessId)
    $service = Find-AsrService -Name $Name
    if ($null -eq $service -or [int]$service.Status -ne 4) {
        return $false
    }
    try {
        return ((Get-AsrServiceProcess -Name $Name) -ne $ProcessId)
    }
    catch {
        return $true
    }
}

# What was stopped for its sake comes up again in any case; the first that does not is named. Where the time is up, a
# service is still told to start, and not waited for.
function Start-AsrDependants {
    param($Stopped, $Watch, [int]$LimitSeconds, [int]$WaitSeconds)
    $down = $null
    for ($i = $Stopped.Count - 1; $i -ge 0; $i--) {
        try {
            $Stopped[$i].Start()
            $share = Get-AsrShare -Watch $Watch -LimitSeconds $LimitSeconds -MostSeconds $WaitSeconds
            $status = Wait-AsrServiceLeaves -Service $Stopped[$i] -States @(2) -Watch (Start-AsrWatch) -WaitSeconds $share
        }
        catch {
            $Stopped[$i].Refresh()
            $status = [int]$Stopped[$i].Status
        }
        if ($status -ne 4 -and $null -eq $down) {
            $down = [string]$Stopped[$i].Name
        }
    }
    return $down
}

function Restart-AsrService {
    param([string]$Name, [string]$ProcessId, [int]$WaitSeconds, [int]$LimitSeconds, [bool]$WhatIf)
    $result = New-AsrResult -Name $Name
    $stopped = New-Object System.Collections.ArrayList
    $half = [int][Math]::Floor($LimitSeconds / 2)
    $service = $null
    try {
        $service = Find-AsrService -Name $Name
        if ($null -eq $service) {
            return $result
        }
        $result['before'] = ConvertTo-AsrState -Status ([int]$service.Status)
        $result['after'] = $result['before']
        if ([int]$service.Status -ne 4) {
            $result['outcome'] = 'not-running'
            return $result
        }
        if ((Get-AsrServiceProcess -Name $Name) -ne $ProcessId) {
            $result['outcome'] = 'already-restarted'
            return $result
        }
        $above = Get-AsrDependant -Service $service
        $hindrance = Find-AsrRestartHindrance -Service $service -Above $above
        if ($null -ne $hindrance) {
            $result['outcome'] = $hindrance.outcome
            $result['message'] = $hindrance.message
            return $result
        }
        if ($WhatIf) {
            $result['outcome'] = 'would-restart'
            return $result
        }
        $watch = Start-AsrWatch
        $stays = $null
        foreach ($other in $above) {
            [void]$stopped.Add($other)
            $share = Get-AsrShare -Watch $watch -LimitSeconds $half -MostSeconds (2 * $WaitSeconds)
            if ((Stop-AsrService -Service $other -WaitSeconds $share) -ne 1) {
                $stays = [string]$other.Name
                break
            }
        }
        $share = Get-AsrShare -Watch $watch -LimitSeconds $half -MostSeconds (2 * $WaitSeconds)
        if ($null -eq $stays -and (Stop-AsrService -Service $service -WaitSeconds $share) -ne 1) {
            $stays = $Name
        }
        $starting = Start-AsrWatch
        if ($null -ne $stays) {
            $result['outcome'] = 'stop-timed-out'
            $result['message'] = $stays
        }
        else {
            $service.Start()
            $status = Wait-AsrServiceLeaves -Service $service -States @(2) -Watch (Start-AsrWatch) -WaitSeconds $WaitSeconds
            if ($status -eq 4) {
                $result['outcome'] = 'restarted'
            }
            elseif ($status -eq 1) {
                $result['outcome'] = 'start-failed'
                Add-AsrExitCode -Result $result
            }
            else {
                $result['outcome'] = 'timed-out'
            }
        }
        $down = Start-AsrDependants -Stopped $stopped -Watch $starting -LimitSeconds $half -WaitSeconds $WaitSeconds
        if ($null -ne $down -and $result['outcome'] -eq 'restarted') {
            $result['outcome'] = 'dependant-down'
            $result['message'] = $down
        }
        $service.Refresh()
        $result['after'] = ConvertTo-AsrState -Status ([int]$service.Status)
        $result['startedMillis'] = $watch.ElapsedMilliseconds
    }
    catch {
        $result['outcome'] = 'restart-failed'
        $result['win32Error'] = Get-AsrWin32Error -Exception $_.Exception
        $result['message'] = [string]$_.Exception.Message
        # Windows may refuse half-way, and nobody else would bring these up again.
        [void](Start-AsrDependants -Stopped $stopped -Watch (Start-AsrWatch) -LimitSeconds $half -WaitSeconds $WaitSeconds)
        Update-AsrAfter -Result $result -Service $service
    }
    return $result
}
