# The services that the request names, what they depend on, and why they stopped. Budget: one CIM query for each layer of
# dependencies, one for processes, 8 s of events where a service is not running or the machine's history is asked for.

# One query for all of them: what it finds by short name or display name is installed.
function Find-AsrServiceByCim {
    param($Names, $DisplayNames)
    $terms = New-Object System.Collections.ArrayList
    foreach ($name in $Names) {
        [void]$terms.Add("Name='" + (ConvertTo-AsrQueryText -Text $name) + "'")
    }
    foreach ($name in $DisplayNames) {
        [void]$terms.Add("DisplayName='" + (ConvertTo-AsrQueryText -Text $name) + "'")
    }
    $found = New-Object System.Collections.ArrayList
    if ($terms.Count -eq 0) {
        return , $found.ToArray()
    }
    foreach ($service in @(Get-CimInstance -ClassName Win32_Service -Filter ($terms -join ' OR ') -OperationTimeoutSec 20)) {
        if ($null -ne $service) {
            [void]$found.Add([ordered]@{
                    name             = [string]$service.Name
                    displayName      = [string]$service.DisplayName
                    state            = ([string]$service.State).ToLowerInvariant().Replace(' ', '-')
                    startType        = $null
                    exitCode         = $service.ExitCode
                    serviceExitCode  = $service.ServiceSpecificExitCode
                    processId        = $service.ProcessId
                    processStartedAt = $null
                    dependsOn        = @()
                    imagePath        = $service.PathName
                    account          = $service.StartName
                })
        }
    }
    return , $found.ToArray()
}

# A frozen service can block CIM's query for all of them; the Service Control Manager itself still answers.
function Find-AsrServiceByScm {
    param($Names, $DisplayNames)
    $seen = New-Object 'System.Collections.Generic.HashSet[string]' -ArgumentList ([System.StringComparer]::OrdinalIgnoreCase)
    $found = New-Object System.Collections.ArrayList
    $named = New-Object System.Collections.ArrayList
    # Each by itself: a protected service of somebody else can end the listing of all.
    foreach ($name in $Names) {
        [void]$named.Add((Find-AsrNamedService -Name $name))
    }
    foreach ($name in $DisplayNames) {
        [void]$named.Add((Find-AsrShownService -DisplayName $name))
    }
    foreach ($service in $named) {
        if ($null -ne $service -and $seen.Add($service.Name)) {
            [void]$found.Add([ordered]@{
                    name             = [string]$service.Name
                    displayName      = [string]$service.DisplayName
                    state            = (ConvertTo-AsrState -Status ([int]$service.Status))
                    startType        = $null
                    exitCode         = $null
                    serviceExitCode  = $null
                    processId        = $null
                    processStartedAt = $null
                    dependsOn        = @()
                    imagePath        = $null
                    account          = $null
                })
        }
    }
    return , $found.ToArray()
}

function Add-AsrServiceSettings {
    param($Service)
    $key = Get-AsrServiceKey -Name $Service['name']
    if ($null -eq $key) {
        return
    }
    $Service['startType'] = Get-AsrStartType -Key $key
    $Service['dependsOn'] = Get-AsrDependency -Key $key
    $image = Get-AsrProperty -Object $key -Name 'ImagePath'
    if ($null -ne $image) {
        $Service['imagePath'] = [string]$image
    }
    $account = Get-AsrProperty -Object $key -Name 'ObjectName'
    if ($null -ne $account) {
        $Service['account'] = [string]$account
    }
}

# When a service's process started tells for how long it has been pending; without it the rest still stands.
function Add-AsrProcessStart {
    param($Services)
    $terms = New-Object System.Collections.ArrayList
    foreach ($service in $Services) {
        if ($null -ne $service['processId'] -and [long]$service['processId'] -gt 0) {
            [void]$terms.Add('ProcessId=' + [long]$service['processId'])
        }
    }
    if ($terms.Count -eq 0) {
        return
    }
    try {
        $started = @{}
        foreach ($process in @(Get-CimInstance -ClassName Win32_Process -Filter ($terms -join ' OR ') -OperationTimeoutSec 20)) {
            if ($null -ne $process) {
                $started[[long]$process.ProcessId] = $process.CreationDate
            }
        }
        foreach ($service in $Services) {
            if ($null -ne $service['processId'] -and $started.ContainsKey([long]$service['processId'])) {
                $service['processStartedAt'] = $started[[long]$service['processId']]
            }
        }
    }
    catch {
        return
    }
}

function Read-AsrServices {
    param($Request)
    $names = New-Object System.Collections.ArrayList
    $displayNames = New-Object System.Collections.ArrayList
    foreach ($service in @($Request.services)) {
        [void]$names.Add([string]$service.name)
        foreach ($displayName in @($service.displayNames)) {
            if ($null -ne $displayName) {
                [void]$displayNames.Add([string]$displayName)
            }
        }
    }
    $source = 'cim'
    try {
        $asked = Find-AsrServiceByCim -Names $names -DisplayNames $displayNames
    }
    catch {
        $source = 'scm'
        $asked = Find-AsrServiceByScm -Names $names -DisplayNames $displayNames
    }
    $all = New-Object System.Collections.ArrayList
    $seen = New-Object 'System.Collections.Generic.HashSet[string]' -ArgumentList ([System.StringComparer]::OrdinalIgnoreCase)
    $layer = $asked
    while ($layer.Length -gt 0) {
        $next = New-Object System.Collections.ArrayList
        foreach ($service in $layer) {
            if ($seen.Add($service['name'])) {
                Add-AsrServiceSettings -Service $service
                [void]$all.Add($service)
            }
        }
        foreach ($service in $layer) {
            foreach ($dependency in $service['dependsOn']) {
                if (-not $seen.Contains($dependency) -and -not $next.Contains($dependency)) {
                    [void]$next.Add($dependency)
                }
            }
        }
        if ($next.Count -eq 0) {
            break
        }
        if ($source -eq 'cim') {
            $layer = Find-AsrServiceByCim -Names $next -DisplayNames @()
        }
        else {
            $layer = Find-AsrServiceByScm -Names $next -DisplayNames @()
        }
    }
    Add-AsrProcessStart -Services $all
    $troubled = $false
    $about = New-Object System.Collections.ArrayList
    foreach ($service in $all) {
        [void]$about.Add($service['name'])
        [void]$about.Add($service['displayName'])
    }
    foreach ($service in $asked) {
        if ($service['state'] -ne 'running') {
            $troubled = $true
        }
    }
    $events = @()
    $eventsError = $null
    if ($troubled -or @($Request.areas) -ccontains 'history') {
        $read = Read-AsrServiceEvent -About $about.ToArray() -Since (Get-Date).AddHours(-[int]$Request.eventHours)
        $events = $read['events']
        $eventsError = $read['error']
    }
    $byName = New-Object 'System.Collections.Generic.SortedDictionary[string,object]' -ArgumentList ([System.StringComparer]::OrdinalIgnoreCase)
    foreach ($service in $all) {
        $byName[$service['name']] = $service
    }
    return [ordered]@{
        source      = $source
        services    = @($byName.Values)
        events      = $events
        eventsError = $eventsError
    }
}
