# Files that others hold open and write to: found by folder and pattern, read from their ends only.

# The newest first, without packed ones; nothing where there is no such folder, the folder itself where it may not be listed.
function Find-AsrFile {
    param([string]$Folder, [string]$Filter, [int]$Most)
    $found = New-Object System.Collections.ArrayList
    try {
        $items = @(Get-ChildItem -LiteralPath $Folder -Filter $Filter)
    }
    catch {
        $id = [string]$_.FullyQualifiedErrorId
        if ($id.StartsWith('PathNotFound') -or $id.StartsWith('DriveNotFound') -or $id.StartsWith('ItemExistsNotSupportedError')) {
            return , $found.ToArray()
        }
        # What is in a folder that may not be listed is unknown: the folder stands for it, and whoever opens it is told why.
        [void]$found.Add((New-Object PSObject -Property @{ FullName = $Folder; Length = 0; LastWriteTimeUtc = [DateTime]'1970-01-01T00:00:00Z' }))
        return , $found.ToArray()
    }
    $files = @($items | Where-Object { $null -ne $_ -and -not $_.PSIsContainer -and -not $_.Name.EndsWith('.gz', [System.StringComparison]::OrdinalIgnoreCase) } | Sort-Object -Property @{ Expression = 'LastWriteTimeUtc'; Descending = $true }, @{ Expression = 'Name'; Descending = $false })
    foreach ($file in $files) {
        if ($found.Count -lt $Most) {
            [void]$found.Add($file)
        }
    }
    return , $found.ToArray()
}

# The last bytes of a file and its first four, with every kind of sharing allowed.
function Read-AsrEnd {
    param([string]$Path, [int]$Bytes)
    $share = [System.IO.FileShare]::ReadWrite -bor [System.IO.FileShare]::Delete
    $stream = New-Object System.IO.FileStream -ArgumentList $Path, ([System.IO.FileMode]::Open), ([System.IO.FileAccess]::Read), $share
    try {
        $mark = New-Object byte[] 4
        $marked = $stream.Read($mark, 0, 4)
        $size = $stream.Length
        $from = [Math]::Max([long]0, $size - $Bytes)
        # Whole characters of UTF-16 begin at even places.
        if ($from % 2 -eq 1) {
            $from++
        }
        [void]$stream.Seek($from, [System.IO.SeekOrigin]::Begin)
        $buffer = New-Object byte[] ([int]($size - $from))
        $filled = 0
        while ($filled -lt $buffer.Length) {
            $count = $stream.Read($buffer, $filled, $buffer.Length - $filled)
            if ($count -le 0) {
                break
            }
            $filled += $count
        }
        return @{ size = $size; from = $from; bytes = $buffer; count = $filled; mark = $mark; marked = $marked }
    }
    finally {
        $stream.Dispose()
    }
}

# What is no Unicode is taken byte by byte; the code page is known by whoever reads the answer.
function ConvertFrom-AsrBytes {
    param($End)
    $mark = $End['mark']
    $bytes = $End['bytes']
    $count = $End['count']
    if ($End['marked'] -ge 2 -and $mark[0] -eq 255 -and $mark[1] -eq 254) {
        return @{ encoding = 'utf-16le'; text = [System.Text.Encoding]::Unicode.GetString($bytes, 0, $count) }
    }
    if ($End['marked'] -ge 2 -and $mark[0] -eq 254 -and $mark[1] -eq 255) {
        return @{ encoding = 'utf-16be'; text = [System.Text.Encoding]::BigEndianUnicode.GetString($bytes, 0, $count) }
    }
    # Zeros beside zeros are what a crash has left of a lost write.
    $zeros = 0
    $looked = [Math]::Min($count, 400)
    for ($i = 1; $i -lt $looked; $i += 2) {
        if ($bytes[$i] -eq 0 -and $bytes[$i - 1] -ne 0) {
            $zeros++
        }
    }
    if ($looked -ge 8 -and $zeros * 4 -gt $looked) {
        return @{ encoding = 'utf-16le'; text = [System.Text.Encoding]::Unicode.GetString($bytes, 0, $count) }
    }
    # A character may be cut at either end: at the beginning by reading from the middle, at the end by its writer.
    $begin = 0
    if ($End['from'] -gt 0) {
        while ($begin -lt $count -and ($bytes[$begin] -band 192) -eq 128) {
            $begin++
        }
    }
    $strict = New-Object System.Text.UTF8Encoding -ArgumentList $false, $true
    try {
        [void]$strict.GetDecoder().GetCharCount($bytes, $begin, $count - $begin, $false)
        return @{ encoding = 'utf-8'; text = [System.Text.Encoding]::UTF8.GetString($bytes, $begin, $count - $begin) }
    }
    catch {
        return @{ encoding = 'ansi'; text = [System.Text.Encoding]::GetEncoding(28591).GetString($bytes, 0, $count) }
    }
}

