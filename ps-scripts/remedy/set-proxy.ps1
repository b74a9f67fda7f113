# Gives the MARS agent the product's proxy, or the product the MARS agent's. A proxy is written as address, blank, port, as
# it stands there, or none; credentials are neither read nor written.

function ConvertTo-AsrProxyText {
    param($Address, $Port)
    if ($null -eq $Address -or ([string]$Address).Trim() -eq '') {
        return 'none'
    }
    return (([string]$Address).Trim() + ' ' + ([string]$Port).Trim()).Trim()
}

function Get-AsrMarsProxySetting {
    param($Request, [string]$Root)
    $known = @{ marsRoot = $Root }
    $known['marsModule'] = Get-AsrProductPath -Request $Request -Known $known -Name 'marsModule'
    $machine = Get-AsrMarsMachine -Known $known
    if ($null -eq $machine) {
        throw ('Get-OBMachineSetting tells nothing ' + $known['marsError'])
    }
    return (Get-AsrProperty -Object $machine -Name 'ProxySetting')
}

function Get-AsrMarsProxyText {
    param($Setting)
    if ($null -eq $Setting -or -not [bool](Get-AsrProperty -Object $Setting -Name 'Enabled')) {
        return 'none'
    }
    return (ConvertTo-AsrProxyText -Address (Get-AsrProperty -Object $Setting -Name 'ProxyServer') -Port (Get-AsrProperty -Object $Setting -Name 'ProxyPort'))
}

# Whether there is nothing to set: it is so already, it stands otherwise than planned, a password would be lost or left
# beside another proxy, or it is only rehearsed.
function Test-AsrProxyDecided {
    param($Result, [string]$Was, [string]$User, [string]$From, [string]$To, [bool]$WhatIf)
    $Result['before'] = $Was
    $Result['after'] = $Was
    $Result['outcome'] = 'set'
    if ($Was -eq $To) {
        $Result['outcome'] = 'already-set'
    }
    elseif ($Was -ne $From) {
        $Result['outcome'] = 'moved-on'
    }
    elseif ($User.Trim() -ne '') {
        $Result['outcome'] = 'credentials'
        $Result['message'] = $User.Trim()
    }
    elseif ($WhatIf) {
        $Result['outcome'] = 'would-set'
    }
    return ($Result['outcome'] -ne 'set')
}

function Set-AsrMarsProxy {
    param($Request, [string]$From, [string]$To, [bool]$WhatIf)
    $result = New-AsrResult -Name 'MARS'
    try {
        $root = Get-AsrText -Key (Get-AsrProductKey -Request $Request -Name 'mars') -Name 'InstallPath'
        if ($null -eq $root) {
            return $result
        }
        $setting = Get-AsrMarsProxySetting -Request $Request -Root $root
        $user = ''
        if ($null -ne $setting) {
            $user = Get-AsrMarsProxyUser -Setting $setting
        }
        if (Test-AsrProxyDecided -Result $result -Was (Get-AsrMarsProxyText -Setting $setting) -User $user -From $From -To $To -WhatIf $WhatIf) {
            return $result
        }
        if ($To -eq 'none') {
            [void](Set-OBMachineSetting -NoProxy -Confirm:$false)
        }
        else {
            $parts = $To.Split([char]32)
            [void](Set-OBMachineSetting -ProxyServer $parts[0] -ProxyPort ([int]$parts[1]) -Confirm:$false)
        }
        $result['after'] = Get-AsrMarsProxyText -Setting (Get-AsrMarsProxySetting -Request $Request -Root $root)
        $result['outcome'] = 'set'
    }
    catch {
        $result['outcome'] = 'set-failed'
        $result['message'] = [string]$_.Exception.Message
    }
    return $result
}

function Set-AsrProductProxy {
    param($Request, [string]$From, [string]$To, [bool]$WhatIf)
    $result = New-AsrResult -Name 'ProxySettings'
    try {
        $path = [string]@(Get-AsrProperty -Object $Request.product.registry -Name 'proxy')[0]
        $key = Get-AsrProductKey -Request $Request -Name 'proxy'
        if ($null -eq $key) {
            return $result
        }
        $was = ConvertTo-AsrProxyText -Address (Get-AsrText -Key $key -Name 'ProxyAddress') -Port (Get-AsrText -Key $key -Name 'ProxyPort')
        if ((Get-AsrText -Key $key -Name 'BypassDefault') -eq 'True') {
            $was = 'none'
        }
        $user = Get-AsrText -Key $key -Name 'ProxyUserName'
        if (Test-AsrProxyDecided -Result $result -Was $was -User $user -From $From -To $To -WhatIf $WhatIf) {
            return $result
        }
        $parts = $To.Split([char]32)
        [void](Set-ItemProperty -LiteralPath $path -Name 'ProxyAddress' -Value $parts[0])
        [void](Set-ItemProperty -LiteralPath $path -Name 'ProxyPort' -Value $parts[1])
        [void](Set-ItemProperty -LiteralPath $path -Name 'BypassDefault' -Value 'False')
        $key = Get-AsrKey -Path $path
        $result['after'] = ConvertTo-AsrProxyText -Address (Get-AsrText -Key $key -Name 'ProxyAddress') -Port (Get-AsrText -Key $key -Name 'ProxyPort')
        $result['outcome'] = 'set'
    }
    catch {
        $result['outcome'] = 'set-failed'
        $result['message'] = [string]$_.Exception.Message
    }
    return $result
}
