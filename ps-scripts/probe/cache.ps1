# Data in the cache that waits for its upload. Budget: the request's cacheMillis; what was not seen in it is told.

function Read-AsrCache {
    param($Request, $Known)
    $root = $Known['serverRoot']
    $cache = [ordered]@{ folder = $root; complete = $true; files = 0; bytes = 0; oldestAt = $null; largestFolder = $null; largestBytes = 0 }
    if ($null -eq $root) {
        return $cache
    }
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $folders = @{}
    try {
        Get-ChildItem -LiteralPath $root -Filter 'completed_*.dat' -Recurse -ErrorAction SilentlyContinue | ForEach-Object {
            if ($watch.ElapsedMilliseconds -gt [long]$Request.cacheMillis) {
                throw 'asrdoctor-out-of-time'
            }
            Add-AsrPending -File $_ -Cache $cache -Folders $folders
        }
    }
    catch {
        if ([string]$_.Exception.Message -ne 'asrdoctor-out-of-time') {
            throw
        }
        $cache['complete'] = $false
    }
    foreach ($folder in @($folders.Keys | Sort-Object)) {
        if ($folders[$folder] -gt $cache['largestBytes']) {
            $cache['largestBytes'] = $folders[$folder]
            $cache['largestFolder'] = $folder
        }
    }
    return $cache
}

function Add-AsrPending {
    param($File, $Cache, $Folders)
    if ($File.PSIsContainer -or $File.Name -cnotmatch '\Acompleted_(diff|ediff|sync)') {
        return
    }
    $Cache['files']++
    $Cache['bytes'] += [long]$File.Length
    $written = [DateTime]$File.LastWriteTimeUtc
    if ($null -eq $Cache['oldestAt'] -or $written -lt $Cache['oldestAt']) {
        $Cache['oldestAt'] = $written
    }
    $folder = [string]$File.DirectoryName
    if (-not $Folders.ContainsKey($folder)) {
        $Folders[$folder] = [long]0
    }
    $Folders[$folder] += [long]$File.Length
}