function Limit-AsrText {
    param([string]$Text, [int]$Length)
    if ($Text.Length -gt $Length) {
        # Half of a pair is no character and has no place in UTF-8.
        if ([char]::IsHighSurrogate($Text, $Length - 1)) {
            $Length--
        }
        return $Text.Substring(0, $Length)
    }
    return $Text
}

# Whole characters of a text, from one place up to another.
function Get-AsrPart {
    param([string]$Text, [int]$From, [int]$To)
    if ($From -lt $To -and [char]::IsLowSurrogate($Text, $From)) {
        $From++
    }
    if ($From -lt $To -and [char]::IsHighSurrogate($Text, $To - 1)) {
        $To--
    }
    return $Text.Substring($From, $To - $From)
}

# A line as it is carried: a long one with its beginning, its end, and what was searched for between them, since the reason
# may stand anywhere.
function Limit-AsrLine {
    param([string]$Text, $Regex)
    if ($Text.Length -le 600) {
        return $Text
    }
    $end = $Text.Length - 250
    $line = Get-AsrPart -Text $Text -From 0 -To 300
    $at = 300
    for ($i = 0; $i -lt 2; $i++) {
        $found = $Regex.Match($Text, $at)
        if (-not $found.Success -or $found.Index -ge $end) {
            break
        }
        $from = [Math]::Max($at, $found.Index - 30)
        $at = [Math]::Min($end, $found.Index + 120)
        $line += ' ... ' + (Get-AsrPart -Text $Text -From $from -To $at)
    }
    return $line + ' ... ' + (Get-AsrPart -Text $Text -From $end -To $Text.Length)
}

# Lines that continue another belong to it; where no line has the form of a beginning, each stands alone.
function Join-AsrLine {
    param($Lines, [string]$Entry)
    $begin = New-Object System.Text.RegularExpressions.Regex -ArgumentList $Entry, ([System.Text.RegularExpressions.RegexOptions]'CultureInvariant')
    $joined = New-Object System.Collections.ArrayList
    $known = $false
    foreach ($line in $Lines) {
        if ($begin.IsMatch($line)) {
            if (-not $known) {
                # What stands in front of the first beginning is the rest of an entry that was not read.
                $joined.Clear()
            }
            $known = $true
            [void]$joined.Add((New-Object System.Text.StringBuilder -ArgumentList $line))
        }
        elseif ($known) {
            $last = $joined[$joined.Count - 1]
            if ($last.Length -lt 8192) {
                [void]$last.Append(' ').Append($line)
            }
        }
        else {
            [void]$joined.Add((New-Object System.Text.StringBuilder -ArgumentList $line))
        }
    }
    return , @($joined | ForEach-Object { $_.ToString() })
}

