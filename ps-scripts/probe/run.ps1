$watch = [System.Diagnostics.Stopwatch]::StartNew()
$request = ConvertFrom-Json -InputObject $AsrRequest
$areas = [ordered]@{}
foreach ($area in @($request.areas)) {
    switch ($area) {
        'host' { $areas['host'] = Get-AsrArea -Read { Read-AsrHost } }
        'services' { $areas['services'] = Get-AsrArea -Read { Read-AsrServices -Request $request } }
    }
}
Write-AsrAnswer -Nonce $request.nonce -Answer ([ordered]@{
        version       = 1
        areas         = $areas
        elapsedMillis = $watch.ElapsedMilliseconds
    })
