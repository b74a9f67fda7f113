# Data in the cache that waits for its upload. Budget: the request's cacheMillis; what was not seen in it, or could not be
# seen, is told.

function Read-AsrCache {
    param($Request, $Known)
    $root = $Known['serverRoot']
    $cache = [ordered]@{ folder = $root; complete = $true; files = 0; bytes = 0; oldestAt = $null; largestFolder = $null; largestBytes = 0 }
    if ($null -eq $root -or [string]$Request.product.pending -eq '') {
        return $cache
    }
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $folders = @{}
    try {
        # Without a filter, so that the time is looked at for every file.
        Get-ChildItem -LiteralPath $root -Recurse -ErrorAction SilentlyContinue -ErrorVariable unseen | ForEach-Object {
            if ($watch.ElapsedMilliseconds -gt [long]$Request.cacheMillis) {
                throw 'asrdoctor-out-of-time'
            }
            Add-AsrPending -File $_ -Pending ([string]$Request.product.pending) -Cache $cache -Folders $folders
        }
        $cache['complete'] = @($unseen).Length -eq 0
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
    param($File, [string]$Pending, $Cache, $Folders)
    if ($File.PSIsContainer -or $File.Name -cnotmatch $Pending) {
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
