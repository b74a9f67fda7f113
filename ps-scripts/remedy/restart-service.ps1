# Restarts a service that runs: what runs on top of it is stopped first and started again after it. The process id of the
# plan is the proof that nobody has restarted it since.

function Get-AsrServiceProcess {
    param([string]$Name)
    $service = Get-CimInstance -ClassName Win32_Service -Filter ("Name='" + (ConvertTo-AsrQueryText -Text $Name) + "'") -OperationTimeoutSec 20
    return [string]$service.ProcessId
}

# A stop that was begun goes on by itself, so a slow one gets a second period: nobody else would start the service again.
function Stop-AsrService {
    param($Service, [int]$WaitSeconds)
    $Service.Stop()
    return (Wait-AsrServiceLeaves -Service $Service -States @(2, 3, 4, 5, 6, 7) -Watch ([System.Diagnostics.Stopwatch]::StartNew()) -WaitSeconds (2 * $WaitSeconds))
}

# What was stopped for its sake comes up again in any case; the first that does not is named.
function Start-AsrDependants {
    param($Stopped, [int]$WaitSeconds)
    $down = $null
    for ($i = $Stopped.Count - 1; $i -ge 0; $i--) {
        try {
            $Stopped[$i].Start()
            $status = Wait-AsrServiceLeaves -Service $Stopped[$i] -States @(2) -Watch ([System.Diagnostics.Stopwatch]::StartNew()) -WaitSeconds $WaitSeconds
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
    param([string]$Name, [string]$ProcessId, [int]$WaitSeconds, [bool]$WhatIf)
    $result = New-AsrResult -Name $Name
    $stopped = New-Object System.Collections.ArrayList
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
        # Stop would take paused ones down too.
        $above = @($service.DependentServices | Where-Object { $null -ne $_ -and [int]$_.Status -ne 1 })
        if ($WhatIf) {
            $result['outcome'] = 'would-restart'
            return $result
        }
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $stays = $null
        foreach ($other in $above) {
            [void]$stopped.Add($other)
            if ((Stop-AsrService -Service $other -WaitSeconds $WaitSeconds) -ne 1) {
                $stays = [string]$other.Name
                break
            }
        }
        if ($null -eq $stays -and (Stop-AsrService -Service $service -WaitSeconds $WaitSeconds) -ne 1) {
            $stays = $Name
        }
        if ($null -ne $stays) {
            $result['outcome'] = 'stop-timed-out'
            $result['message'] = $stays
        }
        else {
            $service.Start()
            $status = Wait-AsrServiceLeaves -Service $service -States @(2) -Watch ([System.Diagnostics.Stopwatch]::StartNew()) -WaitSeconds $WaitSeconds
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
        $down = Start-AsrDependants -Stopped $stopped -WaitSeconds $WaitSeconds
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
        [void](Start-AsrDependants -Stopped $stopped -WaitSeconds $WaitSeconds)
    }
    return $result
}
