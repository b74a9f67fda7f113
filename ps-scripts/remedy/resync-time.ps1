# Asks Windows Time for the time now; a clock that nobody keeps is started first, unless it is disabled.

function Sync-AsrTime {
    param([int]$WaitSeconds, [int]$LimitSeconds, [bool]$WhatIf)
    $result = New-AsrResult -Name 'W32Time'
    try {
        $service = Find-AsrService -Name 'W32Time'
        if ($null -eq $service) {
            return $result
        }
        $result['before'] = ConvertTo-AsrState -Status ([int]$service.Status)
        $result['after'] = $result['before']
        $startType = Get-AsrStartType -Key (Get-AsrServiceKey -Name 'W32Time')
        if ($null -eq $startType) {
            $result['outcome'] = 'refused-unread'
            $result['message'] = 'W32Time'
            return $result
        }
        if ($startType -eq 'disabled') {
            $result['outcome'] = 'refused-disabled'
            return $result
        }
        if ($WhatIf) {
            $result['outcome'] = 'would-resync'
            return $result
        }
        if ([int]$service.Status -eq 1) {
            $service.Start()
            $result['after'] = ConvertTo-AsrState -Status (Wait-AsrServiceLeaves -Service $service -States @(2) -Watch (Start-AsrWatch) -WaitSeconds $WaitSeconds)
        }
        $code = Invoke-AsrProgram -Name 'w32tm.exe' -Arguments '/resync /rediscover' -LimitSeconds ($LimitSeconds - $WaitSeconds)
        # It ends with 0 also where no source has given a time yet, so this is no proof.
        $result['outcome'] = 'asked'
        if ($null -eq $code) {
            $result['outcome'] = 'timed-out'
        }
        elseif ($code -ne 0) {
            $result['outcome'] = 'resync-failed'
            $result['exitCode'] = $code
        }
    }
    catch {
        $result['outcome'] = 'resync-failed'
        $result['win32Error'] = Get-AsrWin32Error -Exception $_.Exception
        $result['message'] = [string]$_.Exception.Message
    }
    return $result
}
