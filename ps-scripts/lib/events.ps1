# Events of a log, newest first, by their fields alone: texts are localised, and Get-WinEvent, which puts together
# the text of every record, fails where one cannot be. Opened by its name, a log that may not be read is an error; a filter
# over logs may answer that nothing matches.

function New-AsrEventReader {
    param([string]$Log, [string]$Provider, [int[]]$Ids, [DateTime]$Since)
    $terms = @($Ids | ForEach-Object { 'EventID=' + $_ }) -join ' or '
    $from = ConvertTo-AsrInstant -Moment $Since
    $by = ''
    if ($Provider -ne '') {
        $by = "Provider[@Name='" + $Provider + "'] and "
    }
    $path = '*[System[' + $by + '(' + $terms + ") and TimeCreated[@SystemTime>='" + $from + "']]]"
    $query = New-Object System.Diagnostics.Eventing.Reader.EventLogQuery -ArgumentList $Log, 'LogName', $path
    $query.ReverseDirection = $true
    return (New-Object System.Diagnostics.Eventing.Reader.EventLogReader -ArgumentList $query)
}

# Insertion strings only.
function Get-AsrEventText {
    param($Record)
    $texts = New-Object System.Collections.ArrayList
    foreach ($property in @($Record.Properties)) {
        if ($null -eq $property -or $property.Value -is [byte[]]) {
            continue
        }
        [void]$texts.Add([string]$property.Value)
    }
    return , $texts.ToArray()
}

# Whom of these an event is about, which its first two insertion strings tell; nothing where it is somebody else's.
function Find-AsrEventTarget {
    param([string[]]$Texts, $Known)
    for ($i = 0; $i -lt $Texts.Length -and $i -lt 2; $i++) {
        if ($Known.Contains($Texts[$i])) {
            return $Texts[$i].ToLowerInvariant()
        }
    }
    return $null
}

# Hands on each record, the newest first; answers why the log was not read to its end, or nothing.
function Read-AsrEventLog {
    param([string]$Log, [string]$Provider, [int[]]$Ids, [DateTime]$Since, [long]$LimitMillis, [scriptblock]$Take)
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $reader = $null
    $failed = $null
    try {
        $reader = New-AsrEventReader -Log $Log -Provider $Provider -Ids $Ids -Since $Since
        $seen = 0
        while ($null -eq $failed) {
            $record = $reader.ReadEvent()
            if ($null -eq $record) {
                break
            }
            $seen++
            if ($seen -gt 20000 -or $watch.ElapsedMilliseconds -gt $LimitMillis) {
                $failed = 'cut'
                break
            }
            if ($null -ne $record.TimeCreated) {
                & $Take $record
            }
        }
    }
    catch {
        $failed = [string]$_.Exception.GetBaseException().GetType().FullName
    }
    if ($null -ne $reader) {
        $reader.Dispose()
    }
    return $failed
}

# The newest events of each kind about these; about anything where nobody is named. They are chosen before they are counted,
# so that no noise pushes one out unseen; where the log was not read to its end, the error says so.
function Read-AsrEvent {
    param([string]$Provider, [int[]]$Ids, [DateTime]$Since, $Known, [int]$MostOfKind)
    $events = New-Object System.Collections.ArrayList
    $kinds = @{}
    $failed = Read-AsrEventLog -Log 'System' -Provider $Provider -Ids $Ids -Since $Since -LimitMillis 8000 -Take {
        param($Record)
        $texts = Get-AsrEventText -Record $Record
        $target = ''
        if ($null -ne $Known) {
            $target = Find-AsrEventTarget -Texts $texts -Known $Known
        }
        if ($null -ne $target) {
            $kind = [string]$Record.Id + ' ' + $target
            $kinds[$kind] = 1 + [int]$kinds[$kind]
            if ($kinds[$kind] -le $MostOfKind) {
                [void]$events.Add(@{ id = [int]$Record.Id; at = [DateTime]$Record.TimeCreated; parameters = $texts; user = $Record.UserId })
            }
        }
    }
    return @{ events = $events; error = $failed }
}

# A directory that does not answer is asked for a few seconds in all; without it a SID tells that it was somebody.
function Get-AsrAccountName {
    param($Sid, $Names, $Watch)
    $value = [string]$Sid.Value
    if (-not $Names.ContainsKey($value)) {
        $Names[$value] = $value
        # Windows' own accounts keep their SIDs.
        if (@('S-1-5-18', 'S-1-5-19', 'S-1-5-20') -notcontains $value -and $Watch.ElapsedMilliseconds -lt 3000) {
            $Watch.Start()
            try {
                $Names[$value] = [string]$Sid.Translate([System.Security.Principal.NTAccount]).Value
            }
            catch {
                $Names[$value] = $value
            }
            $Watch.Stop()
        }
    }
    return $Names[$value]
}

# What the Service Control Manager tells of these services, and who stopped one or changed its start type; nothing where
# nobody is named.
function Read-AsrServiceEvent {
    param([string[]]$About, [DateTime]$Since)
    $known = New-Object 'System.Collections.Generic.HashSet[string]' -ArgumentList ([System.StringComparer]::OrdinalIgnoreCase)
    foreach ($name in $About) {
        [void]$known.Add($name)
    }
    $ids = @(7000, 7001, 7009, 7011, 7022, 7023, 7024, 7031, 7034, 7038, 7040, 7042)
    $read = Read-AsrEvent -Provider 'Service Control Manager' -Ids $ids -Since $Since -Known $known -MostOfKind 10
    $names = @{}
    $watch = New-Object System.Diagnostics.Stopwatch
    $told = New-Object System.Collections.ArrayList
    foreach ($one in $read['events']) {
        $by = $null
        if ($null -ne $one['user'] -and @(7040, 7042) -contains $one['id']) {
            $by = Get-AsrAccountName -Sid $one['user'] -Names $names -Watch $watch
        }
        [void]$told.Add([ordered]@{ id = $one['id']; at = $one['at']; parameters = $one['parameters']; by = $by })
    }
    return @{ events = $told.ToArray(); error = $read['error'] }
}
