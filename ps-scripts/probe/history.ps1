# What happened to the machine of late: restarts, updates, policies, jumps of the clock, crashes of the product's programs, and
# trouble of disks, memory, ports, domain and TLS. By provider and number alone, since texts are translated. Budget: three
# queries, 6 s each.

# Numbers are used by many providers.
function Get-AsrHistoryKinds {
    return @{
        'System'      = @{
            'disk'                                           = @(7, 11, 51, 153, 157)
            'eventlog'                                       = @(6008, 6011)
            'microsoft-windows-grouppolicy'                  = @(1502)
            'microsoft-windows-httpevent'                    = @(15005)
            'microsoft-windows-kernel-general'               = @(1)
            'microsoft-windows-kernel-power'                 = @(41)
            'microsoft-windows-ndis'                         = @(10317)
            'microsoft-windows-ntfs'                         = @(36, 37, 55)
            'microsoft-windows-resource-exhaustion-detector' = @(2004)
            'microsoft-windows-was'                          = @(5002, 5021, 5057, 5059)
            'microsoft-windows-windowsupdateclient'          = @(19, 20)
            'netlogon'                                       = @(3210, 5719)
            'ntfs'                                           = @(36, 37, 55)
            'partmgr'                                        = @(58)
            'schannel'                                       = @(36871, 36874, 36887)
            'service control manager'                        = @(7041, 7045)
            'tcpip'                                          = @(4199, 4227, 4231)
            'user32'                                         = @(1074)
        }
        'Application' = @{
            '.net runtime'      = @(1026)
            'application error' = @(1000)
            'application hang'  = @(1002)
            'msiinstaller'      = @(1033, 1034)
        }
    }
}

# Drivers of storage tell a reset of the device by this number, each under its own name; the time service uses it as well.
function Test-AsrHistoryKind {
    param($Kinds, [string]$Provider, [int]$Id)
    if ($Id -eq 129) {
        return ($Provider -ne 'microsoft-windows-time-service')
    }
    return ($Kinds.ContainsKey($Provider) -and $Kinds[$Provider] -contains $Id)
}

# A moment that is written as text would be in the server's language.
function Get-AsrHappeningText {
    param($Record)
    $texts = New-Object System.Collections.ArrayList
    if ($Record.Id -eq 1) {
        $moments = @($Record.Properties | Where-Object { $null -ne $_ -and $_.Value -is [DateTime] } | ForEach-Object { $_.Value })
        if ($moments.Length -ge 2) {
            [void]$texts.Add([string][long]($moments[0] - $moments[1]).TotalSeconds)
        }
        return , $texts.ToArray()
    }
    foreach ($text in (Get-AsrEventText -Record $Record)) {
        if ($texts.Count -lt 8) {
            [void]$texts.Add($text.Substring(0, [Math]::Min(120, $text.Length)))
        }
    }
    return , $texts.ToArray()
}

# Whether it is about the product, for what happens to any program.
function Test-AsrHappening {
    param([string]$Provider, [int]$Id, [string[]]$Texts, $Programs)
    if ($Id -eq 1) {
        return ($Texts.Length -gt 0 -and [Math]::Abs([long]$Texts[0]) -ge 60)
    }
    if ($Provider.StartsWith('application ')) {
        return ($Texts.Length -gt 0 -and $Programs.Contains($Texts[0]))
    }
    if ($Id -eq 1026) {
        return ($Texts.Length -gt 0 -and @($Programs | Where-Object { $Texts[0].ToLowerInvariant().Contains(([string]$_).ToLowerInvariant()) }).Length -gt 0)
    }
    return $true
}

# The newest of each kind, and how many there were. The event log refuses a query of more than some twenty terms.
function Read-AsrHappenings {
    param([string]$Log, [DateTime]$Since, $Programs, $Into)
    $kinds = (Get-AsrHistoryKinds)[$Log]
    $ids = @(@($kinds.Values | ForEach-Object { $_ }) + @(129 | Where-Object { $Log -eq 'System' }) | Sort-Object -Unique)
    $known = @{}
    $take = {
        param($Record)
        $provider = ([string]$Record.ProviderName).ToLowerInvariant()
        if (-not (Test-AsrHistoryKind -Kinds $kinds -Provider $provider -Id $Record.Id)) {
            return
        }
        $texts = Get-AsrHappeningText -Record $Record
        if (-not (Test-AsrHappening -Provider $provider -Id $Record.Id -Texts $texts -Programs $Programs)) {
            return
        }
        $kind = $provider + ' ' + $Record.Id
        if ($texts.Length -gt 0 -and @(19, 20, 1000, 1002, 1033, 1034, 7041, 7045, 5002, 5021) -contains $Record.Id) {
            $kind = $kind + ' ' + $texts[0]
        }
        if ($known.ContainsKey($kind)) {
            $known[$kind]['count'] = 1 + $known[$kind]['count']
        }
        elseif ($known.Count -lt 40) {
            $known[$kind] = [ordered]@{ provider = $provider; id = [int]$Record.Id; at = [DateTime]$Record.TimeCreated; count = 1; parameters = $texts }
            [void]$Into.Add($known[$kind])
        }
    }
    for ($i = 0; $i -lt $ids.Length; $i += 20) {
        $some = @($ids | Select-Object -Skip $i -First 20)
        $failed = Read-AsrEventLog -Log $Log -Provider '' -Ids $some -Since $Since -LimitMillis 6000 -Take $take
        if ($null -ne $failed) {
            return $failed
        }
    }
    return $null
}

function Read-AsrHistory {
    param($Request)
    $programs = New-Object 'System.Collections.Generic.HashSet[string]' -ArgumentList ([System.StringComparer]::OrdinalIgnoreCase)
    foreach ($program in @($Request.product.programs)) {
        [void]$programs.Add([string]$program)
    }
    $since = (Get-Date).AddHours(-48)
    $events = New-Object System.Collections.ArrayList
    $system = Read-AsrHappenings -Log 'System' -Since $since -Programs $programs -Into $events
    $application = Read-AsrHappenings -Log 'Application' -Since $since -Programs $programs -Into $events
    return [ordered]@{
        events           = $events.ToArray()
        systemError      = $system
        applicationError = $application
    }
}

$AsrAreas['history'] = { Read-AsrHistory -Request $request }
