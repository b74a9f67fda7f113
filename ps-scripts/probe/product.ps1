# Which parts of the product are installed, and where. Budget: 1 s, a few registry keys and one small file.

# A name = "value" line of a configuration file; its other lines hold passwords and are never kept.
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
    param($Request)
    $server = Get-AsrProductKey -Request $Request -Name 'server'
    $agent = Get-AsrProductKey -Request $Request -Name 'agent'
    $mars = Get-AsrProductKey -Request $Request -Name 'mars'
    # The first that says it, not the first that is there.
    $scratch = $null
    foreach ($path in @(Get-AsrProperty -Object $Request.product.registry -Name 'marsConfig')) {
        if ($null -eq $scratch -and $null -ne $path) {
            $scratch = Get-AsrText -Key (Read-AsrOptional -Read { Get-AsrKey -Path ([string]$path) }) -Name 'ScratchLocation'
        }
    }
    $modern = Get-AsrProductKey -Request $Request -Name 'modern'
    $provider = Get-AsrProductKey -Request $Request -Name 'registration'
    $root = Get-AsrText -Key $server -Name 'InstallDirectory'
    $conf = @{}
    $path = Get-AsrProductPath -Request $Request -Known @{ serverRoot = $root } -Name 'serverConfiguration'
    if ($null -ne $path) {
        $conf = Get-AsrConfLine -Path $path -Names @('CX_TYPE', 'PS_IP', 'PS_CS_IP') -Section ''
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
