# Where the product keeps what. The request tells it; the scripts go by names alone.

# The first of the keys of that name which is there; nothing where none is.
function Get-AsrProductKey {
    param($Request, [string]$Name)
    foreach ($path in @(Get-AsrProperty -Object $Request.product.registry -Name $Name)) {
        if ($null -ne $path) {
            $key = Get-AsrKey -Path ([string]$path)
            if ($null -ne $key) {
                return $key
            }
        }
    }
    return $null
}

# Nothing where the product has no such file, or where its root was not found.
function Get-AsrProductPath {
    param($Request, $Known, [string]$Name)
    $file = Get-AsrProperty -Object $Request.product.files -Name $Name
    if ($null -eq $file -or $null -eq $Known[[string]$file.root]) {
        return $null
    }
    return $Known[[string]$file.root].TrimEnd('\') + '\' + [string]$file.path
}

# Folder and pattern of each place of a log whose root was found.
function Find-AsrLogPlace {
    param($Request, $Known, [string]$Name)
    $places = New-Object System.Collections.ArrayList
    $log = Get-AsrProperty -Object $Request.logs -Name $Name
    if ($null -eq $log) {
        return , @()
    }
    foreach ($place in @($log.places)) {
        $folder = $Known[[string]$place.root]
        if ($null -ne $folder) {
            if ([string]$place.folder -ne '') {
                $folder = $folder.TrimEnd('\') + '\' + [string]$place.folder
            }
            [void]$places.Add(@($folder, [string]$place.files))
        }
    }
    return , $places.ToArray()
}
