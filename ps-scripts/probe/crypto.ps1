# Which versions of TLS Windows and .NET Framework offer to others. Values that are absent leave the default. Budget: 1 s, seven
# registry keys.

function Read-AsrProtocol {
    param([string]$Version, [string]$Side)
    $key = Get-AsrKey -Path ('HKLM:\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\' + $Version + '\' + $Side)
    return [ordered]@{
        version           = $Version
        side              = $Side
        enabled           = (Get-AsrNumber -Key $key -Name 'Enabled')
        disabledByDefault = (Get-AsrNumber -Key $key -Name 'DisabledByDefault')
    }
}

function Read-AsrDotNet {
    param([string]$Root, [string]$Bits)
    $key = Get-AsrKey -Path ($Root + '\Microsoft\.NETFramework\v4.0.30319')
    return [ordered]@{
        bits           = $Bits
        strongCrypto   = (Get-AsrNumber -Key $key -Name 'SchUseStrongCrypto')
        systemDefaults = (Get-AsrNumber -Key $key -Name 'SystemDefaultTlsVersions')
    }
}

function Read-AsrCrypto {
    $full = Get-AsrKey -Path 'HKLM:\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full'
    return [ordered]@{
        protocols = @(
            (Read-AsrProtocol -Version 'TLS 1.0' -Side 'Client'),
            (Read-AsrProtocol -Version 'TLS 1.1' -Side 'Client'),
            (Read-AsrProtocol -Version 'TLS 1.2' -Side 'Client'),
            (Read-AsrProtocol -Version 'TLS 1.2' -Side 'Server')
        )
        dotNet    = @(
            (Read-AsrDotNet -Root 'HKLM:\SOFTWARE' -Bits '64'),
            (Read-AsrDotNet -Root 'HKLM:\SOFTWARE\WOW6432Node' -Bits '32')
        )
        release   = (Get-AsrNumber -Key $full -Name 'Release')
    }
}

$AsrAreas['crypto'] = { Read-AsrCrypto }
