$watch = [System.Diagnostics.Stopwatch]::StartNew()
$clockAtStart = Get-Date
$request = ConvertFrom-Json -InputObject $AsrRequest
if ($null -ne (Get-AsrProperty -Object $request -Name 'others')) {
    Select-AsrProduct -Request $request
}
$wanted = @($request.areas)
$areas = [ordered]@{}
$costs = [ordered]@{}
$known = @{ serverRoot = $null; agentRoot = $null; marsRoot = $null; marsModule = $null; dataRoot = $null; cacheRoot = $null; joinedTo = $null; csAddress = $null; csPort = $null; ownAddress = $null; role = 'server'; proxy = $null; proxyOff = $false; proxyError = $null; bypass = ''; endpoints = @() }

function Read-AsrArea {
    param([string]$Name, [scriptblock]$Read)
    if ($wanted -cnotcontains $Name) {
        return
    }
    if ($watch.ElapsedMilliseconds -gt [long]$request.budgetMillis) {
        $areas[$Name] = [ordered]@{ error = [ordered]@{ id = 'out-of-time'; message = 'the script had no time left for this area' } }
        return
    }
    $begun = $watch.ElapsedMilliseconds
    $areas[$Name] = Get-AsrArea -Read $Read
    $costs[$Name] = $watch.ElapsedMilliseconds - $begun
}

$sampled = @('performance', 'upload', 'bandwidth' | Where-Object { $wanted -ccontains $_ })
$network = @('upload', 'bandwidth' | Where-Object { $wanted -ccontains $_ }).Length -gt 0
Read-AsrArea -Name 'host' -Read { Read-AsrHost }
Read-AsrArea -Name 'services' -Read { Read-AsrServices -Request $request }
Read-AsrArea -Name 'product' -Read {
    $product = Read-AsrProduct -Request $request
    foreach ($name in @('serverRoot', 'agentRoot', 'marsRoot', 'csAddress', 'csPort', 'ownAddress', 'cacheRoot', 'joinedTo')) {
        $known[$name] = $product[$name]
    }
    $known['dataRoot'] = Get-AsrProperty -Object $request.product.roots -Name 'dataRoot'
    if ($null -eq $product['serverRoot'] -and $null -ne $product['agentRoot']) {
        $known['role'] = 'source'
    }
    $known['marsModule'] = Get-AsrProductPath -Request $request -Known $known -Name 'marsModule'
    return $product
}
# Not before these: where WMI hangs, it would take their time too.
if ($sampled.Length -gt 0) {
    $firstSample = Read-AsrSample -Watch $watch -Network $network -Engine $request.product.engine
}
if ($wanted -ccontains 'firewall' -or $wanted -ccontains 'proxy') {
    $given = $null
    try {
        $given = Find-AsrProductProxy -Request $request
    }
    catch {
        $known['proxyError'] = [string]$_.FullyQualifiedErrorId
    }
    if ($null -ne $given) {
        $known['proxyOff'] = $given['off'] -eq 'True'
        $known['bypass'] = [string]$given['bypass']
        if (-not $known['proxyOff'] -and [string]$given['address'] -match '\S') {
            $known['proxy'] = ConvertFrom-AsrProxy -Address $given['address'] -Port $given['port']
            $known['proxy']['of'] = 'product'
        }
    }
    $known['endpoints'] = @(Read-AsrOptional -Read { Find-AsrEndpoint -Request $request } | Where-Object { $null -ne $_ })
}
foreach ($name in @($AsrAreas.Keys)) {
    Read-AsrArea -Name $name -Read $AsrAreas[$name]
}
Read-AsrArea -Name 'cache' -Read { Read-AsrCache -Request $request -Known $known }
if ($sampled.Length -gt 0) {
    $secondSample = $firstSample
    if ($watch.ElapsedMilliseconds -le [long]$request.budgetMillis) {
        $left = $firstSample['at'] + [long]$request.sampleMillis - $watch.ElapsedMilliseconds
        if ($left -gt 0) {
            Start-Sleep -Milliseconds $left
        }
        $secondSample = Read-AsrSample -Watch $watch -Network $network -Engine $request.product.engine
    }
}
Read-AsrArea -Name 'performance' -Read { Read-AsrPerformance -First $firstSample -Second $secondSample }
Read-AsrArea -Name 'upload' -Read { Read-AsrUpload -First $firstSample -Second $secondSample }
Read-AsrArea -Name 'bandwidth' -Read { Read-AsrBandwidth -Request $request -Known $known -First $firstSample -Second $secondSample }
$self = [System.Diagnostics.Process]::GetCurrentProcess()
Write-AsrAnswer -Nonce $request.nonce -Answer ([ordered]@{
        version       = 1
        areas         = $areas
        elapsedMillis = $watch.ElapsedMilliseconds
        cost          = [ordered]@{
            areas     = $costs
            cpuMillis = $self.TotalProcessorTime.TotalMilliseconds
            peakBytes = $self.PeakWorkingSet64
        }
        clockAtStart  = $clockAtStart
        clockAtEnd    = (Get-Date)
    })