# The end of a log: its first and last lines, how many lines match, the last of those, and for whatever they name (the
# groups of Good) the last line that tells its success. A file that cannot be read says why.
function Read-AsrLog {
    param($File, $Search, [int]$Most, [int]$Bytes)
    $log = [ordered]@{
        path       = [string]$File.FullName
        size       = [long]$File.Length
        modifiedAt = [DateTime]$File.LastWriteTimeUtc
        readBytes  = 0
        encoding   = $null
        lines      = 0
        firstLine  = $null
        lastLine   = $null
        matched    = 0
        matches    = @()
        good       = @()
        error      = $null
    }
    try {
        $end = Read-AsrEnd -Path $log['path'] -Bytes $Bytes
        $decoded = ConvertFrom-AsrBytes -End $end
        $log['size'] = [long]$end['size']
        # The folder learns of a file that is held open late; opened by name it tells its own time.
        $log['modifiedAt'] = [DateTime](New-Object System.IO.FileInfo -ArgumentList $log['path']).LastWriteTimeUtc
        $log['readBytes'] = [long]$end['count']
        $log['encoding'] = $decoded['encoding']
        $lines = $decoded['text'].Split([char]10)
        $options = [System.Text.RegularExpressions.RegexOptions]'IgnoreCase, CultureInvariant'
        $regex = New-Object System.Text.RegularExpressions.Regex -ArgumentList ([string]$Search.bad), $options
        $success = New-Object System.Text.RegularExpressions.Regex -ArgumentList ([string]$Search.good), $options
        $whole = New-Object System.Collections.ArrayList
        # The first piece is half a line when reading began in the middle.
        $first = 0
        if ($end['from'] -gt 0 -and $lines.Length -gt 1) {
            $first = 1
        }
        for ($i = $first; $i -lt $lines.Length; $i++) {
            $line = $lines[$i].Trim([char]13, [char]0, [char]65279)
            if ($line.Trim() -ne '') {
                [void]$whole.Add($line)
            }
        }
        $log['lines'] = $whole.Count
        $kept = New-Object 'System.Collections.Generic.Queue[string]'
        $lastGood = New-Object 'System.Collections.Generic.Dictionary[string,int]' -ArgumentList ([System.StringComparer]::Ordinal)
        $entries = Join-AsrLine -Lines $whole -Entry ([string]$Search.entry)
        for ($i = 0; $i -lt $entries.Length; $i++) {
            $line = $entries[$i]
            if ($regex.IsMatch($line)) {
                $log['matched']++
                $kept.Enqueue((Limit-AsrLine -Text $line -Regex $regex))
                if ($kept.Count -gt $Most) {
                    [void]$kept.Dequeue()
                }
            }
            $found = $success.Match($line)
            if ($found.Success) {
                $lastGood[$found.Groups['who'].Value] = $i
                $lastGood[$found.Groups['what'].Value] = $i
            }
        }
        if ($whole.Count -gt 0) {
            $log['firstLine'] = Get-AsrPart -Text $whole[0] -From 0 -To ([Math]::Min(120, $whole[0].Length))
            $log['lastLine'] = Limit-AsrLine -Text $whole[$whole.Count - 1] -Regex $regex
        }
        $log['matches'] = $kept.ToArray()
        $log['good'] = Select-AsrGood -Entries $entries -LastGood $lastGood -Kept $log['matches'] -Regex $success
    }
    catch {
        # Only PowerShell's own wrapping is taken off: .NET wraps a denial around the system's message on some platforms.
        $why = $_.Exception
        while ($why -is [System.Management.Automation.RuntimeException] -and $null -ne $why.InnerException) {
            $why = $why.InnerException
        }
        $log['error'] = [string]$why.GetType().Name
    }
    return $log
}

# Lines that tell success, oldest first: for what the matches name, and the newest four of the others.
function Select-AsrGood {
    param($Entries, $LastGood, $Kept, $Regex)
    $named = New-Object 'System.Collections.Generic.SortedSet[int]'
    $others = New-Object 'System.Collections.Generic.SortedSet[int]'
    foreach ($key in $LastGood.Keys) {
        $isNamed = $false
        if ($key -ne '') {
            foreach ($match in $Kept) {
                $isNamed = $isNamed -or $match.Contains($key)
            }
        }
        if ($isNamed) {
            [void]$named.Add($LastGood[$key])
        }
        else {
            [void]$others.Add($LastGood[$key])
        }
    }
    $chosen = New-Object 'System.Collections.Generic.SortedSet[int]'
    foreach ($place in $named.Reverse()) {
        if ($chosen.Count -lt 20) {
            [void]$chosen.Add($place)
        }
    }
    $most = $chosen.Count + 4
    foreach ($place in $others.Reverse()) {
        if ($chosen.Count -lt $most) {
            [void]$chosen.Add($place)
        }
    }
    return , @($chosen | ForEach-Object { Limit-AsrLine -Text $Entries[$_] -Regex $Regex })
}

# Every log of one kind: the first folders and patterns that hold any, the newest files of each.
function Read-AsrLogs {
    param($Places, $Search, [int]$Most, [int]$Bytes, [int]$Files)
    $logs = New-Object System.Collections.ArrayList
    $seen = New-Object 'System.Collections.Generic.HashSet[string]' -ArgumentList ([System.StringComparer]::OrdinalIgnoreCase)
    foreach ($place in $Places) {
        foreach ($file in (Find-AsrFile -Folder $place[0] -Filter $place[1] -Most $Files)) {
            if ($seen.Add([string]$file.FullName)) {
                [void]$logs.Add((Read-AsrLog -File $file -Search $Search -Most $Most -Bytes $Bytes))
            }
        }
    }
    return , $logs.ToArray()
}
