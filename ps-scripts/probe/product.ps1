# Which parts of the product are installed, and where. Budget: 1 s, a few registry keys and one small file.

# A name = "value" line of amethyst.conf; its other lines hold passwords and are never kept.
function Get-AsrConfLine {
    param([string]$Path, [string[]]$Names, [string]$Section)
    $values = @{}
    try {
        $text = (ConvertFrom-AsrBytes -End (Read-AsrEnd -Path $Path -Bytes 262144))['text']
    }
    catch {
        return $values
    }
    $inside = ($Section -eq '')
    foreach ($line in $text.Split([char]10)) {
        if ($line -match '^\s*\[([^\]]*)\]') {
            $inside = ($Section -eq '' -or $Matches[1].Trim() -eq $Section)
        }
        elseif ($inside -and $line -match '^\s*(\w+)\s*=\s*"?([^"\r]*?)"?\s*$' -and $Names -contains $Matches[1]) {
            $values[$Matches[1]] = $Matches[2]
        }
    }
    return $values
}

function Read-AsrProduct {
    $products = 'HKLM:\SOFTWARE\WOW6432Node\InMage Systems\Installed Products\'
    $server = Get-AsrKey -Path ($products + '9')
    $agent = Get-AsrKey -Path ($products + '5')
    $mars = Get-AsrKey -Path 'HKLM:\SOFTWARE\Microsoft\Windows Azure Backup\Setup'
    # Site Recovery keeps a configuration of its own below the one of backups.
    $scratch = $null
    foreach ($path in @('HKLM:\SOFTWARE\Microsoft\Windows Azure Backup\Config\InMageMT', 'HKLM:\SOFTWARE\Microsoft\Windows Azure Backup\Config')) {
        if ($null -eq $scratch) {
            $scratch = Get-AsrText -Key (Read-AsrOptional -Read { Get-AsrKey -Path $path }) -Name 'ScratchLocation'
        }
    }
    $modern = Get-AsrKey -Path 'HKLM:\SOFTWARE\Microsoft\Azure Site Recovery Process Server'
    $provider = Get-AsrKey -Path 'HKLM:\SOFTWARE\Microsoft\Azure Site Recovery\Registration'
    $root = Get-AsrText -Key $server -Name 'InstallDirectory'
    $conf = @{}
    if ($null -ne $root) {
        $conf = Get-AsrConfLine -Path ($root + '\etc\amethyst.conf') -Names @('CX_TYPE', 'PS_IP', 'PS_CS_IP') -Section ''
    }
    return [ordered]@{
        cxType       = (Get-AsrNumber -Key $server -Name 'CX_TYPE')
        version      = (Get-AsrText -Key $server -Name 'Version')
        serverRoot   = $root
        csAddress    = (Get-AsrText -Key $server -Name 'CsIpAddress')
        csPort       = (Get-AsrNumber -Key $server -Name 'CsPort')
        csMode       = (Get-AsrText -Key $modern -Name 'CS Mode')
        agentRoot    = (Get-AsrText -Key $agent -Name 'InstallDirectory')
        agentVersion = (Get-AsrText -Key $agent -Name 'Version')
        marsRoot     = (Get-AsrText -Key $mars -Name 'InstallPath')
        marsVersion  = (Get-AsrText -Key $mars -Name 'Version')
        marsScratch  = $scratch
        registered   = ($null -ne $provider)
        ownAddress   = $conf['PS_IP']
        ownCsAddress = $conf['PS_CS_IP']
    }
}
