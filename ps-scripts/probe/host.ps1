# Which machine answers, and by which clock and language. Budget: one CIM query.

function Read-AsrHost {
    $system = Get-CimInstance -ClassName Win32_OperatingSystem -OperationTimeoutSec 20
    $booted = Get-AsrProperty -Object $system -Name 'LastBootUpTime'
    $languages = @(Get-AsrProperty -Object $system -Name 'MUILanguages')
    $culture = ''
    if ($languages.Count -gt 0 -and $null -ne $languages[0]) {
        $culture = [string]$languages[0]
    }
    return [ordered]@{
        computerName     = [string]$system.CSName
        osCaption        = ([string]$system.Caption).Trim()
        osVersion        = [string]$system.Version
        culture          = $culture
        psVersion        = (Get-Variable -Name PSVersionTable -ValueOnly).PSVersion.ToString()
        utcNow           = (Get-Date)
        bootedAt         = $booted
        utcOffsetMinutes = (Get-AsrProperty -Object $system -Name 'CurrentTimeZone')
        codePage         = (Get-AsrProperty -Object $system -Name 'CodeSet')
    }
}
