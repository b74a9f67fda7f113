# Sets how a service starts, from what the plan has read to what it wants; anything else has moved on and is left alone.

function Set-AsrStartType {
    param([string]$Name, [string]$From, [string]$To, [int]$LimitSeconds, [bool]$WhatIf)
    $result = New-AsrResult -Name $Name
    try {
        $service = Find-AsrService -Name $Name
        if ($null -eq $service) {
            return $result
        }
        $was = Get-AsrStartType -Key (Get-AsrServiceKey -Name $Name)
        $result['before'] = $was
        $result['after'] = $was
        if ($was -eq $To) {
            $result['outcome'] = 'already-set'
            return $result
        }
        if ($was -eq 'disabled') {
            $result['outcome'] = 'refused-disabled'
            return $result
        }
        if ($was -ne $From -or $Name.Contains('"')) {
            $result['outcome'] = 'moved-on'
            return $result
        }
        if ($WhatIf) {
            $result['outcome'] = 'would-set'
            return $result
        }
        $words = @{ 'automatic' = 'auto'; 'automatic-delayed' = 'delayed-auto'; 'manual' = 'demand' }
        $code = Invoke-AsrProgram -Name 'sc.exe' -Arguments ('config "' + $Name + '" start= ' + $words[$To]) -LimitSeconds $LimitSeconds
        $result['after'] = Get-AsrStartType -Key (Get-AsrServiceKey -Name $Name)
        $result['outcome'] = 'set'
        if ($code -ne 0) {
            $result['outcome'] = 'set-failed'
            $result['win32Error'] = $code
        }
    }
    catch {
        $result['outcome'] = 'set-failed'
        $result['win32Error'] = Get-AsrWin32Error -Exception $_.Exception
        $result['message'] = [string]$_.Exception.Message
    }
    return $result
}
