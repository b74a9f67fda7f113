# Starts what has stopped and resumes what is paused, in the order given. It reads each state again right before it acts,
# never starts a disabled service, and does nothing to one that runs already.

function Test-AsrRuns {
    param([string]$Name)
    $service = Find-AsrService -Name $Name
    return ($null -ne $service -and [int]$service.Status -eq 4)
}

function Start-AsrService {
    param([string]$Name, $Failed, [int]$WaitSeconds, [bool]$WhatIf)
    $result = New-AsrResult -Name $Name
    $watch = Start-AsrWatch
    $service = $null
    try {
        $service = Find-AsrService -Name $Name
        if ($null -eq $service) {
            return $result
        }
        $status = [int]$service.Status
        $result['before'] = ConvertTo-AsrState -Status $status
        $result['after'] = $result['before']
        if ($status -eq 4) {
            $result['outcome'] = 'already-running'
            return $result
        }
        $key = Get-AsrServiceKey -Name $Name
        $startType = Get-AsrStartType -Key $key
        if ($null -eq $startType) {
            $result['outcome'] = 'refused-unread'
            $result['message'] = $Name
            return $result
        }
        if ($startType -eq 'disabled') {
            $result['outcome'] = 'refused-disabled'
            return $result
        }
        foreach ($dependency in (Get-AsrDependency -Key $key)) {
            if ($Failed -contains $dependency -and -not (Test-AsrRuns -Name $dependency)) {
                $result['outcome'] = 'skipped-dependency-failed'
                $result['message'] = $dependency
                return $result
            }
        }
        if ($WhatIf) {
            if ($status -eq 7 -or $status -eq 6) {
                $result['outcome'] = 'would-resume'
            }
            else {
                $result['outcome'] = 'would-start'
            }
            return $result
        }
        if ($status -eq 3 -or $status -eq 6) {
            $status = Wait-AsrServiceLeaves -Service $service -States @(3, 6) -Watch $watch -WaitSeconds $WaitSeconds
        }
        $outcome = 'started'
        if ($status -eq 3 -or $status -eq 6) {
            $result['outcome'] = 'stuck'
            $result['after'] = ConvertTo-AsrState -Status $status
            $result['startedMillis'] = $watch.ElapsedMilliseconds
            return $result
        }
        if ($status -eq 7) {
            $service.Continue()
            $outcome = 'resumed'
        }
        elseif ($status -eq 1) {
            try {
                $service.Start()
            }
            catch {
                # 1056: somebody else has started it in the meantime.
                if ((Get-AsrWin32Error -Exception $_.Exception) -ne 1056) {
                    throw
                }
            }
        }
        $status = Wait-AsrServiceLeaves -Service $service -States @(2, 5, 7) -Watch $watch -WaitSeconds $WaitSeconds
        $result['after'] = ConvertTo-AsrState -Status $status
        $result['startedMillis'] = $watch.ElapsedMilliseconds
        if ($status -eq 4) {
            $result['outcome'] = $outcome
        }
        elseif ($status -eq 1) {
            $result['outcome'] = 'start-failed'
            Add-AsrExitCode -Result $result
        }
        else {
            $result['outcome'] = 'timed-out'
        }
    }
    catch {
        $result['outcome'] = 'start-failed'
        $result['win32Error'] = Get-AsrWin32Error -Exception $_.Exception
        $result['message'] = [string]$_.Exception.Message
        Update-AsrAfter -Result $result -Service $service
        Add-AsrExitCode -Result $result
    }
    return $result
}
