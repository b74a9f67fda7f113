# Gives the MARS agent the product's proxy, or the product the MARS agent's. A proxy is written as address, blank, port, as
# it stands there, or none; credentials are neither read nor written.

function ConvertTo-AsrProxyText {
    param($Address, $Port)
    if ($null -eq $Address -or ([string]$Address).Trim() -eq '') {
        return 'none'
    }
    return (([string]$Address).Trim() + ' ' + ([string]$Port).Trim()).Trim()
}

function Get-AsrMarsProxyText {
    param([string]$Root)
    $known = @{ marsRoot = $Root }
    $machine = Get-AsrMarsMachine -Known $known
    if ($null -eq $machine) {
        throw ('Get-OBMachineSetting tells nothing ' + $known['marsError'])
    }
    $setting = Get-AsrProperty -Object $machine -Name 'ProxySetting'
    if ($null -eq $setting -or -not [bool](Get-AsrProperty -Object $setting -Name 'Enabled')) {
        return 'none'
    }
    return (ConvertTo-AsrProxyText -Address (Get-AsrProperty -Object $setting -Name 'ProxyServer') -Port (Get-AsrProperty -Object $setting -Name 'ProxyPort'))
}

# Whether there is nothing to set: it is so already, it stands otherwise than planned, or it is only rehearsed.
function Test-AsrProxyDecided {
    param($Result, [string]$Was, [string]$From, [string]$To, [bool]$WhatIf)
    $Result['before'] = $Was
    $Result['after'] = $Was
    $Result['outcome'] = 'set'
    if ($Was -eq $To) {
        $Result['outcome'] = 'already-set'
    }
    elseif ($Was -ne $From) {
        $Result['outcome'] = 'moved-on'
    }
    elseif ($WhatIf) {
        $Result['outcome'] = 'would-set'
    }
    return ($Result['outcome'] -ne 'set')
}

function Set-AsrMarsProxy {
    param([string]$From, [string]$To, [bool]$WhatIf)
    $result = New-AsrResult -Name 'MARS'
    try {
        $root = Get-AsrText -Key (Get-AsrKey -Path 'HKLM:\SOFTWARE\Microsoft\Windows Azure Backup\Setup') -Name 'InstallPath'
        if ($null -eq $root) {
            return $result
        }
        $was = Get-AsrMarsProxyText -Root $root
        if (Test-AsrProxyDecided -Result $result -Was $was -From $From -To $To -WhatIf $WhatIf) {
            return $result
        }
        if ($To -eq 'none') {
            [void](Set-OBMachineSetting -NoProxy -Confirm:$false)
        }
        else {
            $parts = $To.Split([char]32)
            [void](Set-OBMachineSetting -ProxyServer $parts[0] -ProxyPort ([int]$parts[1]) -Confirm:$false)
        }
        $result['after'] = Get-AsrMarsProxyText -Root $root
        $result['outcome'] = 'set'
    }
    catch {
        $result['outcome'] = 'set-failed'
        $result['message'] = [string]$_.Exception.Message
    }
    return $result
}

function Set-AsrProductProxy {
    param([string]$From, [string]$To, [bool]$WhatIf)
    $result = New-AsrResult -Name 'ProxySettings'
    $path = 'HKLM:\SOFTWARE\Microsoft\Azure Site Recovery\ProxySettings'
    try {
        $key = Get-AsrKey -Path $path
        if ($null -eq $key) {
            return $result
        }
        $was = ConvertTo-AsrProxyText -Address (Get-AsrText -Key $key -Name 'ProxyAddress') -Port (Get-AsrText -Key $key -Name 'ProxyPort')
        if ((Get-AsrText -Key $key -Name 'BypassDefault') -eq 'True') {
            $was = 'none'
        }
        if (Test-AsrProxyDecided -Result $result -Was $was -From $From -To $To -WhatIf $WhatIf) {
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
